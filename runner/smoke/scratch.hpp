#pragma once

#include "postgres/connection.hpp"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace cairn {

/// Whose the server of the scratch databases is.
enum class ServerUse {
  shared,   ///< others have roles on it
  own       ///< it exists for this run
};

/// Throw-away databases of one server. Only those that it made itself are ever written to or dropped, and all of them are
/// dropped in the end.
class Scratch {
 public:
  /// Connects to the server's database that is named, which stays as it is.
  explicit Scratch(Database server, ServerUse use = ServerUse::shared);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// A new database, empty or a copy of one of its own, which nobody may be connected to. Answers its name. Throws Error
  /// (configuration) naming what is lacking, connection.
  std::string create(const std::string& model = "");
  void drop(const std::string& name);

  /// Databases of runs that are no more, because they were killed.
  std::vector<std::string> find_left_over();

  /// The roles of the server, which all databases share.
  std::set<std::string> roles();
  /// Drops the roles that are not among those that are to stay, unless others use the server. What nothing but a dropped
  /// database knew of can go.
  void drop_roles_but(const std::set<std::string>& staying);

  /// A connection that a readable descriptor interrupts.
  std::unique_ptr<Connection> open(const std::string& name, int interrupt) const;

  int server_version() const { return keeper_->server_version(); }

 private:
  std::string empty_model();
  void wait_until_left(const std::string& name);
  Reply send(const std::string& text);
  std::vector<std::string> ask(const std::string& question);

  Database server_;
  ServerUse use_;
  std::string prefix_;
  std::unique_ptr<Connection> keeper_;   ///< is called like the databases, so that others see whose they are
  std::size_t made_ = 0;
  std::vector<std::string> databases_;
};

}  // namespace cairn
