#pragma once

#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cairn::test {

/// A directory that dpkg takes for the root of a system. It believes that the packages of this machine are installed,
/// so that dependencies are really checked, but none of their files are there. No script of a package is run in it.
class DebianRoot {
 public:
  DebianRoot();

  /// What dpkg says to these words.
  Finished dpkg(const std::vector<std::string>& words) const;

  /// The same; throws std::runtime_error with what it wrote unless it ended with 0.
  void require(const std::vector<std::string>& words) const;

  /// Everything below but dpkg's own notes, sorted.
  std::vector<std::string> files() const;

  std::filesystem::path path() const { return folder_.path(); }

 private:
  TemporaryDirectory folder_;
};

}  // namespace cairn::test
