#pragma once

#include "base/error.hpp"

#include <string>

namespace cairn {

/// What libpq says about a connection that did not come about.
struct ConnectFailure {
  std::string text;              ///< PQerrorMessage, written with PQERRORS_VERBOSE
  bool needs_password = false;
  bool timed_out = false;
};

/// The SQLSTATE in a verbose libpq message; empty when the server was not reached.
std::string find_sqlstate(const std::string& text);

/// One sentence on the reason, the database (no secrets) and what to do next.
Error to_connect_error(const ConnectFailure& failure, const std::string& target);

/// True for a failure that can go away by itself: nobody listens yet, the server is starting, the host or the database is
/// not there yet, all connections are taken.
bool may_pass(const Error& error);

}  // namespace cairn
