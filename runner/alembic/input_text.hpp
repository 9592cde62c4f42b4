#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace cairn {

/// A file that is imported, as text: UTF-8 without a byte order mark, every line end "\n".
struct InputText {
  std::string file;   ///< for messages
  std::string text;

  std::string_view view(std::size_t begin, std::size_t end) const { return std::string_view(text).substr(begin, end - begin); }
};

/// Throws Error (configuration) for bytes that are no such text, naming the line and, where it can be told, the encoding.
InputText make_input_text(std::string file, std::string_view bytes);

/// Reads a file of at most that many bytes. Throws as above, and when the file cannot be read.
InputText read_input_text(const std::filesystem::path& file, std::size_t most_bytes);

/// An error at a byte of the text.
Error problem_at(const InputText& input, std::size_t offset, std::string message);

}  // namespace cairn
