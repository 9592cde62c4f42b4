#include "postgres/shown_query.hpp"

#include "base/text.hpp"

namespace cairn {

std::string shown_query(std::string_view query) {
  const std::size_t literal = query.find_first_of("'$");
  std::string line;
  for (const char c : query.substr(0, literal)) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space) line += c;
    else if (!line.empty() && line.back() != ' ') line += ' ';
  }
  const std::size_t shown = byte_offset_of_character(line, 80);
  const bool cut = shown < line.size() || literal != query.npos;
  return printable(line.substr(0, shown), 400) + (cut ? "…" : "");
}

}  // namespace cairn
