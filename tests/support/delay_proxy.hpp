#pragma once

#include "support/delayed_flow.hpp"
#include "support/file_descriptor.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <string>
#include <thread>

namespace cairn::test {

/// A TCP proxy on 127.0.0.1 in front of a server's unix socket. It makes the round trip longer without
/// limiting how much is under way, counts turnarounds, and cuts connections where a test wants it.
class DelayProxy {
 public:
  explicit DelayProxy(std::string server_socket,
                      std::chrono::microseconds round_trip = std::chrono::microseconds::zero());
  DelayProxy(const DelayProxy&) = delete;
  DelayProxy& operator=(const DelayProxy&) = delete;
  ~DelayProxy();

  int port() const { return port_; }
  std::string conninfo(const std::string& database, const std::string& user) const;
  std::string url(const std::string& database, const std::string& user) const;

  /// Over all connections since the start or the last reset. See FlightCounter.
  std::size_t turnarounds() const { return turnarounds_; }
  std::size_t connections() const { return connections_; }
  std::uint64_t bytes_to_server() const { return to_server_; }
  std::uint64_t bytes_to_client() const { return to_client_; }
  void reset_counters();

  /// Ends every connection now; returns once it is done. New ones are still taken.
  void cut();
  /// Lets this many more bytes through, over all connections, ends the one that has more, and then lets
  /// everything through again, so that a client can come back.
  void cut_after_bytes_to_server(std::uint64_t bytes);
  void cut_after_bytes_to_client(std::uint64_t bytes);
  /// Takes connections and ends them at once, until told otherwise.
  void refuse(bool refusing) { refusing_ = refusing; }

 private:
  struct Link;

  void serve();
  void wait_for_event();
  void accept_one();
  void serve_link(Link& link);
  void wake() const;

  std::string server_socket_;
  std::chrono::microseconds delay_;   ///< of one direction
  int port_ = 0;
  FileDescriptor listener_;
  FileDescriptor wake_;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> refusing_ = false;
  std::atomic<unsigned> cuts_wanted_ = 0;
  std::atomic<unsigned> cuts_done_ = 0;
  std::atomic<std::uint64_t> allowed_to_server_ = DelayedFlow::unlimited;
  std::atomic<std::uint64_t> allowed_to_client_ = DelayedFlow::unlimited;
  std::atomic<std::size_t> turnarounds_ = 0;
  std::atomic<std::size_t> connections_ = 0;
  std::atomic<std::uint64_t> to_server_ = 0;
  std::atomic<std::uint64_t> to_client_ = 0;
  std::list<Link> links_;
  std::thread thread_;
};

}  // namespace cairn::test
