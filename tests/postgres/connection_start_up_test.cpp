#include "base/error.hpp"
#include "postgres/connection.hpp"
#include "postgres/connection_server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <thread>

namespace cairn::test {
namespace {

/// The wire form of FATAL with this SQLSTATE and message.
std::string error_response(const std::string& sqlstate, const std::string& message) {
  std::string body = "SFATAL";
  body += '\0' + ("VFATAL" + std::string(1, '\0')) + "C" + sqlstate + '\0' + "M" + message + '\0' + '\0';
  const std::uint32_t size = ::htonl(static_cast<std::uint32_t>(body.size() + 4));
  std::string packet = "E";
  packet.append(reinterpret_cast<const char*>(&size), 4);
  return packet + body;
}

/// Stands before the real server and refuses start-up packets that hold a certain word, as an older server or a
/// pooler does; other connections are passed on.
class PickyProxy {
 public:
  PickyProxy(std::string word, std::string refusal) : word_(std::move(word)), refusal_(std::move(refusal)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, generic, &size) != 0)
      ADD_FAILURE();
    port_ = std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }

  ~PickyProxy() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  Database database() const {
    return Database{DatabaseKind::server,
                    Spelling::settings,
                    {{"host", "127.0.0.1"},
                     {"port", port_},
                     {"dbname", "postgres"},
                     {"user", superuser},
                     {"sslmode", "disable"},
                     {"gssencmode", "disable"}}};
  }

  int refusals() const { return refusals_; }

 private:
  void serve() {
    for (int client = 0; (client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
      handle(client);
      ::close(client);
    }
  }

  void handle(int client) {
    std::array<char, 4096> buffer{};
    const ssize_t size = ::recv(client, buffer.data(), buffer.size(), 0);
    const std::string packet(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    if (packet.find(word_) == std::string::npos) return pass_on(client, packet);
    ++refusals_;
    ::send(client, refusal_.data(), refusal_.size(), MSG_NOSIGNAL);
  }

  static void pass_on(int client, const std::string& packet) {
    const int upstream = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, connection_server().socket_path().c_str(), sizeof address.sun_path - 1);
    if (::connect(upstream, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
      ::send(upstream, packet.data(), packet.size(), MSG_NOSIGNAL);
      while (shuffle(client, upstream)) {}
    }
    ::close(upstream);
  }

  static bool shuffle(int left, int right) {
    std::array<pollfd, 2> ends{{{left, POLLIN, 0}, {right, POLLIN, 0}}};
    ::poll(ends.data(), ends.size(), -1);
    for (std::size_t i = 0; i < 2; ++i) {
      if (ends[i].revents == 0) continue;
      std::array<char, 4096> buffer{};
      const ssize_t size = ::recv(ends[i].fd, buffer.data(), buffer.size(), 0);
      if (size <= 0) return false;
      ::send(ends[1 - i].fd, buffer.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL);
    }
    return true;
  }

  std::string word_;
  std::string refusal_;
  int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string port_;
  std::atomic<int> refusals_{0};
  std::thread thread_;
};

std::string show(Connection& connection, const std::string& setting) {
  const Reply reply = connection.exchange({"SHOW " + setting, {}, {}});
  return reply.failure ? reply.failure->message : reply.results.at(0).rows.at(0).at(0).value_or("");
}

TEST(StartUp, does_without_the_check_interval_on_a_server_of_version_13) {
  const PickyProxy proxy(
      "client_connection_check_interval",
      error_response("42704", "unrecognized configuration parameter \"client_connection_check_interval\""));
  const auto connection = open_connection(proxy.database());
  EXPECT_EQ(proxy.refusals(), 1);
  EXPECT_EQ(show(*connection, "client_connection_check_interval"), "0");
  EXPECT_EQ(show(*connection, "idle_in_transaction_session_timeout"), "10min");
  EXPECT_EQ(show(*connection, "client_encoding"), "UTF8");
}

TEST(StartUp, does_without_options_behind_a_pooler) {
  const PickyProxy proxy("options", error_response("08P01", "unsupported startup parameter: options"));
  const auto connection = open_connection(proxy.database());
  EXPECT_EQ(show(*connection, "idle_in_transaction_session_timeout"), "0");
  EXPECT_EQ(show(*connection, "client_encoding"), "UTF8");
}

TEST(StartUp, ends_when_everything_is_refused) {
  const PickyProxy proxy("user", error_response("08P01", "unsupported startup parameter: user"));
  try {
    open_connection(proxy.database());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.sqlstate(), "08P01");
    EXPECT_EQ(proxy.refusals(), 2);
  }
}

}  // namespace
}  // namespace cairn::test
