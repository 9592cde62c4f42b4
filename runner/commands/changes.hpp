#pragma once

#include "commands/invocation.hpp"

namespace cairn {

/// show --changes: what was edited since it was applied. The journal has digests only; the text is looked for in git.
Answer show_changes(const Invocation& invocation);

}  // namespace cairn
