#pragma once

#include "lint/finding.hpp"
#include "observe/effect.hpp"

#include <span>
#include <string>
#include <string_view>

namespace cairn {

/// A breach of a policy, at the level of its rule.
Finding make_breach(std::string_view rule, std::string what);
Finding make_breach(std::string_view rule, const Revision& revision, std::string what);

/// The same for what the upgrade did, with the statement that did it, where one is known.
Finding make_change_breach(std::string_view rule, const Revision& revision, std::string what, const StatementEffects* statement);

/// The first statement that speaks of all these names, of which the first is the schema; else the first that leaves the schema
/// to the search_path. Null when none does, as when a function or a DO block did it.
const StatementEffects* find_statement(const StepEffects& effects, std::span<const std::string> names);

}  // namespace cairn
