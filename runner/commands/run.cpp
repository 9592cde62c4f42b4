#include "commands/run.hpp"

#include "commands/collected.hpp"
#include "commands/database.hpp"
#include "commands/edited.hpp"
#include "commands/known_rows.hpp"
#include "commands/run_watch.hpp"
#include "base/interrupt.hpp"
#include "base/text.hpp"
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

/// What a run that lost its connection says when its database cannot be asked any more, or gives no sense.
void leave_unsettled(Outcome& outcome, const Error& error) {
  const bool changed = error.category() == Category::history;
  outcome.error->detail((changed ? "After reconnecting: " : "The server could not be asked afterwards: ") + error.message());
  outcome.error->database("not known; each revision is either wholly applied or not at all");
  outcome.error->hint(changed ? error.hint() : "When the server is back, run \"cairn current\", then the same command again.");
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
  leave_unsettled(outcome, error);
}

/// A lock that was not to be had: by whom it was held is what the person at the console wants to know first.
void name_blocker(Error& error, const std::string& blocker) {
  if (error.category() != Category::lock || blocker.empty()) return;
  error.detail(error.detail().empty() ? fmt::format("The lock was held by {}", blocker)
                                      : fmt::format("{}\nThe lock was held by {}", error.detail(), blocker));
}

Outcome execute(const Invocation& invocation, OpenDatabase& database, const Plan& plan, const std::vector<Work>& work,
                StepRunner& runner) {
  const Bookkeeping bookkeeping(state_tables(invocation.settings), make_identity(invocation.settings));
  RunWatch watch(*invocation.observer, plan, database.database, database.connection->backend_pid(),
                 invocation.watch ? RunWatch::Start::at_once : RunWatch::Start::at_first_retry);
  World world{.channel = *database.connection, .runner = runner, .observer = watch, .bookkeeping = bookkeeping,
              .pause = pause_unless_interrupted, .interrupted = interrupted, .variables = invocation.settings.variables};
  Limits limits;
  limits.lock_wait = invocation.settings.lock_wait;
  Executor executor(std::move(world), limits);
  Outcome outcome = executor.run(plan, work);
  if (outcome.lost) settle_after_loss(outcome, plan, database, invocation);
  if (outcome.error) name_blocker(*outcome.error, watch.blocker());
  return outcome;
}

/// A lock that was given away during the run is told with a run that went well, and beside the error of one that did not.
void give_lock_back(Outcome& outcome, OpenDatabase& database, const Invocation& invocation) try {
  if (!outcome.lost) unlock_database(database, invocation);
} catch (const Error& error) {
  if (outcome.error) outcome.error->also(error);
  else outcome.error = Error(error).database(describe_database(outcome));
}

/// The step that the error is about.
const Step* find_failed(const Plan& plan, const Outcome& outcome) {
  for (std::size_t i = 0; i < outcome.steps.size(); ++i)
    if (outcome.steps[i].state == StepState::failed) return &plan.steps[i];
  return nullptr;
}

bool is_missing_object(std::string_view sqlstate) {
  return sqlstate == "42P01" || sqlstate == "3F000" || sqlstate == "42704" || sqlstate == "42703" || sqlstate == "42883";
}

/// The command that records the step as taken, for who has done by hand what it does.
std::string stamp_command(const Step& step) {
  if (step.direction == Direction::up) return "cairn stamp " + step.revision->id;
  return "cairn stamp --purge " + (step.rows_after.empty() ? "base" : join(step.rows_after, " "));
}

/// Hints for what servers commonly say, where the server gave none itself; with the command spelled out for this step.
std::string advice_for(const Error& error, const Step* step) {
  if (step != nullptr && step->direction == Direction::down && is_missing_object(error.sqlstate()))
    return fmt::format("If it was removed by hand, undo by hand what else the downgrade does, then run \"{}\".", stamp_command(*step));
  std::string advice = find_advice(error.sqlstate());
  constexpr std::string_view general = "cairn stamp REVISION";
  const std::size_t at = advice.find(general);
  if (step != nullptr && at != advice.npos) advice.replace(at, general.size(), stamp_command(*step));
  return advice;
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
                                                             version_text(server)))
                             .database("unchanged")
                             .hint("Upgrade the server, or upgrade to a revision before this one; \"cairn history\" lists them."));
  throw_all(std::move(problems));
}

/// What hints propose to type: who asks for a plan must not be led into a run.
std::string typed_command(const Invocation& invocation, Direction direction) {
  if (invocation.command == "plan") return direction == Direction::up ? "plan" : "plan --down";
  return invocation.has("dry-run") ? invocation.command + " --dry-run" : invocation.command;
}

Plan make_plan(const Invocation& invocation, OpenDatabase& database, const Collected& found, const Reading& reading,
               Direction direction) {
  const RevisionGraph& graph = found.graph;
  require_finished(reading.state);
  require_known_rows(database, invocation, graph, reading);
  judge_edited(invocation, find_edited(found, reading.state));
  const std::string& target = invocation.arguments.front();
  const std::string command = typed_command(invocation, direction);
  Plan plan = direction == Direction::up ? plan_upgrade(graph, reading.state.rows, target, command)
                                         : plan_downgrade(graph, reading.state.rows, target, command);
  require_server_for(plan, reading.facts);
  return plan;
}

}  // namespace

Answer show_plan(const Invocation& invocation, Direction direction) {
  const Collected found = collect(invocation.settings);
  require_revisions(found, invocation.settings);
  require_target(found.graph, invocation.arguments.front(), direction, typed_command(invocation, direction));
  OpenDatabase database = open_database(invocation);
  const Reading reading = read_database(database, invocation);
  const Plan plan = make_plan(invocation, database, found, reading, direction);
  load_work(plan, found);
  RunReport report = make_report(invocation, database, found.graph, plan);
  report.dry = true;
  return Answer(render(report, invocation.format));
}

Answer run_plan(const Invocation& invocation, Direction direction) {
  const Collected found = collect(invocation.settings);
  require_revisions(found, invocation.settings);
  require_target(found.graph, invocation.arguments.front(), direction, typed_command(invocation, direction));
  OpenDatabase database = open_database(invocation);
  const Reading reading = lock_database(database, invocation);
  const Plan plan = make_plan(invocation, database, found, reading, direction);
  RunReport report = make_report(invocation, database, found.graph, plan);
  if (plan.empty()) return Answer(render(report, invocation.format));

  const std::vector<Work> work = load_work(plan, found);
  const std::unique_ptr<StepRunner> runner = load_code(plan, found, invocation);
  require_writable(reading.facts);
  ensure_tables(database, invocation, reading);
  Outcome outcome = execute(invocation, database, plan, work, *runner);
  give_lock_back(outcome, database, invocation);

  report.steps = outcome.steps;
  report.rows_after = outcome.rows;
  report.error = std::move(outcome.error);
  if (report.error && report.error->hint().empty()) report.error->hint(advice_for(*report.error, find_failed(plan, outcome)));
  Answer answer(render(report, invocation.format));
  answer.error = report.error;
  return answer;
}

}  // namespace cairn
