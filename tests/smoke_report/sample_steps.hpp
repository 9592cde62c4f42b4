#pragma once

#include "smoke_report/sample.hpp"

#include <cstddef>
#include <string>

namespace cairn::test {

/// What the statements of the sample's revisions did.
void add_steps(Sample& sample);

/// So many statements on one table.
StepEffects make_long_step(std::size_t statements);

/// A statement and effects that bear such names.
StepEffects make_hostile_step(const std::string& text);

}  // namespace cairn::test
