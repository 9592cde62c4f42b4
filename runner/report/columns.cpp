#include "report/columns.hpp"

#include <algorithm>
#include <clocale>
#include <cwchar>

namespace cairn {

namespace {

/// The runner never calls setlocale(), so that libpq and the server's messages stay English: the tables of widths
/// are borrowed from a locale of this thread, for one call.
class CharacterTables {
 public:
  CharacterTables() : tables_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (tables_ != nullptr) before_ = uselocale(tables_);
  }
  ~CharacterTables() {
    if (tables_ == nullptr) return;
    uselocale(before_);
    freelocale(tables_);
  }
  CharacterTables(const CharacterTables&) = delete;
  CharacterTables& operator=(const CharacterTables&) = delete;

 private:
  locale_t tables_;
  locale_t before_ = nullptr;
};

struct Decoded {
  wchar_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

std::size_t expected_bytes(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

Decoded decode(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t bytes = expected_bytes(first);
  if (bytes == 0 || bytes > text.size()) return {};
  auto code = static_cast<unsigned long>(bytes == 1 ? first : first & (0x7FU >> bytes));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80U) return {};
    code = code << 6U | (next & 0x3FU);
  }
  return {static_cast<wchar_t>(code), bytes, true};
}

bool is_control(wchar_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

std::size_t width_of(wchar_t code) {
  const int width = wcwidth(code);
  return width < 0 ? 1 : static_cast<std::size_t>(width);
}

}  // namespace

std::vector<std::string> split_characters(std::string_view text) {
  std::vector<std::string> characters;
  while (!text.empty()) {
    const Decoded one = decode(text);
    const bool blank = text[0] == '\t' || text[0] == '\n' || text[0] == '\r';
    if (blank) characters.emplace_back(" ");
    else if (!one.valid || is_control(one.code)) characters.emplace_back("?");
    else characters.emplace_back(text.substr(0, one.bytes));
    text.remove_prefix(one.bytes);
  }
  return characters;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const std::string& character : split_characters(text)) line += character;
  return line;
}

std::size_t columns_of(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7F; })) return text.size();
  const CharacterTables tables;
  std::size_t columns = 0;
  while (!text.empty()) {
    const Decoded one = decode(text);
    columns += one.valid ? width_of(one.code) : 1;
    text.remove_prefix(one.bytes);
  }
  return columns;
}

std::string cut_to_columns(std::string_view text, std::size_t most) {
  std::string line;
  std::string uncut;
  std::size_t columns = 0;
  for (const std::string& character : split_characters(text)) {
    columns += columns_of(character);
    uncut += character;
    if (columns < most) line = uncut;
    if (columns > most) return line + "…";
  }
  return uncut;
}

}  // namespace cairn
