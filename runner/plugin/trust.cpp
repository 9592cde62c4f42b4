#include "plugin/trust.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace cairn {

namespace {

Error open_to_everybody(std::string reason, const std::filesystem::path& path) {
  return Error(Category::plugin, std::move(reason))
      .hint(fmt::format("See that nobody has changed it, then run \"chmod o-w '{}'\".", path.string()));
}

}  // namespace

void require_trusted(const FileBytes& file, const std::filesystem::path& path) {
  if (file.writable_by_everybody()) throw open_to_everybody("everybody may write to this plugin", path);
}

void require_trusted_directory(const std::filesystem::path& directory) {
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0)
    throw Error(Category::plugin, fmt::format("cannot be read: {}", std::strerror(errno)));
  if ((status.st_mode & S_IWOTH) != 0)
    throw open_to_everybody("everybody may write to this directory of plugins", directory);
}

}  // namespace cairn
