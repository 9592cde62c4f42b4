#include "sql/transaction_control.hpp"

#include <array>
#include <string_view>

namespace cairn::sql {

namespace {

struct Row {
  std::string_view first;
  std::string_view second;   ///< empty: whatever follows
};

/// Longer names first: the first row that fits gives the name.
constexpr std::array<Row, 9> rows{{
    {"START", "TRANSACTION"},
    {"PREPARE", "TRANSACTION"},
    {"COMMIT", "PREPARED"},
    {"ROLLBACK", "PREPARED"},
    {"BEGIN", ""},
    {"COMMIT", ""},
    {"END", ""},
    {"ROLLBACK", ""},
    {"ABORT", ""},
}};

/// ROLLBACK [WORK | TRANSACTION] TO [SAVEPOINT] name
bool rolls_back_to_savepoint(const std::vector<std::string>& words) {
  if (words[0] != "ROLLBACK" || words.size() < 2) return false;
  const bool noise = words[1] == "WORK" || words[1] == "TRANSACTION";
  return words.size() > (noise ? 2U : 1U) && words[noise ? 2 : 1] == "TO";
}

}  // namespace

std::optional<std::string> find_transaction_control(const std::vector<std::string>& words) {
  if (words.empty() || rolls_back_to_savepoint(words)) return std::nullopt;
  for (const Row& row : rows) {
    if (words[0] != row.first) continue;
    if (row.second.empty()) return words[0];
    if (words.size() > 1 && words[1] == row.second) return words[0] + " " + words[1];
  }
  return std::nullopt;
}

}  // namespace cairn::sql
