#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace cairn {

/// Where SQL holds a parameter that was never filled in, ":name" or "%(name)s", outside quotes and comments.
std::optional<std::size_t> find_placeholder(const std::string& sql);

}  // namespace cairn
