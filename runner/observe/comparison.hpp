#pragma once

#include "observe/effect.hpp"
#include "observe/scene.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cairn {

/// Kind and identity of an object, as the server tells a drop.
using ObjectName = std::pair<std::string, std::string>;

/// The scenes around one statement, and that before the first statement of its step.
struct Scenes {
  const Scene& first;
  const Scene& before;
  const Scene& after;
  std::string reason;            ///< why tables are written anew where the server does not tell
  std::vector<Oid> truncated;    ///< emptied, which the server may not tell
  std::set<ObjectName> members;  ///< of extensions that may go: not told one by one
};

/// Fills in what the statement did. Pure.
void compare_scenes(const Scenes& scenes, StatementEffects& effects);

/// The relation as it was before the statement, or as it is now.
SeenRelation seen_relation(const Scenes& scenes, Oid oid);

// The parts of compare_scenes().
void compare_relations(const Scenes& scenes, StatementEffects& effects);
void compare_columns(const Scenes& scenes, StatementEffects& effects);
void compare_constraints(const Scenes& scenes, StatementEffects& effects);
void compare_indexes(const Scenes& scenes, StatementEffects& effects);
void compare_drops(const Scenes& scenes, StatementEffects& effects);
void compare_names(const Scenes& scenes, StatementEffects& effects);

}  // namespace cairn
