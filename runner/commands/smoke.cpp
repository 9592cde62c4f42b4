#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/database.hpp"
#include "commands/smoke_ground.hpp"
#include "smoke/judgement.hpp"
#include "smoke/ladder.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

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

StageWorld make_world(const Invocation& invocation, const Plan& plan, const Collected& found) {
  const Settings& settings = invocation.settings;
  StageWorld world{.tables = state_tables(settings), .identity = make_identity(settings), .variables = settings.variables,
                   .deadline = settings.smoke.deadline, .make_runner = {}, .observer = invocation.observer};
  world.make_runner = [&invocation, &found, plan](int interrupt) { return load_code(plan, found, invocation, interrupt); };
  return world;
}

}  // namespace

Answer smoke(const Invocation& invocation) {
  const Collected found = collect(invocation.settings);
  require_revisions(found, invocation.settings);
  const SmokeServer server = open_smoke_server(invocation);
  const Plan all = plan_upgrade(found.graph, {}, "heads");
  const StageWorld world = make_world(invocation, all, found);
  const Ground ground = make_ground(invocation, *server.scratch, world);
  const Plan plan = plan_upgrade(found.graph, ground.rows, "heads");
  const std::vector<Rung> rungs = load_rungs(plan, found);
  std::set<std::string> asked;
  for (const Step& step : plan.steps) asked.insert(step.revision->id);

  Ladder ladder(world, *server.scratch, found.graph, ground);
  ladder.climb(rungs, asked);
  std::string text;
  std::vector<Proof> proofs = ladder.take_proofs();
  const auto word = [](const Trial& trial) {
    switch (trial.verdict) {
      case Verdict::passed: return "passed";
      case Verdict::immaterial: return "immaterial";
      case Verdict::differs: return "differs";
      case Verdict::failed: return "failed";
      case Verdict::left_out: break;
    }
    return "-";
  };
  for (const Proof& proof : proofs) {
    text += fmt::format("{} {}  {} {} {}\n", proof.revision->id, proof.revision->message, word(proof.up), word(proof.down), word(proof.again));
    for (const Finding& finding : find_faults(proof)) text += fmt::format("    {} {}\n", finding.rule, finding.what);
  }
  text += fmt::format("chain {} {} of {} {}, {} {}\n", word(ladder.chain().down), ladder.chain().taken, ladder.chain().steps, ladder.chain().stopped_at, ladder.chain().down.why, word(ladder.chain().again));
  for (const Finding& finding : find_faults(ladder.chain())) text += fmt::format("    {} {}\n", finding.rule, finding.what);
  return Answer(text);
}

}  // namespace cairn
