#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// The text of a file, from wherever texts are taken; nothing when there is none.
using ReadSource = std::function<std::optional<std::string>(const std::filesystem::path&)>;

/// What a C++ revision of one source was digested from, by the rule of CairnSourceDigest.cmake.
struct CodeDigest {
  std::string digest;                          ///< "code-1:..."
  std::vector<std::filesystem::path> files;    ///< the source, then what it includes
};

/// The digest that the build makes of the source and the files beside it that it includes, none of them outside of the
/// project. Nothing when the source cannot be read. Paths are absolute and normal.
std::optional<CodeDigest> digest_code(const std::filesystem::path& source, const std::filesystem::path& project, const ReadSource& read);

}  // namespace cairn
