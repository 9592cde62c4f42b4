#pragma once

#include "alembic/input_text.hpp"
#include "sql/scanner.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cairn {

/// One statement of a script that alembic --sql wrote. Offsets are bytes of the script.
struct OfflineStatement {
  std::size_t begin = 0;                  ///< its first token
  std::size_t end = 0;                    ///< behind its last token
  std::size_t behind = 0;                 ///< behind its semicolon, if it has one
  std::vector<sql::Token> tokens;         ///< the first of them
  bool cut_short = false;                 ///< it has more tokens than these
  std::string control;                    ///< "BEGIN", "COMMIT", ...; empty for what leaves transactions alone
};

/// Cuts a script into its statements. Throws Error (configuration) for what can be no script: quotes that are never
/// closed, and comments that swallowed the semicolon which Alembic put behind them.
std::vector<OfflineStatement> cut_offline_statements(const InputText& input);

}  // namespace cairn
