#include "smoke/ladder_run.hpp"

#include "base/interrupt.hpp"
#include "smoke/judgement.hpp"
#include "sql/body.hpp"
#include "support/test_server.hpp"

#include <algorithm>
#include <stdexcept>

namespace cairn::test {

namespace {

/// No revision of these tests has code.
class NoCode final : public StepRunner {
 public:
  void load(std::span<const Revision* const>) override {}
  StepEnd run(const Step&, StepHost&) override { return {Error(Category::internal, "there is no code here"), false}; }
};

Observer& nobody() {
  static Observer observer;
  return observer;
}

std::vector<Revision> revisions_of(const std::vector<TestRevision>& rows) {
  std::vector<Revision> revisions;
  for (const TestRevision& row : rows) {
    Revision revision;
    revision.id = row.id;
    if (row.parents) revision.down_revisions = *row.parents;
    else if (!revisions.empty()) revision.down_revisions = {revisions.back().id};
    revision.kind = RevisionKind::sql;
    revision.seed = row.seed;
    revision.transactional = row.transactional;
    revision.reversible = row.down.has_value();
    revisions.push_back(std::move(revision));
  }
  return revisions;
}

Work work_of(const Step& step, Direction direction, const std::string& sql) {
  Work work{.step = step, .pieces = {}};
  work.step.direction = direction;
  work.pieces.push_back({.body = parse_body(step.revision->id + (direction == Direction::up ? "/up.sql" : "/down.sql"), sql), .call = {}});
  return work;
}

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::immaterial: return "immaterial";
    case Verdict::differs: return "differs";
    case Verdict::failed: return "failed";
    case Verdict::left_out: break;
  }
  return "-";
}

std::string lines_of(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) text += finding.rule + ": " + finding.what + "\n";
  return text;
}

}  // namespace

LadderRun::LadderRun(const std::vector<TestRevision>& revisions, const std::string& ground)
    : graph_(std::make_unique<RevisionGraph>(revisions_of(revisions))), ground_(ground) {
  for (const Step& step : plan_upgrade(*graph_, {}, "heads").steps) {
    const auto row = std::find_if(revisions.begin(), revisions.end(), [&](const TestRevision& one) { return one.id == step.revision->id; });
    Rung rung{.up = work_of(step, Direction::up, row->up), .down = std::nullopt};
    if (row->down) rung.down = work_of(step, Direction::down, *row->down);
    rungs_.push_back(std::move(rung));
  }
  world_.identity = {.run = "test", .client = "test", .runner = "test"};
  world_.make_runner = [](int) { return std::make_unique<NoCode>(); };
  world_.observer = &nobody();
}

LadderRun& LadderRun::deadline(std::chrono::seconds time) {
  world_.deadline = time;
  return *this;
}

LadderRun& LadderRun::on_own_server() {
  use_ = ServerUse::own;
  return *this;
}

LadderRun& LadderRun::climb() {
  std::set<std::string, std::less<>> all;
  for (const Revision& revision : graph_->revisions()) all.insert(revision.id);
  return climb(all);
}

LadderRun& LadderRun::climb(const std::set<std::string, std::less<>>& asked) {
  Scratch scratch(parse_database(TestServer::shared().conninfo("postgres")), use_);
  const Ground ground{.database = scratch.create(), .rows = {}};
  {
    const auto connection = scratch.open(ground.database, interrupt_fd());
    prepare_state(*connection, world_.tables);
    if (!ground_.empty()) connection->exchange({.text = ground_, .copies = {}, .parameters = std::nullopt});
  }
  Ladder ladder(world_, scratch, *graph_, ground);
  ladder.climb(rungs_, asked);
  proofs_ = ladder.take_proofs();
  chain_ = ladder.chain();
  return *this;
}

const Proof& LadderRun::proof(const std::string& id) const {
  for (const Proof& proof : proofs_)
    if (proof.revision->id == id) return proof;
  throw std::runtime_error("no proof of " + id);
}

std::string LadderRun::verdicts() const {
  std::string text;
  const auto add = [&](const std::string& name, std::initializer_list<Verdict> verdicts) {
    text += name + ":";
    for (const Verdict verdict : verdicts) text += " " + std::string(word(verdict));
    text += "\n";
  };
  for (const Proof& proof : proofs_) add(proof.revision->id, {proof.up.verdict, proof.down.verdict, proof.again.verdict});
  add("chain", {chain_.down.verdict, chain_.again.verdict});
  return text;
}

std::string LadderRun::faults(const std::string& id) const { return lines_of(find_faults(proof(id))); }

std::string LadderRun::faults_of_chain() const { return lines_of(find_faults(chain_)); }

}  // namespace cairn::test
