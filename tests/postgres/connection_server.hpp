#pragma once

#include "postgres/connection.hpp"
#include "support/test_database.hpp"

#include <string>

namespace cairn::test {

/// The server of connection_test. Role "scram" has the password "se cret%@"; everybody else is trusted.
inline TestServer& connection_server() {
  static TestServer& server = []() -> TestServer& {
    forget_postgres_variables();
    static TestServer made({.settings = {{"max_connections", "20"}}, .access_rules = {"local all scram scram-sha-256"}});
    Session(made.conninfo("postgres")).execute("CREATE ROLE scram LOGIN PASSWORD 'se cret%@'");
    return made;
  }();
  return server;
}

inline Database server_database(const std::string& user = superuser) {
  return parse_database(connection_server().conninfo("postgres", user));
}

/// The database with one setting changed.
inline Database with(Database database, const std::string& keyword, const std::string& value) {
  std::erase_if(database.settings, [&](const Setting& setting) { return setting.keyword == keyword; });
  database.settings.push_back({keyword, value});
  return database;
}

}  // namespace cairn::test
