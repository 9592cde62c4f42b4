#pragma once

#include <string_view>

namespace cairn {

/// Whether two different texts say the same but for moments that lie within a day of each other, as what was computed from the
/// clock during one run does. A day without a time of day is a constant that somebody wrote: it counts.
bool differ_in_times(std::string_view before, std::string_view after);

}  // namespace cairn
