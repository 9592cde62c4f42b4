#include "commands/database.hpp"

#include "base/interrupt.hpp"
#include "cluster/ephemeral_cluster.hpp"
#include "cluster/local_cluster.hpp"
#include "commands/program.hpp"
#include "postgres/advice.hpp"
#include "postgres/runner_lock.hpp"
#include "postgres/server_error.hpp"
#include "sql/body.hpp"

#include <fmt/core.h>

#include <random>

#include <pwd.h>
#include <unistd.h>

namespace cairn {

namespace {

constexpr const char* name_one = "Name one with --database, CAIRN_DATABASE, DATABASE_URL or \"database\" in cairn.toml; "
                                 "\"local\" is a private server of this project.";

std::string user_name() {
  const passwd* user = getpwuid(getuid());
  return user != nullptr ? user->pw_name : std::to_string(getuid());
}

std::string host_name() {
  char name[256] = "";
  gethostname(name, sizeof name - 1);
  return name;
}

std::string make_run_id() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

std::string name_of_server(const Database& database) {
  const std::vector<Setting> effective = read_effective_settings(database);
  return describe_target(effective);
}

OpenDatabase open_server(const Invocation& invocation) {
  OpenDatabase opened{.cluster = nullptr, .database = choose_database(invocation.settings), .connection = nullptr, .name = ""};
  switch (opened.database.kind) {
    case DatabaseKind::local: {
      const LocalCluster cluster(invocation.settings.project);
      cluster.start();
      opened.database = parse_database(cluster.conninfo());
      opened.name = "local database";
      break;
    }
    case DatabaseKind::ephemeral:
      opened.cluster = std::make_shared<EphemeralCluster>(EphemeralCluster::start());
      opened.database = parse_database(opened.cluster->conninfo());
      opened.name = "ephemeral database";
      break;
    case DatabaseKind::server:
      opened.name = name_of_server(opened.database);
      break;
  }
  return opened;
}

void report_notice(Observer* observer, const Notice& notice) {
  const LogLevel level = notice.severity == "WARNING" ? LogLevel::warning : LogLevel::notice;
  observer->log(level, notice.message);
}

std::string reading_text(const Settings& settings) { return facts_statement() + ";\n" + state_sql(state_tables(settings)); }

/// A failure that has another reason than the statement: the user's, or the network's.
void require_answered(const Reply& reply, std::string_view doing) {
  if (reply.failure && interrupted())
    throw Error(Category::interrupted, fmt::format("interrupted while {}", doing)).detail("Nothing was changed.");
  if (reply.lost)
    throw Error(Category::connection, fmt::format("the connection was lost while {}", doing)).hint("Run the same command again.");
}

Reading parse_reading(const Reply& reply, const Connection& connection) {
  require_answered(reply, "the version rows were read");
  if (reply.results.empty()) throw to_error(*reply.failure, Category::connection);
  Reading reading{.facts = parse_facts(reply.results.front()), .state = {}};
  require_direct_connection(connection.backend_pid(), reading.facts.backend_pid);
  try {
    reading.state = parse_state(std::span(reply.results).subspan(1), reply.failure);
  } catch (Error& error) {
    if (error.hint().empty()) error.hint(find_advice(error.sqlstate()));
    throw;
  }
  return reading;
}

/// Why the state tables could not be made, with what the owner of the schema has to type.
Error no_tables(const ServerFailure& failure, const StateTables& tables, const ServerFacts& facts) {
  const std::string schema = quote_identifier(tables.schema);
  Error error(Category::configuration, "the tables that Cairn keeps its state in cannot be made: " + failure.message);
  error.sqlstate(failure.sqlstate).database("unchanged");
  if (failure.sqlstate == "42501")
    return error.hint(fmt::format("The schema's owner has to type: GRANT USAGE, CREATE ON SCHEMA {} TO {}; or name another schema "
                                  "under [state] in cairn.toml.", schema, quote_identifier(facts.current_user)));
  if (failure.sqlstate == "3F000")
    return error.hint(fmt::format("Make it with CREATE SCHEMA {}; or correct \"schema\" under [state] in cairn.toml.", schema));
  return error.hint(find_advice(failure.sqlstate));
}

Error no_renewal(const ServerFailure& failure, const StateTables& tables) {
  const bool busy = failure.sqlstate == "55P03";
  Error error(busy ? Category::lock : Category::configuration,
              "an older Cairn made the journal, and what it lacks cannot be added: " + failure.message);
  error.sqlstate(failure.sqlstate).database("unchanged");
  if (busy) return error.hint("Run the same command again when nobody reads the journal.");
  return error.hint(fmt::format("The owner of {} has to run \"cairn ensure-version\" once.", tables.journal()));
}

}  // namespace

Database choose_database(const Settings& settings) {
  throw_all(settings.database_problems);
  if (!settings.database) {
    if (const auto found = find_database_in_environment()) return *found;
    throw Error(Category::configuration, "no database is named").hint(name_one);
  }
  try {
    return parse_database(*settings.database);
  } catch (Error& error) {
    throw error.context("named by " + settings.database_source);
  }
}

OpenDatabase open_database(const Invocation& invocation) {
  OpenDatabase opened = open_server(invocation);
  Observer* observer = invocation.observer;
  ConnectOptions options;
  options.on_notice = [observer](const Notice& notice) { report_notice(observer, notice); };
  opened.connection = open_connection(opened.database, options);
  return opened;
}

std::unique_ptr<Connection> connect_again(const OpenDatabase& opened) { return open_connection(opened.database); }

StateTables state_tables(const Settings& settings) {
  return {.schema = settings.state_schema, .version_table = settings.version_table, .journal_table = settings.journal_table};
}

Reading read_database(OpenDatabase& opened, const Invocation& invocation) {
  const Reply reply =
      opened.connection->exchange({.text = reading_text(invocation.settings), .copies = {}, .parameters = std::nullopt});
  return parse_reading(reply, *opened.connection);
}

namespace {

std::int64_t lock_key_of(const Settings& settings) {
  const StateTables tables = state_tables(settings);
  return lock_key(tables.schema, tables.version_table);
}

}  // namespace

Reading lock_database(OpenDatabase& opened, const Invocation& invocation) {
  const auto wait = invocation.settings.lock_wait;
  LockRequest request{.key = lock_key_of(invocation.settings),
                      .wait = wait.count() == 0 ? std::nullopt : std::optional(wait),
                      .following = reading_text(invocation.settings)};
  Reply reply;
  RunnerLock lock = RunnerLock::acquire(*opened.connection, request, *invocation.observer, &reply);
  lock.forget();   // held until the connection closes, whatever happens
  return parse_reading(reply, *opened.connection);
}

void unlock_database(OpenDatabase& opened, const Invocation& invocation) {
  release_runner_lock(*opened.connection, lock_key_of(invocation.settings));
}

void ensure_tables(OpenDatabase& opened, const Invocation& invocation, const Reading& reading) {
  const StateTables tables = state_tables(invocation.settings);
  const bool complete = reading.state.has_version_table && reading.state.has_journal;
  if (complete && reading.state.journal_is_current) return;
  const std::string text = complete ? renew_journal_sql(tables) : create_tables_sql(tables);
  const Reply reply = opened.connection->exchange({.text = text, .copies = {}, .parameters = std::nullopt});
  if (!reply.lost && !reply.failure) return;
  if (!reply.lost) opened.connection->exchange({.text = "ROLLBACK", .copies = {}, .parameters = std::nullopt});
  require_answered(reply, "the tables that Cairn keeps its state in were made");
  throw complete ? no_renewal(*reply.failure, tables) : no_tables(*reply.failure, tables, reading.facts);
}

RunIdentity make_identity(const Settings& settings) {
  RunIdentity identity = make_identity();
  identity.tag = settings.tag;
  return identity;
}

RunIdentity make_identity() {
  return {.run = make_run_id(), .client = fmt::format("{}@{}:{}", user_name(), host_name(), getpid()),
          .runner = fmt::format("cairn {}", program_version)};
}

}  // namespace cairn
