#include "smoke/stage.hpp"

#include "base/interrupt.hpp"
#include "observe/watched_channel.hpp"
#include "postgres/server_error.hpp"
#include "schema/rows.hpp"
#include "smoke/quiet_observer.hpp"
#include "sql/body.hpp"
#include "state/tables.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

std::chrono::microseconds time_of(const StepEffects& effects) {
  std::chrono::microseconds sum{0};
  for (const StatementEffects& statement : effects.statements) sum += statement.duration;
  return sum;
}

std::chrono::microseconds time_of(const Outcome& outcome) {
  std::chrono::microseconds sum{0};
  for (const StepOutcome& step : outcome.steps) sum += step.duration;
  return sum;
}

bool lacks_extension(const Error& error) {
  const bool missing = error.sqlstate() == "0A000" || error.sqlstate() == "58P01";
  return missing && error.message().find("extension") != std::string::npos;
}

Plan plan_of(const std::vector<Work>& work) {
  Plan plan;
  for (const Work& one : work) plan.steps.push_back(one.step);
  plan.direction = plan.steps.front().direction;
  plan.rows_before = plan.steps.front().rows_before;
  plan.rows_after = plan.steps.back().rows_after;
  return plan;
}

}  // namespace

StepRunner& StageRunner::get() {
  if (!runner_) runner_ = world_->make_runner(deadline_.fd());
  return *runner_;
}

Stage::Stage(const StageWorld& world, StageRunner& runner, std::unique_ptr<Connection> connection,
             std::unique_ptr<Connection> reader)
    : world_(&world), runner_(&runner), connection_(std::move(connection)), reader_(std::move(reader)),
      snapshots_(*reader_, {.leave_out = tables_of(world.tables), .column_order = ColumnOrder::matters}) {}

void prepare_state(SqlChannel& channel, const StateTables& tables) {
  const std::string schema = fmt::format("CREATE SCHEMA IF NOT EXISTS {};\n", quote_identifier(tables.schema));
  const Reply reply = channel.exchange({.text = schema + create_tables_sql(tables), .copies = {}, .parameters = std::nullopt});
  if (reply.failure) throw to_error(*reply.failure, Category::configuration);
}

/// What a passage ended with, as a person should read it: an interrupt that was ours is a deadline.
Error Stage::judge(Error error) const {
  error.database("");   // nobody goes on from a scratch database
  if (!runner_->deadline().passed()) {
    if (lacks_extension(error)) error.hint(error.hint() + " Or name a server that has it: cairn smoke --database URL.");
    return error;
  }
  Error late(Category::revision, fmt::format("it did not end within {} s, and was given up", world_->deadline.count()));
  if (error.place()) late.at(*error.place());
  return std::move(late.hint("If it really takes so long, raise \"deadline\" under [smoke] in cairn.toml."));
}

Outcome Stage::execute(const std::vector<Work>& work, SqlChannel& channel, Attention attention) {
  QuietObserver observer(*world_->observer);
  const Bookkeeping bookkeeping(world_->tables, world_->identity);
  World world{.channel = channel, .runner = runner_->get(), .observer = observer, .bookkeeping = bookkeeping,
              .pause = [](std::chrono::milliseconds) { return false; },   // nobody else is here to wait for
              .interrupted = [this] { return runner_->deadline().reached(); }, .variables = world_->variables,
              .watched = attention == Attention::watching};
  Executor executor(std::move(world), Limits{});
  return executor.run(plan_of(work), work);
}

Passage Stage::run(const std::vector<Work>& work, Attention attention) {
  WatchedChannel watched(*connection_, own_relations());
  runner_->deadline().begin(world_->deadline * static_cast<int>(work.size()));
  const Outcome outcome = execute(work, watched, attention);
  Passage passage{.done = outcome.done(), .error = std::nullopt, .effects = watched.take(), .duration = {}};
  if (outcome.error) passage.error = judge(*outcome.error);
  passage.duration = attention == Attention::watching ? time_of(passage.effects) : time_of(outcome);
  if (runner_->deadline().reached()) runner_->renew();
  runner_->deadline().end();
  if (interrupted()) throw Error(Category::interrupted, "interrupted").detail("The scratch databases are removed.");
  return passage;
}

std::vector<RelationName> Stage::own_relations() const {
  std::vector<RelationName> names;
  for (const TableName& table : tables_of(world_->tables)) names.push_back({table.schema, table.name});
  return names;
}

std::vector<TableName> Stage::tables_of(const StateTables& tables) {
  return {{tables.schema, tables.version_table}, {tables.schema, tables.journal_table}};
}

Snapshot Stage::schema() { return snapshots_.read(); }

Snapshot Stage::rows() { return read_rows(*reader_, {.leave_out = tables_of(world_->tables)}); }

}  // namespace cairn
