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

}  // namespace sdk
}  // namespace cairn
