#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace cairn::test {

/// The bytes of a file. Throws std::runtime_error when it cannot be read.
std::string read_file(const std::filesystem::path& path);

/// Makes the file hold exactly these bytes. Throws std::runtime_error.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace cairn::test
