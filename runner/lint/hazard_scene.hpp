#pragma once

#include "lint/finding.hpp"
#include "lint/hazard_words.hpp"
#include "observe/effect.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cairn {

/// A statement as the rules look at it: what it did, what its words say, and the step it stands in.
class HazardScene {
 public:
  /// All of it must outlive the scene; `words` has an item for each statement of the step.
  HazardScene(const Revision& revision, const StepEffects& step, const std::vector<HazardWords>& words, std::size_t index)
      : revision_(&revision), step_(&step), words_(&words), index_(index) {}

  const Revision& revision() const { return *revision_; }
  const StepEffects& step() const { return *step_; }
  const StatementEffects& effects() const { return step_->statements[index_]; }
  const HazardWords& words() const { return (*words_)[index_]; }
  std::size_t index() const { return index_; }
  const HazardWords& words_of(std::size_t statement) const { return (*words_)[statement]; }

  /// Read from the first row to the last.
  bool scans(const SeenRelation& relation) const;
  /// Written anew, for whatever reason.
  bool rewrites(const SeenRelation& relation) const;
  /// The relation of this name among those that the statement or those before it locked; null when it is not known.
  const SeenRelation* find_locked(std::string_view name) const;
  /// The relation that is altered, updated or deleted from, when it was there before the step; else null.
  const SeenRelation* old_target() const;
  /// Exclusive locks of statements before this one, on tables that were there before the step.
  std::vector<SeenRelation> locked_before() const;

 private:
  const Revision* revision_;
  const StepEffects* step_;
  const std::vector<HazardWords>* words_;
  std::size_t index_;
};

/// Collects findings of one step, each once.
class HazardList {
 public:
  HazardList(const Revision& revision, Direction direction) : revision_(&revision), direction_(direction) {}

  /// Nothing is added when the rule does not judge this direction.
  void add(std::string_view rule, const StatementEffects& statement, std::string what);
  /// True the first time that it is asked of this table: for what is told of a table once, and not of each statement.
  bool is_first(const SeenRelation& table) { return told_.insert(table.name).second; }
  std::vector<Finding> take() { return std::move(findings_); }

 private:
  const Revision* revision_;
  Direction direction_;
  std::vector<Finding> findings_;
  std::set<std::string> told_;
};

/// "table" of "partitioned table" and so on: what holds rows that applications read and write.
bool is_table(const SeenRelation& relation);
bool is_exclusive(const SeenLock& lock);

// Each looks at one statement, for the rules of its kind.
void find_index_hazards(const HazardScene& scene, HazardList& list);
void find_constraint_hazards(const HazardScene& scene, HazardList& list);
void find_rewrite_hazards(const HazardScene& scene, HazardList& list);
void find_column_hazards(const HazardScene& scene, HazardList& list);
void find_drop_hazards(const HazardScene& scene, HazardList& list);
void find_rename_hazards(const HazardScene& scene, HazardList& list);
void find_row_hazards(const HazardScene& scene, HazardList& list);
void find_lock_hazards(const HazardScene& scene, HazardList& list);
/// Foreign keys without an index, of the whole step.
void find_missing_indexes(const StepEffects& step, HazardList& list);

}  // namespace cairn
