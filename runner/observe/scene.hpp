#pragma once

#include "observe/effect.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cairn {

using Oid = std::uint32_t;

struct SceneRelation {
  std::string name;                ///< "public.users"
  std::string kind;                ///< as in SeenRelation
  Oid schema = 0;
  std::string own_name;            ///< without its schema
  Oid file = 0;                    ///< another one: the relation was written anew; 0: it has none
  Oid toast_file = 0;
  std::uint64_t scans = 0;         ///< whole ones so far; how far back these counters go does not matter
  std::uint64_t rows_read = 0;
  SeenRows rows = {};              ///< its relation is not filled
};

struct SceneColumn {
  std::string name;
  std::string type;
  std::string type_identity;       ///< the same however the type is called
  bool not_null = false;
  std::string value;               ///< default, identity or generated expression
};

struct SceneConstraint {
  Oid relation = 0;
  std::string name;
  std::string type;                ///< as in SeenConstraint
  bool validated = true;
  Oid references = 0;
  std::vector<int> columns;
  std::string definition;
};

struct SceneIndex {
  Oid table = 0;
  std::size_t key_columns = 0;
  bool unique = false;
  bool valid = true;
  bool finds_equal = false;        ///< without a condition, and of a method that finds rows by equality
  bool of_constraint = false;
  std::vector<int> columns;
  std::string definition;
};

struct SceneType {
  Oid schema = 0;
  std::string name;
};

struct SceneLabel {
  Oid type = 0;
  std::string text;
};

struct SceneRewrite {
  Oid relation = 0;
  std::string reason;
};

/// What can be seen of a database at one moment, between two statements of a revision.
struct Scene {
  std::map<Oid, std::string> schemas;
  std::map<Oid, SceneRelation> relations;
  std::map<std::pair<Oid, int>, SceneColumn> columns;
  std::map<Oid, SceneConstraint> constraints;
  std::map<Oid, SceneIndex> indexes;
  std::map<Oid, SceneType> types;
  std::map<Oid, SceneLabel> labels;
  std::set<std::pair<Oid, std::string>> locks;

  // What event triggers told since the scene before.
  bool triggers = false;           ///< they are there
  std::vector<SceneRewrite> rewrites;
  std::vector<SeenDrop> drops;

  /// "public.mood", as far as it is known.
  std::string name_of(const SceneType& type) const;
};

/// Takes over from the scene before what the relations are that neither of them has locked. The locks are read already.
void take_over(Scene& scene, const Scene& before);

/// Puts schemas before the names of the relations: a schema may have got another name since they were read.
void name_relations(Scene& scene);

}  // namespace cairn
