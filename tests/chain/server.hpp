#pragma once

#include "chain/process.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::testing {

/// A private PostgreSQL server, made when first asked for and thrown away when the program ends.
/// Databases belong to a role without any privilege: the chain must need no superuser.
class Server {
 public:
  /// Throws std::runtime_error with what the server's programs said.
  static Server& instance();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// A new database, empty or a copy. Returns its name.
  std::string create_database(const std::string& copy_of = "template0");

  std::string url(const std::string& database) const;

 private:
  Server();
  ~Server();
  void start();
  void stop();
  void require(const Command& command);

  std::string directory_;
  std::string user_;
  int databases_ = 0;
};

/// One database of it, with the words the tests are written in.
class Database {
 public:
  explicit Database(std::string name) : name_(std::move(name)) {}

  /// Runs SQL by psql. Each row one line, cells separated by |.
  Finished sql(std::string_view text) const;
  /// Throws std::runtime_error when it fails.
  std::vector<std::string> rows(std::string_view text) const;
  std::string value(std::string_view text) const;

  /// pg_dump of the schema, without the runner's own tables.
  std::string schema() const;
  /// All rows of the four schemas.
  std::string data() const;

  /// The program under test.
  Finished cairn(std::vector<std::string> arguments) const;
  Finished upgrade(const std::string& target, const std::map<std::string, std::string>& variables = {}) const;
  Finished downgrade(const std::string& target) const;
  /// As above, and throws std::runtime_error with the output when it fails.
  void require_upgrade(const std::string& target) const;
  void require_downgrade(const std::string& target) const;

  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

}  // namespace cairn::testing
