#pragma once

#include "base/error.hpp"

#include <string_view>

namespace cairn {

/// Says what is wrong with keyword=value settings that libpq refuses. libpq's own words are of no use: they
/// quote the text, and with it passwords.
Error explain_bad_settings(std::string_view text);

}  // namespace cairn
