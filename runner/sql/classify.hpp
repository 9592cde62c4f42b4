#pragma once

#include "sql/body.hpp"

#include <string>

namespace cairn {

/// The command a statement is, in capitals and without options: "CREATE INDEX CONCURRENTLY", "ALTER TABLE",
/// "INSERT". Empty when it does not begin with a word. Read from the words alone, so it is a name for messages
/// and hints, never a reason to refuse.
std::string first_words(const Body& body, const Statement& statement);

/// True for an INSERT, UPDATE, DELETE or MERGE with RETURNING.
bool returns_rows(const std::string& statement);

/// True for what the server refuses inside a transaction block, as far as the words tell.
bool needs_no_transaction(const Body& body, const Statement& statement);

}  // namespace cairn
