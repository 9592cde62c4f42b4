#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace cairn {

/// In bytes: what the build reads of a header, and more than anybody writes by hand.
inline constexpr std::size_t most_header = 65536;
inline constexpr std::size_t most_text = 16 * 1024 * 1024;

/// The beginning of a file, at most so many bytes of it. Throws Error (configuration) naming a file that cannot be read.
std::string read_text_file(const std::filesystem::path& file, std::size_t most);

}  // namespace cairn
