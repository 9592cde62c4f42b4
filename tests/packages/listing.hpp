#pragma once

#include <filesystem>
#include <string>

namespace cairn::test {

/// What a package says of itself and what it holds, for comparing with a file: the control fields, and mode, owner and
/// path of every file. Left out is what differs between machines and days: sizes, times, the architecture and the
/// versions of libraries. The manual pages of the commands are one line.
std::string listing_of(const std::filesystem::path& package);

}  // namespace cairn::test
