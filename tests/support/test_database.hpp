#pragma once

#include "support/session.hpp"
#include "support/test_server.hpp"

#include <memory>
#include <string>

namespace cairn::test {

struct DatabaseOptions {
  std::string template_name = "template1";
  std::string owner = superuser;             ///< a role that exists; whom conninfo(), url() and session() name
};

/// A database for one test, dropped at the end whoever is still connected.
class TestDatabase {
 public:
  explicit TestDatabase(TestServer& server = TestServer::shared(), const DatabaseOptions& options = {});
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase();

  const std::string& name() const { return name_; }
  TestServer& server() const { return server_; }
  std::string url() const { return server_.url(name_, owner_); }
  std::string conninfo() const { return server_.conninfo(name_, owner_); }

  /// Through a connection of our own, opened when first needed.
  Session& session();
  Rows query(const std::string& sql) { return session().query(sql); }
  void execute(const std::string& sql) { session().execute(sql); }
  std::string value(const std::string& sql) { return session().value(sql); }
  std::vector<std::string> column(const std::string& sql) { return session().column(sql); }

  /// Client sessions in this database other than ours, now.
  int backends();
  /// The same once it has had time to reach none: a backend outlives its client by a moment.
  int left_over_backends();

  /// What pg_dump prints with these options, without its random \restrict lines.
  std::string dump(const std::vector<std::string>& options) const;
  std::string dump_schema() const { return dump({"--schema-only"}); }

 private:
  TestServer& server_;
  std::string name_;
  std::string owner_;
  std::unique_ptr<Session> session_;
};

}  // namespace cairn::test
