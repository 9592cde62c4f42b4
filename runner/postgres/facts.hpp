#pragma once

#include "seam/sql_channel.hpp"

#include <string>

namespace cairn {

/// What the server says of itself and of us, in one row.
struct ServerFacts {
  int backend_pid = 0;
  bool in_recovery = false;      ///< a standby
  bool read_only = false;        ///< transactions are read-only, for whatever reason
  int version = 0;
  std::string database;
  std::string current_user;
  std::string session_user;
  bool superuser = false;

  bool operator==(const ServerFacts&) const = default;
};

/// One SELECT without a closing semicolon; put it into any message.
std::string facts_statement();

/// Throws Error(internal) when the result is not that of facts_statement().
ServerFacts parse_facts(const Result& result);

/// Throws Error(connection) when the backend that answers is not the one that greeted us: a pooler is in between,
/// and a session lock would be shared or left behind.
void require_direct_connection(int greeted_by, int answered_by);

/// Throws Error(connection) for a standby or a read-only session.
void require_writable(const ServerFacts& facts);

}  // namespace cairn
