#include "smoke/judgement.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

namespace cairn {

namespace {

bool is_immaterial(const Difference& difference) {
  return difference.change == Change::order || difference.change == Change::white_space || difference.change == Change::times;
}

Verdict verdict_of(const std::vector<Difference>& differences) {
  if (differences.empty()) return Verdict::passed;
  return std::all_of(differences.begin(), differences.end(), is_immaterial) ? Verdict::immaterial : Verdict::differs;
}

bool is_row(const Difference& difference) { return difference.kind == "row" || difference.kind == "rows"; }

/// Of a column's identity, its table's.
std::string_view table_of(std::string_view column) { return column.substr(0, column.rfind('.')); }

/// Columns that stand elsewhere; not those that only moved up or down because another one is missing or left over.
std::vector<Difference> find_moved(const std::vector<Difference>& differences) {
  std::set<std::string_view> shifted;
  for (const Difference& one : differences)
    if (one.kind == "column" && (one.change == Change::missing || one.change == Change::left_over)) shifted.insert(table_of(one.identity));
  std::vector<Difference> moved;
  for (const Difference& one : differences)
    if (one.change == Change::order && !shifted.contains(table_of(one.identity))) moved.push_back(one);
  return moved;
}

/// The first few, so that a line says what it is about; reports have all of them.
std::string name_some(const std::vector<Difference>& differences) {
  constexpr std::size_t most = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, differences.size()); ++i)
    text += (i == 0 ? "" : "; ") + printable(describe(differences[i]), 160);
  if (differences.size() > most) text += fmt::format("; and {} more", differences.size() - most);
  return text;
}

/// Of the differences those that a rule is about.
template <typename Wanted>
std::vector<Difference> only(const Trial& trial, Wanted wanted) {
  std::vector<Difference> some;
  std::copy_if(trial.differences.begin(), trial.differences.end(), std::back_inserter(some), wanted);
  return some;
}

class Faults {
 public:
  explicit Faults(std::string revision) : revision_(std::move(revision)) {}

  void add(std::string_view rule, std::optional<Direction> direction, std::string what, Place place = {}) {
    found_.push_back({.rule = std::string(rule), .level = find_rule(rule)->level, .revision = revision_, .direction = direction,
                      .what = std::move(what), .place = std::move(place), .statement = "", .accepted = ""});
  }

  void add_failure(std::string_view rule, std::optional<Direction> direction, const Trial& trial) {
    if (!trial.error) return;
    add(rule, direction, trial.error->message(), trial.error->place().value_or(Place{}));
  }

  void add_differences(std::string_view rule, std::optional<Direction> direction, const std::vector<Difference>& differences) {
    if (!differences.empty()) add(rule, direction, name_some(differences));
  }

  std::vector<Finding> take() { return std::move(found_); }

 private:
  std::string revision_;
  std::vector<Finding> found_;
};

}  // namespace

Trial judge_trial(const Snapshot& expected, const Snapshot& found, std::chrono::microseconds duration) {
  Trial trial{.verdict = Verdict::passed, .why = "", .error = std::nullopt, .differences = compare(expected, found), .duration = duration};
  trial.verdict = verdict_of(trial.differences);
  return trial;
}

Trial failed_trial(Passage passage) {
  return {.verdict = Verdict::failed, .why = "", .error = std::move(passage.error), .differences = {}, .duration = passage.duration};
}

void add_rows(Trial& trial, std::vector<Difference> differences) {
  trial.differences.insert(trial.differences.end(), std::make_move_iterator(differences.begin()), std::make_move_iterator(differences.end()));
  trial.verdict = verdict_of(trial.differences);
}

std::vector<Finding> find_faults(const Proof& proof) {
  Faults faults(proof.revision->id);
  const auto of_schema = [](const Difference& one) { return !is_immaterial(one) && !is_row(one); };
  const auto of_rows = [](const Difference& one) { return !is_immaterial(one) && is_row(one); };
  faults.add_failure("upgrade-fails", Direction::up, proof.up);
  faults.add_failure("downgrade-fails", Direction::down, proof.down);
  faults.add_differences("downgrade-leaves-traces", Direction::down, only(proof.down, of_schema));
  faults.add_differences("downgrade-leaves-rows", Direction::down, only(proof.down, of_rows));
  faults.add_differences("column-order", Direction::down, find_moved(proof.down.differences));
  faults.add_failure("second-upgrade-fails", Direction::up, proof.again);
  faults.add_differences("second-upgrade-differs", Direction::up, only(proof.again, [](const Difference& one) { return !is_immaterial(one); }));
  return faults.take();
}

std::vector<Finding> find_faults(const ChainProof& chain) {
  Faults faults("");
  if (!chain.stuck.empty()) faults.add("cannot-go-on", std::nullopt, "all applied again in a new database: " + chain.stuck);
  const auto material = [](const Difference& one) { return !is_immaterial(one); };
  if (chain.down.error)
    faults.add("chain-down-fails", std::nullopt,
               fmt::format("it stops at {} after {}: {}", chain.stopped_at, count_of(chain.taken, "downgrade"), chain.down.error->message()),
               chain.down.error->place().value_or(Place{}));
  faults.add_differences("chain-differs", std::nullopt, only(chain.down, material));
  if (chain.again.error)
    faults.add("chain-differs", std::nullopt,
               fmt::format("the way up again stops at {}: {}", chain.stopped_at, chain.again.error->message()),
               chain.again.error->place().value_or(Place{}));
  faults.add_differences("chain-differs", std::nullopt, only(chain.again, material));
  return faults.take();
}

}  // namespace cairn
