#pragma once

#include "alembic/input_text.hpp"
#include "alembic/python_module.hpp"
#include "graph/revision.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// Something in a revision file that its SQL may not show.
struct FileRemark {
  Place place;
  std::string text;   ///< a sentence
};

/// A parameter of SQL in the file; see PythonParameter.
struct FileParameter {
  std::string name;
  std::string function;
  Place place;
  bool bound = false;     ///< the file itself gives its value
};

/// A revision of Alembic, read from its Python file without running it.
struct AlembicRevision {
  Revision revision;                                  ///< id, links, labels, message, date; origin: the file
  std::size_t line = 0;                               ///< where it says `revision = `
  std::string description;                            ///< what its docstring says beyond the message; may be empty
  PythonFunction upgrade = PythonFunction::code;
  PythonFunction downgrade = PythonFunction::code;
  bool doubled_percent = false;                       ///< the file itself writes "%%"
  bool doubled_backslash = false;                     ///< and two backslashes side by side
  std::vector<FileParameter> parameters;
  std::vector<FileRemark> remarks;
};

/// Nothing for a file that sets no `revision`. Throws Error (configuration) with every metadata value that cannot be
/// read or that Cairn does not take, each with its line.
std::optional<AlembicRevision> parse_revision_file(const InputText& input);

}  // namespace cairn
