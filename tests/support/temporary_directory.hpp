#pragma once

#include "support/account.hpp"
#include "support/file_descriptor.hpp"

#include <filesystem>
#include <optional>

namespace cairn::test {

/// A fresh directory of mode 0700, removed at the end. It holds a locked file, so that a later program can
/// tell the leavings of a killed one and remove them.
class TemporaryDirectory {
 public:
  /// In the given parent, owned by the account if there is one.
  explicit TemporaryDirectory(const std::filesystem::path& parent = default_parent(),
                              const std::optional<Account>& owner = std::nullopt);
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }

  /// $TMPDIR, else /tmp.
  static std::filesystem::path default_parent();

 private:
  std::filesystem::path path_;
  FileDescriptor lock_;
  pid_t owner_ = -1;   ///< a forked copy of this program must not remove it
};

/// A place for many small files that need not survive: $TMPDIR if set, else memory if it has room and lets
/// programs run, else /tmp.
std::filesystem::path fast_parent();

/// Removes what killed programs left in the parent. Directories of the last minute are spared, since one
/// that is just being made is not locked yet.
void sweep_temporary_directories(const std::filesystem::path& parent);

}  // namespace cairn::test
