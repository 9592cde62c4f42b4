#include "commands/chosen_revisions.hpp"
#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/database.hpp"
#include "commands/program.hpp"
#include "commands/smoke_files.hpp"
#include "commands/smoke_findings.hpp"
#include "commands/smoke_ground.hpp"
#include "base/text.hpp"
#include "config/key.hpp"
#include "lint/levels.hpp"
#include "smoke/ladder.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <span>

namespace cairn {

namespace {

/// What cairn.toml may not say, a flag may not say either.
const std::string& require_usable(std::string_view flag, KeyKind kind, const std::string& text) {
  if (is_usable(kind, std::span(&text, 1))) return text;
  throw Error(Category::usage, fmt::format("--{} takes {}, not \"{}\"", flag, expects(kind), printable(text, 100)))
      .hint("\"cairn smoke --help\" says what each option is for.");
}

/// The flags of smoke are stronger than cairn.toml.
Invocation with_flags(Invocation invocation) {
  SmokeSettings& settings = invocation.settings.smoke;
  if (invocation.has("gate")) settings.gate = invocation.option("gate");
  const auto value = [&](std::string_view flag, KeyKind kind) { return require_usable(flag, kind, invocation.option(flag)); };
  if (invocation.has("release")) settings.release = value("release", KeyKind::release);
  if (invocation.has("deadline")) settings.deadline = std::chrono::seconds(std::stol(value("deadline", KeyKind::seconds)));
  return invocation;
}

/// The same steps the other way round; those that have no way back are left out.
Plan back(const Plan& up) {
  Plan down{.direction = Direction::down, .rows_before = up.rows_after, .rows_after = up.rows_before, .steps = {}};
  for (auto step = up.steps.rbegin(); step != up.steps.rend(); ++step)
    if (step->revision->reversible)
      down.steps.push_back({.revision = step->revision, .direction = Direction::down, .rows_before = step->rows_after,
                            .rows_after = step->rows_before});
  return down;
}

std::vector<Rung> load_rungs(const Plan& plan, const Collected& found) {
  std::vector<Work> ups = load_work(plan, found);
  std::vector<Work> downs = load_work(back(plan), found);
  std::vector<Rung> rungs;
  for (Work& up : ups) {
    Rung rung{.up = std::move(up), .down = std::nullopt};
    if (rung.up.step.revision->reversible) {
      rung.down = std::move(downs.back());
      downs.pop_back();
    }
    rungs.push_back(std::move(rung));
  }
  return rungs;
}

StageWorld make_world(const Invocation& invocation, const Collected& found, const Plan& plan) {
  const Settings& settings = invocation.settings;
  StageWorld world{.tables = state_tables(settings), .identity = make_identity(settings), .variables = settings.variables,
                   .deadline = settings.smoke.deadline, .make_runner = {}, .observer = invocation.observer};
  world.make_runner = [&invocation, &found, plan](int interrupt) { return load_code(plan, found, invocation, interrupt); };
  return world;
}

SmokeResult climb(const Invocation& invocation, const Collected& found, const Chosen& chosen) {
  const auto start = std::chrono::steady_clock::now();
  const SmokeServer server = open_smoke_server(invocation);
  const Ground ground = make_ground(invocation, *server.scratch);
  const Plan plan = plan_upgrade(found.graph, ground.rows, "heads");
  const StageWorld world = make_world(invocation, found, plan);
  const std::vector<Rung> rungs = load_rungs(plan, found);
  Ladder ladder(world, *server.scratch, found.graph, ground);
  ladder.climb(rungs, chosen.revisions);
  return {.scratch = server.name, .server_version = server.scratch->server_version(), .origin = invocation.option("from-dump"),
          .proofs = ladder.take_proofs(), .chain = ladder.chain(), .findings = {}, .gate = find_level(invocation.settings.smoke.gate),
          .duration = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)};
}

/// What the gate does not let through.
std::optional<Error> judge(const SmokeResult& result) {
  const auto count = static_cast<std::size_t>(
      std::count_if(result.findings.begin(), result.findings.end(), [&](const Finding& finding) { return fails(result, finding); }));
  if (count == 0) return std::nullopt;
  return Error(Category::check, fmt::format("{} of the gate \"{}\" or above", count_of(count, "finding"), name_of(*result.gate)))
      .hint("Correct the revision; or accept a finding in its header, with a reason: \"-- cairn: accept = RULE: reason\"; or change the rule's "
            "level under [smoke.rules] in cairn.toml.");
}

}  // namespace

Answer smoke(const Invocation& typed) {
  const Invocation invocation = with_flags(typed);
  require_rules(invocation.settings.smoke);
  require_report_files(invocation);
  const Collected found = collect(invocation.settings);
  require_revisions(found, invocation.settings);
  Chosen chosen = choose_revisions(invocation, found);
  for (const std::string& note : chosen.notes) invocation.observer->log(LogLevel::notice, note);
  SmokeReport report{.line = typed_line(invocation), .runner = std::string(program_version), .result = climb(invocation, found, chosen),
                     .sources = describe_sources(found), .error = std::nullopt};
  report.result.findings = gather_findings(report.result, found, invocation.settings.smoke, std::move(chosen.findings));
  report.error = judge(report.result);
  write_report_files(report, invocation);
  Answer answer(render(report, invocation.format));
  answer.error = report.error;
  return answer;
}

}  // namespace cairn
