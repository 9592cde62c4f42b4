#pragma once

#include "base/interrupt.hpp"
#include "postgres/conninfo.hpp"
#include "seam/sql_channel.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

struct pg_conn;

namespace cairn {

class Conversation;
enum class CopyDirection;

/// A NOTICE or WARNING of the server.
struct Notice {
  std::string severity;
  std::string sqlstate;
  std::string message;
  std::string detail;
  std::string hint;
};

struct ConnectOptions {
  std::string application_name = "cairn";      ///< used when the user names none
  std::chrono::seconds connect_timeout{10};    ///< per server address; the user's connect_timeout wins
  std::string search_path;                     ///< empty: the server's own, which revisions must see
  std::function<void(const Notice&)> on_notice;///< called inside exchange(), in the calling thread
  int interrupt_fd = cairn::interrupt_fd();    ///< readable: the running statement is cancelled
};

/// A connection to a server. One thread at a time. Closing it ends its transaction and its locks.
///
/// An interrupt cancels one exchange on the server: the running one at once, or, when it came between two,
/// the next one if that lasts longer than a second; so a ROLLBACK after an interrupt gets through. The
/// cancelled exchange is answered with failure 57014. Later interrupts change nothing. A server that does
/// not answer a cancelled exchange within 30 seconds is given up as lost.
class Connection final : public SqlChannel {
 public:
  Connection(pg_conn* owned, ConnectOptions options);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Reply exchange(const Message& message) override;
  Reply begin_copy_in(const std::string& statement) override;
  bool write_copy(std::string_view data) override;
  Reply end_copy_in(const std::optional<std::string>& abort_reason) override;
  Reply begin_copy_out(const std::string& statement) override;
  std::string_view read_copy() override;
  Reply end_copy_out() override;
  bool in_transaction() const override;
  /// As the server told it at the start; behind a pooler that is not the backend that does the work.
  int backend_pid() const override { return backend_pid_; }
  int server_version() const override { return server_version_; }
  std::size_t round_trips() const override { return round_trips_; }

  bool is_open() const { return connection_ != nullptr; }
  /// True once an interrupt has come, whether or not it cancelled anything here.
  bool interrupted() const;
  void close();

 private:
  Reply finish(Reply reply);
  bool send(const Message& message);
  Reply begin_copy(const std::string& statement, CopyDirection direction);
  Reply no_copy() const;

  pg_conn* connection_;
  ConnectOptions options_;
  std::unique_ptr<Conversation> copy_;   ///< between the beginning and the end of a COPY
  bool copied_out_ = false;              ///< the data of the open COPY have come to their end
  bool cancelled_ = false;               ///< an interrupt cancels once
  std::size_t round_trips_ = 0;
  int backend_pid_ = 0;
  int server_version_ = 0;
};

/// Connects, within the timeout and until an interrupt. The start-up options are set so that RESET ALL returns
/// to them: see start_up.hpp. Throws Error(connection) for what fails and for servers older than 13,
/// Error(interrupted) when an interrupt came first.
std::unique_ptr<Connection> open_connection(const Database& database, const ConnectOptions& options = {});

/// The version of the client library in use, as "15.20".
std::string libpq_version();

/// Servers before 13 are refused.
void require_supported_version(int server_version);

}  // namespace cairn
