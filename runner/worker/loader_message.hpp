#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace cairn {

/// What the dynamic loader said about a library, as an Error (plugin) a person can act on. `text` is the
/// message of Boost.DLL's exception, which wraps the sentence of dlerror().
Error loader_error(const std::string& path, std::string_view text);

}  // namespace cairn
