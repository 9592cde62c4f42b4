#pragma once

#include "observe/scene.hpp"
#include "seam/sql_channel.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

struct RelationName {
  std::string schema;
  std::string name;
};

/// What is not looked at, and what is known already.
struct SceneQuery {
  std::vector<RelationName> leave_out;   ///< tables, with all they own; need not exist
  bool in_transaction = true;            ///< else in a transaction of its own
  bool counts_totals = true;             ///< the server can bring the counters of ended transactions up to date
  /// The scene before in the same transaction: then only relations that the transaction has locked, then or now, are read,
  /// since nothing changes without a lock, and all others taken over.
  const Scene* known = nullptr;

  bool reads_all() const { return known == nullptr || !in_transaction; }
};

/// One message that reads a scene, changes nothing and leaves the settings of the session as they were.
std::string write_scene_query(const SceneQuery& query);

/// What it leaves behind after a failure inside a transaction is undone by this.
std::string_view undo_scene_query();

/// The answer to it; nothing when it is none.
std::optional<Scene> read_scene(const Reply& reply, const SceneQuery& query);

/// Where event triggers leave what they saw: an array of JSON objects.
inline constexpr std::string_view events_setting = "cairn.seen_events";
inline constexpr std::string_view rewrite_trigger = "cairn_watch_rewrite";
inline constexpr std::string_view drop_trigger = "cairn_watch_drop";

}  // namespace cairn
