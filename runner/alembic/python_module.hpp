#pragma once

#include "alembic/python_literal.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// What a function does, as far as that can be told without running it.
enum class PythonFunction {
  code,      ///< something, or it is not known
  nothing,   ///< pass, "...", return, a docstring
  refuses,   ///< it only raises
};

/// A name that module level gives a value: the value, or why it cannot be told. Later ones replace earlier ones.
struct PythonAssignment {
  std::size_t offset = 0;
  PythonLiteral value;
  std::optional<Error> problem;
};

/// ":name" in a text, by the rule of SQLAlchemy: SQL that gets a value while the file runs.
struct PythonParameter {
  std::string name;
  std::string function;   ///< the function of module level it stands in; empty: none
  std::size_t offset = 0;
};

/// A module as it reads without being run.
struct PythonModule {
  std::string docstring;
  std::map<std::string, PythonAssignment, std::less<>> assignments;   ///< of the wanted names only
  std::map<std::string, PythonFunction, std::less<>> functions;       ///< those defined at module level
  std::map<std::string, std::size_t, std::less<>> calls;              ///< first "name(" that is not "func.name("
  std::optional<std::size_t> tab_in_text;                             ///< a text with a tab that does not indent
  bool doubled_percent = false;                                       ///< some text holds "%%"
  bool doubled_backslash = false;                                     ///< some text holds two backslashes side by side
  std::vector<PythonParameter> parameters;                            ///< of all texts but docstrings
  std::set<std::string, std::less<>> bound;                           ///< given by bindparam("name") or bindparams(name=...)
};

/// Throws Error (configuration) when the text is no Python as far as quotes and brackets go.
PythonModule parse_python_module(const InputText& input, const std::set<std::string, std::less<>>& wanted);

}  // namespace cairn
