#pragma once

#include "schema/snapshot.hpp"

#include <string>
#include <string_view>

namespace cairn::schema {

/// The query with its macros written out: {user_schema n}, {no_member pg_class c.oid}, {acl expression},
/// {sorted expression}, {digest expression}, {left_out}, {position}.
/// Throws Error(internal) for a macro it does not know.
std::string write_query(std::string_view sql, const SnapshotOptions& options);

}  // namespace cairn::schema
