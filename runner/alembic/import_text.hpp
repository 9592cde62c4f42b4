#pragma once

#include "alembic/carried_step.hpp"

#include <string>

namespace cairn {

/// What stands in up.sql below its header: a word on where it comes from, and the SQL, or a statement that raises.
std::string import_up_text(const AlembicRevision& file, const CarriedStep& up, const CarriedStep& down);

/// What stands in down.sql.
std::string import_down_text(const CarriedStep& down);

}  // namespace cairn
