#pragma once

#include <string>
#include <vector>

namespace cairn {

/// The command a statement is: "TRUNCATE", "CREATE INDEX CONCURRENTLY"; see first_words() of sql. Empty for what cannot be
/// cut.
std::string command_words(const std::string& statement);

/// Why a table is written anew where the server does not tell: "truncate", "cluster", "refresh", "vacuum full"; or empty.
std::string rewrite_reason(const std::string& words);

/// The tables that a TRUNCATE names, as they are written there. The server tells of a TRUNCATE only by a new file, and not
/// even by that where the table has one of the same transaction already.
std::vector<std::string> find_truncated_names(const std::string& statement);

/// True for what takes all that an extension has made along with it.
bool may_drop_extension(const std::string& words);

/// True for what would not work while there are functions in PL/pgSQL.
bool drops_plpgsql(const std::string& words, const std::string& statement);

}  // namespace cairn
