#pragma once

#include <string>

namespace cairn {

/// The date in UTC, "2025-11-30"; that of $SOURCE_DATE_EPOCH where it is set, as builds do that must give the same every
/// time. Throws Error (configuration) when that is no number of seconds.
std::string read_today();

}  // namespace cairn
