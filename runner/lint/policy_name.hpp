#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// A name as the catalog holds it: Users -> users, "Us""ers" -> Us"ers.
std::string bare_name(std::string_view written);

/// The parts of an identity that a snapshot gives, without quotes: core."Users".id -> core, Users, id. What follows behind
/// the names, as the arguments of a function, is left out.
std::vector<std::string> parts_of(std::string_view identity);

/// What a column or a constraint belongs to, as written: core.users of core.users."a.b".
std::string table_of(std::string_view identity);

/// "organizations", "journal_lines2": lower-case ASCII words and digits, joined by one "_" each.
bool is_snake_case(std::string_view name);

}  // namespace cairn
