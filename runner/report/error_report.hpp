#pragma once

#include "base/error.hpp"
#include "report/format.hpp"

#include <string>
#include <string_view>

namespace cairn {

/// The error and all others of its stage, in PostgreSQL's layout.
std::string render_error(const Error& error, const Format& format);

/// The same as a whole answer for programs.
std::string render_error_document(std::string_view command, const Error& error);

}  // namespace cairn
