#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cairn::sql {

/// "COMMIT PREPARED" when a statement that begins with these words (in capitals) would begin or end a
/// transaction; nothing for savepoints and for everything else.
std::optional<std::string> find_transaction_control(const std::vector<std::string>& leading_words);

}  // namespace cairn::sql
