#include "engine/engine_database.hpp"

#include "postgres/runner_lock.hpp"
#include "state/tables.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

namespace cairn::test {

namespace {

Message text(std::string sql) { return {.text = std::move(sql), .copies = {}, .parameters = std::nullopt}; }

const StateTables tables;

std::int64_t key() { return lock_key(tables.schema, tables.version_table); }

std::string shown(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word + " ";
  return text;
}

}  // namespace

EngineDatabase::EngineDatabase(const std::string& template_name) : database_(TestServer::shared(), {.template_name = template_name}) {
  database_.execute(create_tables_sql(tables));
  connect(database_.url());
}

void EngineDatabase::connect(const std::string& url) {
  connection_.reset();
  connection_ = open_connection(parse_database(url));
  RecordingObserver observer;
  RunnerLock lock = RunnerLock::acquire(*connection_, {.key = key(), .wait = std::chrono::seconds(60), .following = {}}, observer);
  lock.forget();
}

State EngineDatabase::reconnect() {
  connect(database_.url());
  return read_state();
}

State EngineDatabase::read_state() {
  const Reply reply = connection_->exchange(text(state_sql(tables)));
  return parse_state(reply.results, reply.failure);
}

std::vector<std::string> EngineDatabase::rows() {
  return column("SELECT version_num FROM public.alembic_version ORDER BY version_num COLLATE \"C\"");
}

std::vector<std::string> EngineDatabase::effects() {
  return column("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                " AND relname NOT IN ('alembic_version', 'cairn_journal') ORDER BY relname COLLATE \"C\"");
}

bool EngineDatabase::lock_is_held() {
  return value(fmt::format("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = {} AND "
                           "((classid::bigint << 32) | objid::bigint) = {}", connection_->backend_pid(), key())) == "1";
}

void EngineDatabase::clear() {
  database_.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; " + create_tables_sql(tables));
}

std::string difference_from_rows(EngineDatabase& database, const Plan& plan) {
  const std::vector<std::string> rows = database.rows();
  std::vector<std::string> expected;
  bool found = rows.empty();
  for (const Step& step : plan.steps) {
    if (found) break;
    expected.push_back(step.revision->id);
    found = rows == step.rows_after;
  }
  std::sort(expected.begin(), expected.end());
  const std::vector<std::string> effects = database.effects();
  if (found && effects == expected) return "";
  return fmt::format("rows {}but effects {}", shown(rows), shown(effects));
}

}  // namespace cairn::test
