#pragma once

#include <string>
#include <string_view>

namespace cairn {

/// What to do about an SQLSTATE, as a sentence; empty when we know nothing better than the server.
std::string find_advice(std::string_view sqlstate);

}  // namespace cairn
