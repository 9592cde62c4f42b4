#pragma once

#include "schema/difference.hpp"
#include "schema/snapshot.hpp"

#include <map>
#include <string>
#include <string_view>

namespace cairn {

/// The members of a definition as PostgreSQL writes jsonb: {"key": value, "key": value}. Anything else is one
/// member without a name.
std::map<std::string, std::string> members_of(std::string_view definition);

/// How two different definitions of one object differ: in substance, or only in what may be of no account.
Change classify(const SchemaObject& before, const SchemaObject& after);

}  // namespace cairn
