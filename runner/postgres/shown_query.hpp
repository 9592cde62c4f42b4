#pragma once

#include <string>
#include <string_view>

namespace cairn {

/// The start of another session's statement, on one line and cut before its first literal, which may be a secret.
std::string shown_query(std::string_view query);

}  // namespace cairn
