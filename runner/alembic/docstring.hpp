#pragma once

#include <string>
#include <string_view>

namespace cairn {

/// What Alembic's template puts into the docstring of a revision, and what people add to it.
struct Docstring {
  std::string message;       ///< the first paragraph, on one line
  std::string date;          ///< of the line "Create Date:", when it begins like 2025-11-30
  std::string description;   ///< all other lines, without those that the template writes
};

Docstring parse_docstring(std::string_view text);

}  // namespace cairn
