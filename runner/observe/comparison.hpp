#pragma once

#include "observe/effect.hpp"
#include "observe/scene.hpp"

#include <string>
#include <vector>

namespace cairn {

/// The scenes around one statement, and that before the first statement of its step.
struct Passage {
  const Scene& first;
  const Scene& before;
  const Scene& after;
  std::string reason;            ///< why tables are written anew where the server does not tell
  std::vector<Oid> truncated;    ///< emptied, which the server may not tell
};

/// Fills in what the statement did. Pure.
void compare_scenes(const Passage& passage, StatementEffects& effects);

/// The relation as it was before the statement, or as it is now.
SeenRelation seen_relation(const Passage& passage, Oid oid);

// The parts of compare_scenes().
void compare_relations(const Passage& passage, StatementEffects& effects);
void compare_columns(const Passage& passage, StatementEffects& effects);
void compare_constraints(const Passage& passage, StatementEffects& effects);
void compare_indexes(const Passage& passage, StatementEffects& effects);
void compare_drops(const Passage& passage, StatementEffects& effects);
void compare_names(const Passage& passage, StatementEffects& effects);

}  // namespace cairn
