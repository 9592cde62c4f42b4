#include "smoke/ladder.hpp"

#include "smoke/judgement.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace cairn {

namespace {

Work back_of(const Work& up, Work down) {
  down.step.rows_before = up.step.rows_after;
  down.step.rows_after = up.step.rows_before;
  return down;
}

/// What the ground grants to a role, or lets it own, keeps the role.
bool is_held_by(const std::string& database, const Error& error) {
  return error.sqlstate() == "2BP01" && error.detail().find(database) != std::string::npos;
}

constexpr const char* no_clean_database = "no clean database could be made for it";

Trial left_out(std::string why) {
  Trial trial;
  trial.why = std::move(why);
  return trial;
}

}  // namespace

Ladder::Ladder(const StageWorld& world, Scratch& scratch, const RevisionGraph& graph, Ground ground)
    : world_(&world), scratch_(&scratch), graph_(&graph), runner_(world), ground_(std::move(ground)), rows_(ground_.rows) {}

Stage Ladder::open(const std::string& database) {
  const int interrupt = runner_.deadline().fd();
  return {*world_, runner_, scratch_->open(database, interrupt), scratch_->open(database, interrupt)};
}

void Ladder::use(const std::string& database) {
  database_ = database;
  stage_.emplace(open(database));
}

void Ladder::leave_database() {
  stage_.reset();
  scratch_->drop(std::exchange(database_, ""));
}

std::optional<Error> Ladder::bring_ground_forward() {
  if (in_ground_ == taken_.size()) return std::nullopt;
  Stage ground = open(ground_.database);
  for (; in_ground_ < taken_.size(); ++in_ground_)
    if (auto error = ground.run({taken_[in_ground_].up}, Attention::none).error) return error;
  roles_ = scratch_->roles();
  return std::nullopt;
}

/// A stage that has only ever gone up, and is on its way, is as good as the ground.
void Ladder::renew_ground() {
  stage_.reset();
  ground_.database = scratch_->create(database_);
  in_ground_ = taken_.size();
  roles_ = scratch_->roles();
  stage_.emplace(open(database_));
}

/// What all databases of a server share cannot be made in a second one; roles can, once the first is gone.
void Ladder::rebuild() {
  if (ground_.database.empty()) return renew_ground();
  leave_database();
  scratch_->drop_roles_but(roles_);
  const auto error = bring_ground_forward();
  if (!error) return use(scratch_->create(ground_.database));
  chain_.stuck = error->message();
}

const Snapshot& Ladder::schema() {
  if (!schema_) schema_ = stage_->schema();
  return *schema_;
}

/// What a seed may not leave behind. Rows of other revisions are theirs to change.
Snapshot Ladder::rows_of(const Revision& revision) { return revision.seed ? stage_->rows() : Snapshot{}; }

std::optional<std::string> Ladder::find_blocker(const Revision& revision) const {
  for (const Node parent : graph_->all_parents(*graph_->find(revision.id)))
    if (missing_.contains(graph_->revision(parent).id)) return graph_->revision(parent).id;
  return std::nullopt;
}

/// The rows are planned anew, since those of the whole plan hold only as long as every revision could be taken.
Ladder::Taken Ladder::plan(const Rung& rung) const {
  const std::string& id = rung.up.step.revision->id;
  const Plan plan = plan_upgrade(*graph_, rows_, id);
  if (plan.steps.size() != 1) throw Error(Category::internal, fmt::format("the way to {} is not one step", id));
  Taken taken{.up = rung.up, .down = std::nullopt};
  taken.up.step.rows_before = plan.rows_before;
  taken.up.step.rows_after = plan.rows_after;
  if (rung.down) taken.down = back_of(taken.up, *rung.down);
  return taken;
}

void Ladder::note_taken(Taken taken) {
  rows_ = taken.up.step.rows_after;
  taken_.push_back(std::move(taken));
  if (ground_.database.empty()) renew_ground();
}

/// Without the ground where that is in the way, which no target has beside it.
Passage Ladder::go_up(const Taken& taken, Attention attention) {
  Passage passage = stage_->run({taken.up}, attention);
  if (!passage.error || !taken.up.step.revision->transactional || !is_held_by(ground_.database, *passage.error)) return passage;
  scratch_->drop(std::exchange(ground_.database, ""));
  return stage_->run({taken.up}, attention);
}

void Ladder::climb(const std::vector<Rung>& rungs, const std::set<std::string, std::less<>>& asked) {
  roles_ = scratch_->roles();
  use(scratch_->create(ground_.database));
  bottom_ = schema();
  for (const Rung& rung : rungs) {
    Proof proof;
    proof.revision = rung.up.step.revision;
    proof.asked = asked.contains(proof.revision->id);
    world_->observer->step_started(rung.up.step);
    if (chain_.stuck.empty()) pass(rung, proof);
    else proof.up = proof.down = proof.again = left_out(no_clean_database);
    proofs_.push_back(std::move(proof));
  }
  if (chain_.stuck.empty()) prove_chain();
  else chain_.down = chain_.again = left_out(no_clean_database);
}

