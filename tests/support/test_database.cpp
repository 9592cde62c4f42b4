#include "support/test_database.hpp"

#include <cstdio>
#include <sstream>
#include <stdexcept>

namespace cairn::test {

namespace {

std::string next_name() {
  static int made = 0;
  return "test_" + std::to_string(++made);
}

constexpr const char* count_others =
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()";

}  // namespace

TestDatabase::TestDatabase(TestServer& server, const DatabaseOptions& options)
    : server_(server), name_(next_name()), owner_(options.owner) {
  Session(server_.conninfo("postgres"))
      .execute("CREATE DATABASE " + name_ + " OWNER " + owner_ + " TEMPLATE " + options.template_name);
}

TestDatabase::~TestDatabase() {
  session_.reset();
  try {
    Session(server_.conninfo("postgres")).execute("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  } catch (const SessionError& error) {
    std::fprintf(stderr, "%s is left: %s\n", name_.c_str(), error.what());
  }
}

Session& TestDatabase::session() {
  if (!session_) session_ = std::make_unique<Session>(conninfo());
  return *session_;
}

int TestDatabase::backends() { return std::stoi(value(count_others)); }

int TestDatabase::left_over_backends() {
  static_cast<void>(becomes(session(), count_others, "0", std::chrono::seconds(10)));
  return backends();
}

std::string TestDatabase::dump(const std::vector<std::string>& options) const {
  std::vector<std::string> argv = {require_server_programs().path("pg_dump"), "--dbname", conninfo()};
  argv.insert(argv.end(), options.begin(), options.end());
  const Finished dumped = run({.argv = argv, .environment = without_postgres_variables()});
  if (!dumped.ok()) throw std::runtime_error("pg_dump failed: " + dumped.err);
  std::istringstream lines(dumped.out);
  std::string kept;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("\\restrict") && !line.starts_with("\\unrestrict")) kept += line + "\n";
  }
  return kept;
}

}  // namespace cairn::test
