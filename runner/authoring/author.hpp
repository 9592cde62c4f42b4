#pragma once

#include <filesystem>
#include <string>

namespace cairn {

/// Who writes revisions here: user.name and user.email of git as it is set up for the folder, else $EMAIL, else the name
/// of the account. Never empty; git need not be there.
std::string find_author(const std::filesystem::path& folder);

/// "Ana <ana@example.org>", or the one of the two that is known.
std::string author_text(const std::string& name, const std::string& email);

}  // namespace cairn
