#include "engine/step_text.hpp"

#include "base/text.hpp"
#include "sql/body.hpp"
#include "sql/classify.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

namespace cairn {

namespace {

constexpr std::size_t role_reset_statements = 2;

/// True for what can stand in FROM ( … ): such a statement of a verify step must answer no rows.
bool is_query(std::string_view statement) {
  if (statement.starts_with('(')) return true;
  for (const std::string_view word : {"select", "with", "values", "table"}) {
    if (statement.size() <= word.size()) continue;
    const bool same = std::equal(word.begin(), word.end(), statement.begin(), [](char a, char b) {
      return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
    });
    if (same && std::isalnum(static_cast<unsigned char>(statement[word.size()])) == 0) return true;
  }
  return false;
}

/// A row answered by a verify query must fail inside the server, since COMMIT is already on its way.
constexpr std::string_view raise_on_rows =
    "SELECT CAST('cairn: verify found ' OPERATOR(pg_catalog.||) pg_catalog.row_to_json(found)::pg_catalog.text "
    "AS pg_catalog.int4) FROM ";

/// The statement between two texts; its last line may end in a comment.
VerifyText between(const std::string& front, std::string_view statement, std::string_view back) {
  return {fmt::format("{}\n{}\n{}\n", front, statement, back), front.size() + 1};
}

}  // namespace

/// SET LOCAL where it can be: it is not planned, and this runs once for each step.
std::string begin_text(const Step& step, std::chrono::milliseconds lock_timeout) {
  return fmt::format(
      "BEGIN;\nSET LOCAL application_name = {};\nSET LOCAL lock_timeout = '{}ms';\n"
      "SELECT pg_catalog.set_config('{}', pg_catalog.clock_timestamp()::pg_catalog.text, true);\n",
      quote_literal("cairn " + step.revision->id), lock_timeout.count(), started_setting);
}

BookkeepingText make_bookkeeping_text(const Bookkeeping& bookkeeping, const Step& step) {
  // A role that the revision took on must not decide whether we may write our own rows.
  const std::vector<std::string> statements = bookkeeping.finish(step);
  return {std::string(role_reset_text()) + join(statements, ";\n") + ";\n", role_reset_statements + statements.size()};
}

std::string_view cleanup_text() {
  // In a transaction of its own: without one it would share that of the next step, which would then have begun
  // under the default_transaction_* settings that are only about to be reset.
  return "BEGIN; RESET ALL; DISCARD TEMP; DEALLOCATE ALL; CLOSE ALL; UNLISTEN *; COMMIT;\n";
}

std::string_view role_reset_text() {
  // The role of the start may be another than the user: the second RESET returns to that.
  return "RESET SESSION AUTHORIZATION; RESET ROLE;\n";
}

VerifyText make_verify_text(std::string_view statement) {
  if (is_query(statement)) return between(std::string(raise_on_rows) + "(", statement, ") AS found LIMIT 1;");
  // What changes rows cannot stand in FROM, but before it.
  if (returns_rows(std::string(statement)))
    return between("WITH found AS (", statement, fmt::format(") {}found LIMIT 1;", raise_on_rows));
  return {std::string(statement) + "\n;\n", 0};
}

std::string bare_begin_text(const Step& step) {
  return fmt::format("SELECT pg_catalog.set_config('application_name', {}, false), "
                     "pg_catalog.set_config('{}', pg_catalog.clock_timestamp()::pg_catalog.text, false)",
                     quote_literal("cairn " + step.revision->id), started_setting);
}

std::string journal_text(const std::string& entries) {
  return "BEGIN READ WRITE;\nSET LOCAL SESSION AUTHORIZATION DEFAULT;\nSET LOCAL role TO DEFAULT;\n" + entries + ";\nCOMMIT";
}

}  // namespace cairn
