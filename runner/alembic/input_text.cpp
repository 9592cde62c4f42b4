#include "alembic/input_text.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace cairn {

namespace {

Error unreadable(const std::filesystem::path& file, std::string_view reason) {
  return Error(Category::configuration, fmt::format("{} cannot be read{}", printable(file.string(), 500), reason))
      .hint("Check the path, and that your user may read it.");
}

std::size_t first_bad_byte(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t length = 1;
    while (length <= 4 && begin + length <= text.size() && !is_valid_utf8(text.substr(begin, length))) ++length;
    if (length > 4 || begin + length > text.size()) break;
    begin += length;
  }
  return begin;
}

void require_text(const InputText& input) {
  if (input.text.starts_with("\xFF\xFE") || input.text.starts_with("\xFE\xFF"))
    throw Error(Category::configuration, fmt::format("{} is UTF-16, not UTF-8", printable(input.file, 500)))
        .hint("Save it as UTF-8. PowerShell 5 writes UTF-16 with \">\"; \"| Out-File -Encoding utf8 FILE\" does better.");
  if (is_valid_utf8(input.text)) return;
  const std::size_t at = first_bad_byte(input.text);
  const bool null = input.text[at] == '\0';
  Error error = problem_at(input, at, null ? "the file holds a NUL character" : "the file is not valid UTF-8");
  Place place = *error.place();
  place.excerpt.clear();   // it is not fit to be shown
  place.caret = 0;
  throw std::move(error.at(std::move(place)).hint("Save the file as UTF-8 text."));
}

std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') plain += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n') plain += '\n';
  }
  return plain;
}

}  // namespace

InputText make_input_text(std::string file, std::string_view bytes) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  InputText input{std::move(file), std::string(bytes)};
  require_text(input);
  input.text = with_plain_line_ends(input.text);
  return input;
}

InputText read_input_text(const std::filesystem::path& file, std::size_t most_bytes) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes;
  for (std::array<char, 65536> piece{}; stream.read(piece.data(), piece.size()), stream.gcount() > 0;) {
    bytes.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > most_bytes)
      throw unreadable(file, fmt::format(": it has more than {} MiB", most_bytes >> 20));
  }
  if (!stream.is_open() || stream.bad()) throw unreadable(file, "");   // a directory opens, and cannot be read
  return make_input_text(file.string(), bytes);
}

Error problem_at(const InputText& input, std::size_t offset, std::string message) {
  return Error(Category::configuration, std::move(message)).at(place_in(input.text, offset, input.file));
}

}  // namespace cairn
