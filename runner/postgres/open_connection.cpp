#include "postgres/connection.hpp"

#include "base/error.hpp"
#include "postgres/connect_error.hpp"
#include "postgres/hosts.hpp"
#include "postgres/libpq.hpp"
#include "postgres/start_up.hpp"
#include "postgres/url_query.hpp"

#include <fmt/core.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

namespace cairn {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int oldest_version = 130000;
constexpr std::chrono::seconds for_ever = std::chrono::hours(24 * 365);

/// As libpq has it: 0 and less is for ever, 1 is too short to be meant.
std::chrono::seconds read_timeout(const std::vector<Setting>& effective, std::chrono::seconds fallback) {
  const std::string text = value_of(effective, "connect_timeout");
  if (text.empty()) return fallback;
  if (!is_number(text) || text.size() > 6) return text.starts_with('-') ? for_ever : fallback;
  const std::chrono::seconds timeout(std::stoi(text));
  return timeout.count() == 0 ? for_ever : std::max(timeout, std::chrono::seconds(2));
}

std::string or_empty(const char* text) { return text == nullptr ? "" : text; }

HostEntry current_host(const PGconn* connection) {
  return {or_empty(PQhost(connection)), or_empty(PQhostaddr(connection)), or_empty(PQport(connection))};
}

ConnectionHandle start(const std::vector<Setting>& settings) {
  std::vector<const char*> keywords;
  std::vector<const char*> values;
  for (const Setting& setting : settings) {
    keywords.push_back(setting.keyword.c_str());
    values.push_back(setting.value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  ConnectionHandle connection(PQconnectStartParams(keywords.data(), values.data(), 0));
  if (!connection) throw Error(Category::internal, "out of memory while connecting");
  // Verbose messages carry the SQLSTATE, the only thing in them that no language setting changes.
  PQsetErrorVerbosity(connection.get(), PQERRORS_VERBOSE);
  PQsetNoticeReceiver(connection.get(), [](void*, const PGresult*) {}, nullptr);
  return connection;
}

enum class Wait { ready, timed_out };

Wait wait_for_socket(const PGconn* connection, short events, int interrupt_fd, Clock::time_point deadline) {
  std::array<pollfd, 2> entries{{{PQsocket(connection), events, 0}, {interrupt_fd, POLLIN, 0}}};
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Wait::timed_out;
    const int ready = ::poll(entries.data(), entries.size(), static_cast<int>(std::min<long long>(left, 60'000)));
    if (entries[1].revents != 0) throw Error(Category::interrupted, "interrupted while connecting");
    if (ready > 0) return Wait::ready;
    if (ready < 0 && errno != EINTR) throw Error(Category::internal, "cannot wait for the server's socket");
  }
}

/// Drives libpq's connecting without blocking in it, so that ^C works; each server address has the whole timeout.
Wait drive(PGconn* connection, const ConnectOptions& options, std::chrono::seconds timeout) {
  HostEntry host = current_host(connection);
  Clock::time_point deadline = Clock::now() + timeout;
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;
  while (PQstatus(connection) != CONNECTION_BAD && status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
    const short events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    if (wait_for_socket(connection, events, options.interrupt_fd, deadline) == Wait::timed_out) return Wait::timed_out;
    status = PQconnectPoll(connection);
    if (const HostEntry now = current_host(connection); now != host) {
      host = now;
      deadline = Clock::now() + timeout;
    }
  }
  return Wait::ready;
}

struct Attempt {
  ConnectionHandle connection;   ///< null: see failure
  ConnectFailure failure;
};

Attempt try_settings(std::vector<Setting> settings, const ConnectOptions& options) {
  const std::chrono::seconds timeout = read_timeout(settings, options.connect_timeout);
  for (std::size_t servers = list_hosts(settings).size();; --servers) {
    ConnectionHandle connection = start(settings);
    if (drive(connection.get(), options, timeout) == Wait::ready) {
      if (PQstatus(connection.get()) == CONNECTION_OK) return {std::move(connection), {}};
      return {nullptr, {PQerrorMessage(connection.get()), PQconnectionNeedsPassword(connection.get()) != 0, false}};
    }
    settings = without_host(settings, current_host(connection.get()));
    if (servers <= 1 || settings.empty()) return {nullptr, {"", false, true}};
  }
}

/// Which smaller start-up packet might be taken by a server or pooler that refused this one.
std::optional<StartUp> find_smaller(const ConnectFailure& failure, StartUp tried) {
  if (tried == StartUp::full && failure.text.find("client_connection_check_interval") != std::string::npos)
    return StartUp::without_check_interval;
  if (tried != StartUp::plain && failure.text.find("startup parameter") != std::string::npos) return StartUp::plain;
  return std::nullopt;
}

}  // namespace

std::string libpq_version() { return fmt::format("{}.{}", PQlibVersion() / 10000, PQlibVersion() % 10000); }

void require_supported_version(int server_version) {
  if (server_version >= oldest_version) return;
  const std::string version =
      server_version >= 100000
          ? fmt::format("{}.{}", server_version / 10000, server_version % 10000)
          : fmt::format("{}.{}.{}", server_version / 10000, server_version / 100 % 100, server_version % 100);
  throw Error(Category::connection, fmt::format("the server is PostgreSQL {}, which is too old", version))
      .hint("Cairn works with PostgreSQL 13 and newer; upgrade the server.");
}

std::unique_ptr<Connection> open_connection(const Database& database, const ConnectOptions& options) {
  if (database.kind != DatabaseKind::server)
    throw Error(Category::internal,
                fmt::format("the database \"{}\" was not started before it was connected to", database.redacted()));
  const std::vector<Setting> effective = read_effective_settings(database);
  for (StartUp extent = StartUp::full;;) {
    Attempt attempt = try_settings(make_start_up_settings(effective, options, extent), options);
    if (attempt.connection) {
      require_supported_version(PQserverVersion(attempt.connection.get()));
      PQsetErrorVerbosity(attempt.connection.get(), PQERRORS_DEFAULT);
      return std::make_unique<Connection>(attempt.connection.release(), options);
    }
    const auto smaller = find_smaller(attempt.failure, extent);
    if (!smaller) throw to_connect_error(attempt.failure, describe_target(effective));
    extent = *smaller;
  }
}

}  // namespace cairn
