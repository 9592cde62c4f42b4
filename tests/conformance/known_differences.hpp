#pragma once

#include "conformance/answer.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace cairn::conformance {

/// The reason why Cairn answers this otherwise than Alembic on purpose, or nothing. Rules, so that they hold for
/// further cases too; those of the cases here are listed by name in known_differences.json, which a test compares.
std::string_view reason_to_differ(const Case& one, const Answer& answer);

/// Case to reason.
std::map<std::string, std::string> read_known_differences(const std::filesystem::path& file);

}  // namespace cairn::conformance
