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

TestDatabase::TestDatabase(TestServer& server, const std::string& template_name) : server_(server), name_(next_name()) {
  Session(server_.conninfo("postgres")).execute("CREATE DATABASE " + name_ + " TEMPLATE " + template_name);
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

std::string TestDatabase::dump_schema(const std::vector<std::string>& leave_out) const {
  Command command{.argv = {require_server_programs().path("pg_dump"), "--schema-only", "--dbname", conninfo()},
                  .environment = without_postgres_variables()};
  for (const std::string& table : leave_out) command.argv.push_back("--exclude-table=" + table);
  const Finished dumped = run(command);
  if (!dumped.ok()) throw std::runtime_error("pg_dump failed: " + dumped.err);
  std::istringstream lines(dumped.out);
  std::string kept;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("\\restrict") && !line.starts_with("\\unrestrict")) kept += line + "\n";
  }
  return kept;
}

}  // namespace cairn::test
