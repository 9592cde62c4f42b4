#pragma once

#include "report/format.hpp"

#include <cstddef>
#include <optional>

namespace cairn {

// What the streams and the environment tell of who reads.

/// A terminal that knows colours, unless NO_COLOR is set.
bool wants_colour(int descriptor);

/// Nothing when it is no terminal, or one that does not tell.
std::optional<std::size_t> terminal_columns(int descriptor);

/// Unicode where the locale of the environment is a UTF-8 one.
Strokes strokes_of_locale();

}  // namespace cairn
