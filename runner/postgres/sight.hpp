#pragma once

// Internal to this folder: the question behind a Sight, and the reading of its answer.

#include "postgres/watcher.hpp"
#include "seam/sql_channel.hpp"

#include <optional>
#include <string>

namespace cairn {

/// Two SELECTs in one text: the session with its progress, and the sessions it waits for.
std::string sight_statement(int backend_pid);

/// Nothing when the session has ended.
std::optional<Sight> parse_sight(const Reply& reply);

}  // namespace cairn
