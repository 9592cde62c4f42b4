#pragma once

// Optional: answers as std:: values. Texts of std:: types are accepted everywhere without this header.

#include <cairn/database.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {
inline namespace sdk __attribute__((visibility("hidden"))) {

/// Valid as long as what the text belongs to.
inline std::string_view view(Text text) { return {text.data, static_cast<std::size_t>(text.size)}; }
inline std::string str(Text text) { return std::string(view(text)); }

/// A copy of the value; none for SQL NULL.
inline std::optional<std::string> optional_str(const Cell& cell) {
  if (cell.is_null()) return std::nullopt;
  return str(cell.text());
}

/// One column of an answer, copied. A SQL NULL in it ends the step.
inline std::vector<std::string> column(const Rows& rows, Column column) {
  std::vector<std::string> values;
  values.reserve(static_cast<std::size_t>(rows.size()));
  for (const Row row : rows) values.push_back(str(row[column].text()));
  return values;
}

/// Reads a COPY to its end and gives each line, without its end, to the work: in text format a line is a row. Memory is
/// that of the longest line. Returns the number of rows.
template <class Work>
RowCount each_line(CopyOut& copy, Work&& work) {
  std::string open;   // a line whose end is in a later piece
  for (Text piece; copy.read(piece);) {
    std::string_view rest = view(piece);
    for (std::size_t end; (end = rest.find('\n')) != rest.npos; rest.remove_prefix(end + 1)) {
      if (open.empty()) {
        work(rest.substr(0, end));
        continue;
      }
      open.append(rest.substr(0, end));
      work(std::string_view(open));
      open.clear();
    }
    open.append(rest);
  }
  if (!open.empty()) work(std::string_view(open));
  return copy.finish();
}

}  // namespace sdk
}  // namespace cairn
