#pragma once

#include "engine/executor.hpp"
#include "state/tables.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// What every script needs to know, whatever is in it.
struct ScriptSettings {
  StateTables tables;
  std::int64_t lock_key = 0;               ///< of the runner lock
  std::chrono::milliseconds lock_wait;     ///< how long a revision waits for a table's lock; zero: for ever
  std::string program;                     ///< "cairn 0.1.0"
  std::optional<std::string> tag = {};     ///< for the journal
};

/// A script that psql applies: steps to carry out, or with none of them rows to stamp.
struct ScriptContent {
  std::string_view command;                ///< "upgrade", "downgrade" or "stamp"
  std::vector<std::string> rows_before;    ///< sorted; the script refuses any other
  std::vector<std::string> rows_after;
  std::vector<Work> work;                  ///< code revisions as recorded
};

/// The script. It depends on nothing but its arguments: the same revisions give the same bytes.
std::string make_psql_script(const ScriptContent& content, const ScriptSettings& settings);

}  // namespace cairn
