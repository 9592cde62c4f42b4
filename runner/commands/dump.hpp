#pragma once

#include "base/error.hpp"
#include "seam/sql_channel.hpp"
#include "sql/body.hpp"

#include <string>

namespace cairn {

/// What pg_dump wrote, as SQL: a plain dump as it is, any other through pg_restore, which contacts no server. Throws Error
/// (configuration) for what is no dump.
Body read_dump(const std::string& file);

/// Why it did not load: with the place in the dump, and what usually helps.
Error cannot_load(const Body& dump, const Reply& reply);

}  // namespace cairn
