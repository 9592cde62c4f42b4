#pragma once

#include <ctime>
#include <optional>
#include <string>

namespace cairn {

/// $SOURCE_DATE_EPOCH, which builds set that must give the same every time: seconds since 1970. Throws Error
/// (configuration) when that is no number of seconds.
std::optional<std::time_t> find_source_date();

/// The date in UTC, "2025-11-30"; that of $SOURCE_DATE_EPOCH where it is set.
std::string read_today();

}  // namespace cairn
