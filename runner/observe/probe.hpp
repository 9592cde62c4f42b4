#pragma once

#include "observe/comparison.hpp"
#include "observe/scene_query.hpp"
#include "seam/sql_channel.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cairn {

/// Looks at the database between the statements of a revision, on the revision's own connection. What fails here fails
/// nothing of the revision: then less is known.
class Probe {
 public:
  Probe(SqlChannel& channel, std::vector<RelationName> leave_out) : channel_(&channel), leave_out_(std::move(leave_out)) {}

  /// Makes event triggers, and drops them.
  void watch();
  void unwatch();

  /// What is there now; nothing when that cannot be told.
  std::optional<Scene> look(const Scene* known);

  /// The tables that a TRUNCATE names, as this session understands the names.
  std::vector<Oid> find_tables(const std::vector<std::string>& names);

  /// What the extensions here consist of, tables aside: rows go with those, so that their end is told as any other's.
  std::set<ObjectName> find_extension_members();

  /// An interrupt that came while we looked inside a transaction, which has failed of it. It was meant for the revision.
  std::optional<ServerFailure> take_cancelled() { return std::exchange(cancelled_, std::nullopt); }

 private:
  /// Within a savepoint of the transaction, or in one of its own.
  std::optional<Reply> ask(const std::string& text);
  void flush_counters();
  void undo(const Reply& reply, bool in_transaction, std::string_view text);

  SqlChannel* channel_;
  std::vector<RelationName> leave_out_;
  std::optional<ServerFailure> cancelled_;
};

}  // namespace cairn
