#pragma once

#include "graph/revision.hpp"

#include <string>
#include <string_view>

namespace cairn {

/// A string literal that means exactly this text, on one line.
std::string cpp_literal(std::string_view text);

/// What stands between the parentheses of CAIRN_REVISION(...), in the order that C++ wants; several lines, those
/// after the first indented.
std::string cpp_metadata(const Revision& revision);

}  // namespace cairn
