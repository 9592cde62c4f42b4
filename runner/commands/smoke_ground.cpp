#include "commands/smoke_ground.hpp"

#include "base/interrupt.hpp"
#include "cluster/ephemeral_cluster.hpp"
#include "commands/database.hpp"
#include "commands/dump.hpp"
#include "postgres/server_error.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

constexpr std::string_view flag = "--database";

SmokeServer open_ephemeral() try {
  SmokeServer server;
  server.cluster = std::make_shared<EphemeralCluster>(EphemeralCluster::start());
  server.scratch = std::make_unique<Scratch>(parse_database(server.cluster->conninfo()), ServerUse::own);
  server.name = "ephemeral server";
  return server;
} catch (Error& error) {
  if (error.category() == Category::configuration)
    error.detail(error.detail() + (error.detail().empty() ? "" : "\n") +
                 "Without server programs here, --database names a server on which scratch databases are made and dropped.");
  throw;
}

void load_dump(Connection& connection, const std::string& file) {
  const Body dump = read_dump(file);
  const Reply reply = connection.exchange({.text = dump.text, .copies = {dump.copies.begin(), dump.copies.end()}, .parameters = std::nullopt});
  if (reply.lost) throw Error(Category::connection, "the connection was lost while the dump was loaded");
  if (reply.failure) throw cannot_load(dump, reply);
}

std::vector<std::string> read_rows(Connection& connection, const StateTables& tables) {
  const Reply reply = connection.exchange({.text = state_sql(tables), .copies = {}, .parameters = std::nullopt});
  const State state = parse_state(reply.results, reply.failure);
  require_finished(state);
  return state.rows;
}

}  // namespace

SmokeServer open_smoke_server(const Invocation& invocation) {
  const Settings& settings = invocation.settings;
  if (settings.database_source != flag || settings.database == "ephemeral") return open_ephemeral();
  OpenDatabase opened = open_database(invocation);
  auto scratch = std::make_unique<Scratch>(opened.database);
  for (const std::string& database : scratch->find_left_over())
    invocation.observer->log(LogLevel::notice, fmt::format("a smoke run that was killed left its database here: DROP DATABASE {}", database));
  return {.cluster = nullptr, .scratch = std::move(scratch), .name = "scratch databases beside " + opened.name};
}

Ground make_ground(const Invocation& invocation, Scratch& scratch) {
  const StateTables tables = state_tables(invocation.settings);
  Ground ground{.database = scratch.create(), .rows = {}};
  const std::unique_ptr<Connection> connection = scratch.open(ground.database, interrupt_fd());
  if (invocation.has("from-dump")) load_dump(*connection, invocation.option("from-dump"));
  ground.rows = read_rows(*connection, tables);
  prepare_state(*connection, tables);
  return ground;
}

}  // namespace cairn
