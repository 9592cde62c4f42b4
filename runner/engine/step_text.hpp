#pragma once

#include "graph/plan.hpp"
#include "state/bookkeeping.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

// The texts around a revision's own SQL: the same whether Cairn sends them or writes them into a script for psql.

/// BEGIN and the settings of the step.
std::string begin_text(const Step& step, std::chrono::milliseconds lock_timeout);
inline constexpr std::size_t begin_statements = 4;

/// Ends the role a revision may have taken on, then the bookkeeping; before COMMIT.
struct BookkeepingText {
  std::string text;
  std::size_t statements = 0;
};
BookkeepingText make_bookkeeping_text(const Bookkeeping& bookkeeping, const Step& step);

/// After COMMIT: what a revision may have left behind in the session. Never DISCARD ALL: it would drop the runner lock.
std::string_view cleanup_text();
inline constexpr std::size_t cleanup_statements = 7;
inline constexpr std::string_view last_tag_of_cleanup = "UNLISTEN";

/// Back to the role of the start, which may be another than the user.
std::string_view role_reset_text();

/// A statement of a verify step: wrapped so that a row raises, when it is a query.
struct VerifyText {
  std::string text;
  std::size_t start = 0;   ///< where the statement itself begins in it
};
VerifyText make_verify_text(std::string_view statement);

/// The settings of a step outside a transaction.
std::string bare_begin_text(const Step& step);

/// Entries for the journal, in a transaction of their own whatever role a statement has taken on; the last COMMIT lacks its
/// semicolon.
std::string journal_text(const std::string& entries);

}  // namespace cairn
