#pragma once

#include "alembic/input_text.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace cairn {

enum class PythonKind {
  name,       ///< keywords too
  text,       ///< a string of any kind, prefix and quotes included
  number,
  sign,       ///< one character
};

/// Offsets are bytes.
struct PythonToken {
  PythonKind kind = PythonKind::sign;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A logical line, or the part of it between two semicolons. Brackets and backslashes carry on over line ends.
struct PythonStatement {
  bool indented = false;
  std::vector<PythonToken> tokens;   ///< without comments; never empty
};

/// Cuts the text of a Python module into statements without understanding them. Any bytes are safe.
class PythonScanner {
 public:
  /// The input must outlive the scanner.
  explicit PythonScanner(const InputText& input) : input_(input), text_(input.text) {}

  /// The next statement; nothing at the end. Throws Error (configuration) for quotes and brackets that do not match.
  std::optional<PythonStatement> next();

 private:
  enum class Pause { none, semicolon, line_end };
  Pause skip_blanks(bool inside);
  PythonToken take_token();
  PythonToken take_text(std::size_t begin);
  std::size_t word_end(std::size_t at) const;
  bool starts_text(std::size_t begin, std::size_t end) const;
  void take_bracket(const PythonToken& token);
  bool measure_indent();

  [[noreturn]] void refuse(std::size_t offset, const char* message) const;

  const InputText& input_;
  std::string_view text_;
  std::size_t at_ = 0;
  bool line_begins_ = true;
  bool indented_ = false;
  std::vector<std::size_t> brackets_;
};

}  // namespace cairn
