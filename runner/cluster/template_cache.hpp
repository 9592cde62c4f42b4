#pragma once

#include "cluster/server_binaries.hpp"
#include "cluster/server_user.hpp"

#include <filesystem>
#include <optional>

namespace cairn {

/// A new, empty data directory, made once and then copied: initdb takes a second, the copy milliseconds. Copies
/// share a system identifier, which only matters to replication.
class TemplateCache {
 public:
  /// In the named directory, else this machine's: /var/cache/cairn/<user> for root, the user's cache directory
  /// otherwise, and below /tmp where that cannot be written. Makes it; throws Error (configuration).
  TemplateCache(const ServerBinaries& binaries, const ServerUser& user,
                const std::optional<std::filesystem::path>& directory);

  /// Copies the template to a directory that does not exist yet, making the template first where it is missing.
  /// Safe against any number of processes doing the same. Throws Error (configuration).
  void copy_to(const std::filesystem::path& target) const;

  /// For a template that a cleaner of old files has damaged: the next copy makes it anew.
  void discard() const;

  /// Depends on all that shapes the template: full server version, recipe, user.
  std::filesystem::path file() const { return template_; }

 private:
  void make_template() const;

  ServerBinaries binaries_;
  ServerUser user_;
  std::filesystem::path directory_;
  std::filesystem::path template_;
};

}  // namespace cairn
