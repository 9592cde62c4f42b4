#pragma once

#include "sql/scanner.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cairn {

/// Where an author left room for a variable: :'name' becomes a literal, :"name" a quoted name, as in psql.
struct Placeholder {
  enum class Quoting { literal, name };

  Quoting quoting = Quoting::literal;
  std::string variable;
  std::size_t begin = 0;   ///< at the colon
  std::size_t end = 0;
};

namespace sql {

/// Finds placeholders in a row of tokens: a single colon, and glued to it a quoted variable name. A colon that is glued
/// to what stands before it is SQL's own: a[1:'2'], json_object('a':'b').
class PlaceholderFinder {
 public:
  /// The text must outlive the finder.
  explicit PlaceholderFinder(std::string_view text) : text_(text) {}

  /// The placeholder that ends with this token.
  std::optional<Placeholder> take(const Token& token);

 private:
  bool opens(const Token& token) const;

  std::string_view text_;
  std::optional<std::size_t> colon_;   // of the token before
};

}  // namespace sql

}  // namespace cairn
