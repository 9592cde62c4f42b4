#include "commands/run.hpp"

#include "commands/collected.hpp"
#include "commands/database.hpp"
#include "base/interrupt.hpp"
#include "engine/executor.hpp"
#include "engine/failure.hpp"
#include "postgres/advice.hpp"
#include "report/run_report.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

RunReport make_report(const Invocation& invocation, const OpenDatabase& database, const RevisionGraph& graph, const Plan& plan) {
  RunReport report{.command = invocation.command, .database = database.name, .direction = plan.direction,
                   .rows_before = plan.rows_before, .rows_after = plan.rows_after, .steps = {}, .heads = {}, .error = {}};
  for (const Step& step : plan.steps) report.steps.push_back({step.revision, step.direction, StepState::untouched, {}});
  for (const Node head : graph.heads()) report.heads.push_back(graph.revision(head).id);
  return report;
}

/// The rows are the truth after a lost connection; the lock, once it is ours, proves that the old backend is gone.
void settle_after_loss(Outcome& outcome, const Plan& plan, OpenDatabase& database, const Invocation& invocation) try {
  database.connection = connect_again(database);
  settle(outcome, plan, lock_database(database, invocation).state);
  if (outcome.error->category() == Category::unfinished) return;
  outcome.error->detail("After reconnecting, the version rows tell which revisions were committed.");
  outcome.error->database(describe_database(outcome));
  outcome.error->hint("Run the same command again to go on from there.");
} catch (const Error& error) {
  outcome.error->detail("The server could not be asked afterwards: " + error.message());
  outcome.error->database("not known; each revision is either wholly applied or not at all");
  outcome.error->hint("When the server is back, run \"cairn current\", then the same command again.");
}

Outcome execute(const Invocation& invocation, OpenDatabase& database, const Plan& plan, const std::vector<Work>& work,
                StepRunner& runner) {
  const Bookkeeping bookkeeping(state_tables(invocation.settings), make_identity());
  World world{.channel = *database.connection, .runner = runner, .observer = *invocation.observer, .bookkeeping = bookkeeping,
              .pause = pause_unless_interrupted, .interrupted = interrupted, .variables = invocation.settings.variables};
  Limits limits;
  limits.lock_wait = invocation.settings.lock_wait;
  Executor executor(std::move(world), limits);
  Outcome outcome = executor.run(plan, work);
  if (outcome.lost) settle_after_loss(outcome, plan, database, invocation);
  return outcome;
}

Plan make_plan(const RevisionGraph& graph, const State& state, const Course& course) {
  require_finished(state);
  return course.direction == Direction::up ? plan_upgrade(graph, state.rows, course.target)
                                           : plan_downgrade(graph, state.rows, course.target);
}

std::string version_text(std::uint32_t number) {
  return number % 10000 == 0 ? std::to_string(number / 10000) : fmt::format("{}.{}", number / 10000, number % 10000);
}

/// A revision may need a newer server than this one: that must show before the first write.
void require_server_for(const Plan& plan, const ServerFacts& facts) {
  std::vector<Error> problems;
  const auto server = static_cast<std::uint32_t>(facts.version);
  for (const Step& step : plan.steps)
    if (step.direction == Direction::up && step.revision->min_server_version > server)
      problems.push_back(Error(Category::plugin, fmt::format("{} needs PostgreSQL {} or newer, and the server is {}",
                                                             name_of(*step.revision), version_text(step.revision->min_server_version),
                                                             version_text(server))));
  throw_all(std::move(problems));
}

/// Hints for what servers commonly say, where the server gave none itself.
Error advised(Error error) {
  if (error.hint().empty()) error.hint(find_advice(error.sqlstate()));
  return error;
}

}  // namespace

std::string require_target(const Invocation& invocation) {
  if (invocation.arguments.size() == 1) return invocation.arguments.front();
  throw Error(Category::usage, fmt::format("{} takes one target, not {}", invocation.command, invocation.arguments.size()))
      .hint(fmt::format("For example: \"cairn {} {}\".", invocation.command, invocation.command == "downgrade" ? "-1" : "head"));
}

Answer show_plan(const Invocation& invocation, const Course& course) {
  const Collected found = collect(invocation.settings);
  require_target(found.graph, course.target, course.direction);
  OpenDatabase database = open_database(invocation);
  const Reading reading = read_database(database, invocation);
  const Plan plan = make_plan(found.graph, reading.state, course);
  require_server_for(plan, reading.facts);
  load_work(plan, found);
  RunReport report = make_report(invocation, database, found.graph, plan);
  report.dry = true;
  return Answer(render(report, invocation.format));
}

Answer run_plan(const Invocation& invocation, const Course& course) {
  const Collected found = collect(invocation.settings);
  require_target(found.graph, course.target, course.direction);
  OpenDatabase database = open_database(invocation);
  const Reading reading = lock_database(database, invocation);
  const Plan plan = make_plan(found.graph, reading.state, course);
  require_server_for(plan, reading.facts);
  RunReport report = make_report(invocation, database, found.graph, plan);
  if (plan.empty()) return Answer(render(report, invocation.format));

  const std::vector<Work> work = load_work(plan, found);
  const std::unique_ptr<StepRunner> runner = load_code(plan, found, invocation);
  require_writable(reading.facts);
  ensure_tables(database, invocation, reading.state);
  Outcome outcome = execute(invocation, database, plan, work, *runner);

  report.steps = outcome.steps;
  report.rows_after = outcome.rows;
  if (outcome.error) report.error = advised(std::move(*outcome.error));
  Answer answer(render(report, invocation.format));
  answer.error = report.error;
  return answer;
}

}  // namespace cairn
