#pragma once

#include "commands/chosen_revisions.hpp"

#include <string>

namespace cairn {

/// The revisions whose sources are otherwise than in the newest commit that the name and the work tree have in common. One
/// whose source is not found counts as changed. Findings: what had landed there and means something else now, or is gone.
Chosen find_changed_since(const std::string& name, const Settings& settings, const Collected& collected);

}  // namespace cairn
