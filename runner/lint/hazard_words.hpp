#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// What the words of a statement say of its author's intent. Rules believe what was observed; the words only tell apart what
/// looks the same to a server, as CONCURRENTLY, or what leaves no trace in an empty table, as an UPDATE of every row.
struct HazardWords {
  std::string command;                            ///< "CREATE INDEX CONCURRENTLY", "ALTER TABLE", as first_words() gives it
  std::vector<std::string> words;                 ///< those outside of parentheses, in capitals; quoted names left out
  std::vector<std::string> targets;               ///< the relations it names first: "public.users", `"Users"`; several of TRUNCATE
  std::vector<std::vector<std::string>> actions;  ///< of ALTER TABLE: the words of each, in capitals, outside of parentheses

  bool has(std::string_view word) const;
};

/// Of one statement. What the lexer does not know is passed over.
HazardWords read_hazard_words(const std::string& statement);

/// Whether a name as it is written may mean this relation: "users" and "public.users" both mean public.users.
bool may_mean(std::string_view written, std::string_view relation);

/// True when the words hold these one behind the other.
bool holds_in_row(const std::vector<std::string>& words, std::string_view first, std::string_view second);

}  // namespace cairn
