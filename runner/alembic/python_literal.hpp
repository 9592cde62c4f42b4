#pragma once

#include "alembic/input_text.hpp"
#include "alembic/python_scanner.hpp"

#include <span>
#include <string>
#include <vector>

namespace cairn {

/// A value that is written out in a Python module: None, a text, or a tuple, list or set of texts.
struct PythonLiteral {
  enum class Form { none, text, list };
  Form form = Form::none;
  std::vector<std::string> texts;   ///< one for a text; of a list each once, in order
};

/// Reads the value that these tokens spell. Throws Error (configuration) at the token that only Python can value:
/// a name, a call, an f-string.
PythonLiteral parse_literal(const InputText& input, std::span<const PythonToken> tokens);

}  // namespace cairn