void Ladder::pass(const Rung& rung, Proof& proof) {
  const Revision& revision = *proof.revision;
  if (const auto blocker = find_blocker(revision)) {
    const std::string why = fmt::format("it rests on {}, which could not be applied", *blocker);
    missing_.insert(revision.id);
    proof.up = proof.down = proof.again = left_out(why);
    return;
  }
  const Taken taken = plan(rung);
  if (proof.asked) return prove(taken, proof);
  proof.up = proof.down = proof.again = left_out("others were asked for");
  schema_.reset();
  Passage passage = go_up(taken, Attention::none);
  if (passage.error) {
    proof.asked = true;   // all that rests on it hangs on this
    proof.up = failed_trial(std::move(passage));
    missing_.insert(revision.id);
    return rebuild();
  }
  note_taken(taken);
  if (!taken.down) bottom_ = schema();
}

void Ladder::prove(const Taken& taken, Proof& proof) {
  const Snapshot before = schema();
  const Snapshot rows_before = rows_of(*proof.revision);
  Passage passage = go_up(taken, Attention::watching);
  proof.up_effects = std::move(passage.effects);
  if (passage.error) {
    proof.up = failed_trial(std::move(passage));
    proof.down = proof.again = left_out("the upgrade failed");
    missing_.insert(proof.revision->id);
    return rebuild();
  }
  note_taken(taken);
  proof.up = {.verdict = Verdict::passed, .why = "", .error = std::nullopt, .differences = {}, .duration = passage.duration};
  schema_.reset();
  proof.made = compare(before, schema());
  if (!taken.down) {
    bottom_ = schema();
    proof.down = proof.again = left_out("it is declared irreversible");
  } else if (!prove_way_back(taken, proof, before, rows_before)) {
    rebuild();
  }
}

bool Ladder::prove_way_back(const Taken& taken, Proof& proof, const Snapshot& before, const Snapshot& rows_before) {
  const Snapshot rows_after = rows_of(*proof.revision);
  Passage down = stage_->run({*taken.down}, Attention::watching);
  proof.down_effects = std::move(down.effects);
  if (down.error) {
    proof.down = failed_trial(std::move(down));
    proof.again = left_out("the downgrade failed");
    return false;
  }
  proof.down = judge_trial(before, stage_->schema(), down.duration);
  add_rows(proof.down, compare(rows_before, rows_of(*proof.revision)));
  Passage again = stage_->run({taken.up}, Attention::none);
  if (again.error) {
    proof.again = failed_trial(std::move(again));
    return false;
  }
  proof.again = judge_trial(schema(), stage_->schema(), again.duration);
  add_rows(proof.again, compare(rows_after, rows_of(*proof.revision)));
  return proof.down.differences.empty() && proof.again.differences.empty();
}

/// From the head to the ground, or to the last revision that has no way back.
std::vector<Work> Ladder::ways_down() {
  std::vector<Work> ways;
  for (auto taken = taken_.rbegin(); taken != taken_.rend(); ++taken) {
    if (!taken->down) {
      chain_.stopped_at = taken->up.step.revision->id;
      chain_.down.why = fmt::format("{} is declared irreversible", chain_.stopped_at);
      break;
    }
    ways.push_back(*taken->down);
  }
  return ways;
}

void Ladder::prove_chain() {
  const std::vector<Work> ways = ways_down();
  chain_.steps = ways.size();
  if (ways.empty()) {
    if (chain_.down.why.empty()) chain_.down.why = "there is nothing to go down from";
    chain_.again = chain_.down;
    return;
  }
  scratch_->drop(ground_.database);   // what is in it would hold on to what all databases share, such as roles
  const Snapshot head = schema();
  const std::string why = chain_.down.why;
  Passage down = stage_->run(ways, Attention::none);
  chain_.taken = down.done;
  if (down.error) {
    chain_.stopped_at = ways[down.done].step.revision->id;
    chain_.down = failed_trial(std::move(down));
    chain_.again = left_out("the way down stopped");
    return;
  }
  chain_.down = judge_trial(bottom_, stage_->schema(), down.duration);
  chain_.down.why = why;
  climb_again(ways.size(), head);
}

void Ladder::climb_again(std::size_t steps, const Snapshot& head) {
  std::vector<Work> ups;
  for (std::size_t i = taken_.size() - steps; i < taken_.size(); ++i) ups.push_back(taken_[i].up);
  Passage again = stage_->run(ups, Attention::none);
  if (again.error) {
    chain_.stopped_at = ups[again.done].step.revision->id;
    chain_.again = failed_trial(std::move(again));
    return;
  }
  chain_.again = judge_trial(head, stage_->schema(), again.duration);
}

}  // namespace cairn
