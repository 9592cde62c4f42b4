#pragma once

#include "base/error.hpp"
#include "config/settings.hpp"
#include "plugin/collection.hpp"
#include "plugin/trusted_owners.hpp"

#include <filesystem>
#include <vector>

namespace cairn {

/// Whose plugins are run. Throws Error (configuration) for a name that nobody has, and Error (plugin) when it is cairn.toml
/// that names owners and somebody else may have written it.
TrustedOwners find_owners(const Settings& settings);

/// The plugins in the folders as --locked and the owners let them be used: reads their notes, runs nothing. Throws with
/// all that is wrong with any of them.
Collection collect_trusted(const std::vector<std::filesystem::path>& folders, const Settings& settings, Digests digests = Digests::none);

/// The same by their owners alone: for what runs nothing of them.
Collection collect_of_owners(const std::vector<std::filesystem::path>& folders, const Settings& settings, Digests digests = Digests::none);

}  // namespace cairn
