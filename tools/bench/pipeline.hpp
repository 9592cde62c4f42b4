#pragma once

#include <memory>
#include <string>

struct pg_conn;

namespace cairn::bench {

/// libpq's pipeline mode with nothing around it: the fastest a client can be.
class Pipeline {
 public:
  /// Throws std::runtime_error.
  explicit Pipeline(const std::string& conninfo);

  /// Queues one statement and sends what the socket takes.
  void send(const std::string& sql);
  void sync();

  /// Reads every answer. Throws std::runtime_error for the first statement that failed.
  void finish();

 private:
  void read_results();
  void wait_for_socket();

  struct Close {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Close> connection_;
  std::size_t open_syncs_ = 0;
};

}  // namespace cairn::bench
