#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "postgres/connect_error.hpp"
#include "postgres/connection.hpp"
#include "postgres/connection_server.hpp"
#include "postgres/facts.hpp"
#include "support/file_text.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>

namespace cairn::test {
namespace {

std::optional<Error> failure_of(const Database& database, const ConnectOptions& options = {}) {
  try {
    open_connection(database, options);
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

TEST(OpenConnection, names_what_is_wrong_and_what_to_do) {
  const Database good = server_database();
  const Database scram = server_database("scram");
  struct Case { const char* name; Database database; const char* sqlstate; const char* message; const char* hint; };
  const Case cases[] = {
      {"wrong password", with(scram, "password", "hunter2"), "28P01",
       "password authentication failed for user \"scram\"", ".pgpass"},
      {"no password", scram, "", "asks for a password", "PGPASSWORD"},
      {"unknown user", with(good, "user", "nobody_at_all"), "28000", "role \"nobody_at_all\" does not exist",
       "createuser nobody_at_all"},
      {"unknown database", with(good, "dbname", "nowhere"), "3D000", "database \"nowhere\" does not exist", "createdb"},
      {"no socket", with(good, "host", "/nonexistent"), "", "no server is listening on that socket",
       "Start the server"},
      {"no port", with(with(good, "host", "127.0.0.1"), "port", "1"), "", "no server is listening there",
       "Start the server"},
      {"bad sslmode", with(good, "sslmode", "sometimes"), "", "invalid sslmode value", "Correct that option"},
      {"tls not offered", with(with(good, "sslmode", "require"), "host", "127.0.0.1"), "",
       "no server is listening there", "Start"},
      {"unknown service", with(good, "service", "nowhere"), "", "service", "service"},
  };
  for (const Case& c : cases) {
    const auto error = failure_of(c.database);
    ASSERT_TRUE(error) << c.name;
    EXPECT_EQ(error->category(), Category::connection) << c.name;
    EXPECT_EQ(error->sqlstate(), c.sqlstate) << c.name;
    EXPECT_NE(error->message().find(c.message), std::string::npos) << c.name << ": " << error->message();
    EXPECT_NE(error->hint().find(c.hint), std::string::npos) << c.name << ": " << error->hint();
    EXPECT_NE(error->detail().find("database \""), std::string::npos) << c.name;
    EXPECT_EQ((error->message() + error->detail() + error->hint()).find("hunter2"), std::string::npos) << c.name;
  }
}

TEST(OpenConnection, takes_a_password_with_special_characters_from_a_url) {
  const Database database =
      parse_database("postgresql+psycopg2://scram:se%20cret%25%40@/postgres?host=" + connection_server().socket_directory());
  EXPECT_EQ(failure_of(database), std::nullopt);
}

TEST(OpenConnection, says_when_there_are_too_many_connections) {
  std::vector<std::unique_ptr<Connection>> held;
  std::optional<Error> error;
  for (int i = 0; i < 40 && !error; ++i) {
    try {
      held.push_back(open_connection(server_database()));
    } catch (const Error& caught) {
      error = caught;
    }
  }
  ASSERT_TRUE(error);
  EXPECT_EQ(error->sqlstate(), "53300");
  EXPECT_NE(error->hint().find("max_connections"), std::string::npos);
}

/// A listener that accepts by its backlog and never says a word.
class SilentServer {
 public:
  SilentServer() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(fd_, generic, size) != 0 || ::listen(fd_, 8) != 0 || ::getsockname(fd_, generic, &size) != 0)
      ADD_FAILURE();
    port_ = std::to_string(ntohs(address.sin_port));
  }
  ~SilentServer() { ::close(fd_); }

  const std::string& port() const { return port_; }

 private:
  int fd_;
  std::string port_;
};

TEST(OpenConnection, gives_up_on_a_silent_server) {
  const SilentServer silent;
  ConnectOptions options;
  options.connect_timeout = std::chrono::seconds(1);
  const auto error = failure_of(with(with(server_database(), "host", "127.0.0.1"), "port", silent.port()), options);
  ASSERT_TRUE(error);
  EXPECT_NE(error->message().find("did not answer in time"), std::string::npos) << error->message();
}

TEST(OpenConnection, goes_on_to_the_next_host_after_a_silent_one) {
  const SilentServer silent;
  ConnectOptions options;
  options.connect_timeout = std::chrono::seconds(1);
  Database database = with(server_database(), "host", "127.0.0.1," + connection_server().socket_directory());
  database = with(database, "port", silent.port() + ",5432");
  EXPECT_EQ(failure_of(database, options), std::nullopt);
}

TEST(OpenConnection, is_interrupted_at_once) {
  const SilentServer silent;
  raise_interrupt();
  const auto error = failure_of(with(with(server_database(), "host", "127.0.0.1"), "port", silent.port()));
  clear_interrupt();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->category(), Category::interrupted);
}

TEST(OpenConnection, reads_the_settings_of_a_service) {
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory / "service.conf";
  write_file(file, "[ours]\nhost=" + connection_server().socket_directory() +
                       "\nport=5432\ndbname=postgres\nuser=tester\noptions=-c work_mem=6MB\n");
  ::setenv("PGSERVICEFILE", file.c_str(), 1);
  const auto connection = open_connection(parse_database("service=ours"));
  ::unsetenv("PGSERVICEFILE");
  EXPECT_EQ(connection->exchange({"SHOW work_mem", {}, {}}).results.at(0).rows.at(0).at(0), "6MB");
  EXPECT_EQ(connection->exchange({"SHOW standard_conforming_strings", {}, {}}).results.at(0).rows.at(0).at(0), "on");
}

TEST(ServerFacts, are_read_in_one_row) {
  const auto connection = open_connection(server_database());
  const Reply reply = connection->exchange({facts_statement(), {}, {}});
  ASSERT_FALSE(reply.failure);
  const ServerFacts facts = parse_facts(reply.results.at(0));
  EXPECT_EQ(facts, (ServerFacts{connection->backend_pid(), false, false, connection->server_version(), "postgres",
                                superuser, superuser, true}));
  EXPECT_NO_THROW(require_direct_connection(connection->backend_pid(), facts.backend_pid));
  EXPECT_NO_THROW(require_writable(facts));
  connection->exchange({"SET default_transaction_read_only = on", {}, {}});
  EXPECT_THROW(require_writable(parse_facts(connection->exchange({facts_statement(), {}, {}}).results.at(0))), Error);
}

}  // namespace
}  // namespace cairn::test
