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

}  // namespace cairn
