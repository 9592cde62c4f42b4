#pragma once

#include "postgres/connection.hpp"

#include <memory>
#include <string>
#include <vector>

namespace cairn {

/// Throw-away databases of one server. Only those that it made itself are ever written to or dropped, and all of them are
/// dropped in the end.
class Scratch {
 public:
  /// Connects to the server's database that is named, which stays as it is.
  explicit Scratch(Database server);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// A new database, empty or a copy of one of its own, which nobody may be connected to. Answers its name. Throws Error
  /// (configuration) naming what is lacking, connection.
  std::string create(const std::string& model = "");
  void drop(const std::string& name);

  /// A connection that a readable descriptor interrupts.
  std::unique_ptr<Connection> open(const std::string& name, int interrupt) const;

  int server_version() const { return keeper_->server_version(); }

 private:
  std::string empty_model();
  void wait_until_left(const std::string& name);
  Reply send(const std::string& text);

  Database server_;
  std::unique_ptr<Connection> keeper_;
  std::string prefix_;
  std::size_t made_ = 0;
  std::vector<std::string> databases_;
};

}  // namespace cairn
