#include "support/delay_proxy.hpp"

#include "support/flight_counter.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <vector>

namespace cairn::test {

namespace {

FileDescriptor listen_on_loopback(int& port) {
  FileDescriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener.get(), generic, size) != 0 || listen(listener.get(), 64) != 0 ||
      getsockname(listener.get(), generic, &size) != 0) {
    throw std::runtime_error(std::string("the proxy cannot listen: ") + std::strerror(errno));
  }
  port = ntohs(address.sin_port);
  return listener;
}

FileDescriptor connect_to(const std::string& path) {
  FileDescriptor server(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  if (connect(server.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) server.close();
  return server;
}

timespec time_until(DelayedFlow::Clock::time_point due) {
  const auto left = std::max(due - DelayedFlow::Clock::now(), DelayedFlow::Clock::duration::zero());
  const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(left).count();
  return {nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
}

}  // namespace

struct DelayProxy::Link {
  Link(FileDescriptor accepted, FileDescriptor connected, std::chrono::microseconds delay)
      : client(std::move(accepted)), server(std::move(connected)), up(client, server, delay), down(server, client, delay) {}

  FileDescriptor client;
  FileDescriptor server;
  DelayedFlow up;
  DelayedFlow down;
  FlightCounter flights;
};

DelayProxy::DelayProxy(std::string server_socket, std::chrono::microseconds round_trip)
    : server_socket_(std::move(server_socket)),
      delay_(round_trip / 2),
      listener_(listen_on_loopback(port_)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      thread_([this] { serve(); }) {}

DelayProxy::~DelayProxy() {
  stopping_ = true;
  wake();
  thread_.join();
}

std::string DelayProxy::conninfo(const std::string& database, const std::string& user) const {
  return "host=127.0.0.1 port=" + std::to_string(port_) + " user=" + user + " dbname=" + database +
         " sslmode=disable gssencmode=disable";
}

std::string DelayProxy::url(const std::string& database, const std::string& user) const {
  return "postgresql://" + user + "@127.0.0.1:" + std::to_string(port_) + "/" + database +
         "?sslmode=disable&gssencmode=disable";
}

void DelayProxy::reset_counters() {
  turnarounds_ = 0;
  connections_ = 0;
  to_server_ = 0;
  to_client_ = 0;
}

void DelayProxy::cut() {
  const unsigned wanted = ++cuts_wanted_;
  wake();
  for (unsigned done = cuts_done_; done < wanted; done = cuts_done_) cuts_done_.wait(done);
}

void DelayProxy::cut_after_bytes_to_server(std::uint64_t bytes) { allowed_to_server_ = bytes; }

void DelayProxy::cut_after_bytes_to_client(std::uint64_t bytes) { allowed_to_client_ = bytes; }

void DelayProxy::wake() const {
  const std::uint64_t one = 1;
  static_cast<void>(!write(wake_.get(), &one, sizeof one));
}

void DelayProxy::serve() {
  while (!stopping_) {
    wait_for_event();
    if (const unsigned wanted = cuts_wanted_; wanted != cuts_done_) {
      links_.clear();
      cuts_done_ = wanted;
      cuts_done_.notify_all();
    }
    accept_one();
    for (Link& link : links_) serve_link(link);
    links_.remove_if([](const Link& link) { return link.up.finished() || link.down.finished(); });
  }
}

/// Sleeps until something can be read, something due can be written, or something becomes due.
void DelayProxy::wait_for_event() {
  const auto now = DelayedFlow::Clock::now();
  std::optional<DelayedFlow::Clock::time_point> due;
  std::vector<pollfd> events = {{wake_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
  const auto watch = [&](const FileDescriptor& from, const FileDescriptor& to, const DelayedFlow& flow) {
    if (flow.wants_input()) events.push_back({from.get(), POLLIN, 0});
    if (flow.is_due(now)) {
      events.push_back({to.get(), POLLOUT, 0});
    } else if (const auto next = flow.next_due()) {
      due = due ? std::min(*due, *next) : *next;
    }
  };
  for (const Link& link : links_) {
    watch(link.client, link.server, link.up);
    watch(link.server, link.client, link.down);
  }
  const timespec wait = due ? time_until(*due) : timespec{};
  ppoll(events.data(), events.size(), due ? &wait : nullptr, nullptr);
  std::uint64_t count = 0;
  static_cast<void>(!read(wake_.get(), &count, sizeof count));
}

void DelayProxy::accept_one() {
  pollfd waiting{listener_.get(), POLLIN, 0};
  if (poll(&waiting, 1, 0) != 1) return;
  FileDescriptor client(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!client || refusing_) return;
  const int on = 1;
  setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  FileDescriptor server = connect_to(server_socket_);
  if (!server) return;
  ++connections_;
  links_.emplace_back(std::move(client), std::move(server), delay_);
}

void DelayProxy::serve_link(Link& link) {
  if (link.up.wants_input()) {
    const std::size_t before = link.flights.turnarounds();
    link.flights.from_client(link.up.receive());
    turnarounds_ += link.flights.turnarounds() - before;
  }
  if (link.down.wants_input()) link.down.receive();
  to_server_ += link.up.send(allowed_to_server_).size();
  const std::string answered = link.down.send(allowed_to_client_);
  link.flights.from_server(answered);
  to_client_ += answered.size();
}

}  // namespace cairn::test
