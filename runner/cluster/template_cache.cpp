#include "cluster/template_cache.hpp"

#include "base/digest.hpp"
#include "base/error.hpp"
#include "cluster/data_directory.hpp"
#include "cluster/file_rights.hpp"
#include "cluster/file_lock.hpp"
#include "cluster/private_directory.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include <unistd.h>

namespace cairn {

namespace fs = std::filesystem;

namespace {

constexpr auto make_patience = std::chrono::minutes(5);

std::optional<fs::path> absolute_from_environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value != '/') return std::nullopt;
  return fs::path(value);
}

fs::path preferred_directory(const ServerUser& user) {
  if (::geteuid() == 0) return fs::path("/var/cache/cairn") / user.name;
  if (const auto cache = absolute_from_environment("XDG_CACHE_HOME")) return *cache / "cairn";
  if (const auto home = absolute_from_environment("HOME")) return *home / ".cache" / "cairn";
  return fs::path();
}

fs::path make_directory(const ServerUser& user, const std::optional<fs::path>& named) {
  const fs::path preferred = named ? *named : preferred_directory(user);
  try {
    if (!preferred.empty()) {
      make_shared_directory(preferred.parent_path());
      make_private_directory(preferred, user);
      return preferred;
    }
  } catch (const Error&) {
    if (named) throw;
  }
  const fs::path fallback = fmt::format("/tmp/cairn-cache-{}", user.uid);
  make_private_directory(fallback, user);
  return fallback;
}

std::string key_of(const ServerBinaries& binaries, const ServerUser& user) {
  const DataRecipe recipe = scratch_recipe();
  std::string text = fmt::format("{}\n{}\n{}\n", binaries.directory.string(), binaries.version, user.uid);
  for (const std::string& option : recipe.initdb_options) text += option + "\n";
  return hex(sha256(text + recipe.settings + recipe.statements)).substr(0, 16);
}

}  // namespace

TemplateCache::TemplateCache(const ServerBinaries& binaries, const ServerUser& user,
                             const std::optional<fs::path>& directory)
    : binaries_(binaries),
      user_(user),
      directory_(make_directory(user, directory)),
      template_(directory_ / ("template-" + key_of(binaries, user))) {}

void TemplateCache::make_template() const {
  const FileLock lock = FileLock::acquire(template_.string() + ".lock", make_patience, "preparing a PostgreSQL template");
  if (fs::exists(template_)) return;
  const fs::path unfinished = template_.string() + ".new";
  fs::remove_all(unfinished);   // of a maker that was killed; the lock proves that it is gone
  make_data_directory(binaries_, user_, unfinished, scratch_recipe());
  fs::rename(unfinished, template_);
}

void TemplateCache::copy_to(const fs::path& target) const {
  const FileRights identity(user_);
  try {
    if (!fs::exists(template_)) make_template();
    fs::copy(template_, target, fs::copy_options::recursive);
    fs::permissions(target, fs::perms::owner_all);
  } catch (const fs::filesystem_error& error) {
    throw Error(Category::configuration, fmt::format("cannot copy the PostgreSQL template: {}", error.code().message()))
        .detail(fmt::format("From {} to {}.", template_.string(), target.string()));
  }
}

void TemplateCache::discard() const {
  const FileRights identity(user_);
  const FileLock lock = FileLock::acquire(template_.string() + ".lock", make_patience, "preparing a PostgreSQL template");
  std::error_code absent;
  fs::remove_all(template_.string() + ".new", absent);
  fs::rename(template_, template_.string() + ".new", absent);
}

}  // namespace cairn
