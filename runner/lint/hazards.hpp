#pragma once

#include "graph/revision.hpp"
#include "lint/finding.hpp"
#include "observe/effect.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace cairn {

/// What the statements of a step did that hurts where others use the database, in the order of the statements. Judged is what
/// was observed; relations that the step made itself are nobody's yet, and give no findings but those about design
/// (foreign-key-without-index, index-wide). Levels are those of the rules; nothing is accepted yet.
std::vector<Finding> find_hazards(const Revision& revision, Direction direction, const StepEffects& effects);

/// True for a rule that judges downgrades as well: what blocks others, loses rows for good, or fails where there are rows. The
/// others do not: dropping and renaming is what a downgrade is for, and the applications it is made for want the names of before.
bool judges_downgrades(std::string_view rule);

/// Acceptances of the revision that accept nothing: of rules that do not exist, without a reason, or of rules that found nothing.
/// `findings` are all of the revision, whatever cairn.toml says of their levels.
std::vector<Finding> find_idle_acceptances(const Revision& revision, std::span<const Finding> findings);

}  // namespace cairn
