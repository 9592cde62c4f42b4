#include "postgres/sight.hpp"

#include "base/text.hpp"
#include "postgres/shown_query.hpp"

#include <fmt/core.h>

#include <charconv>

namespace cairn {

namespace {

using Row = std::vector<Cell>;

std::string cell(const Row& row, std::size_t i) { return i < row.size() ? row[i].value_or("") : ""; }

std::uint64_t number(const Row& row, std::size_t i) {
  const std::string text = cell(row, i);
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// The counters start anew in every phase, and in some there are none.
std::string progress_text(const Row& row) {
  const std::string phase = cell(row, 5);
  if (phase.empty()) return "";
  for (const std::size_t i : {std::size_t{6}, std::size_t{8}}) {
    const std::uint64_t total = number(row, i + 1);
    if (total > 0) return fmt::format("{}, {}%", phase, number(row, i) * 100 / total);
  }
  if (number(row, 11) > 0) return fmt::format("{}, {} of {} sessions gone", phase, number(row, 10), number(row, 11));
  return phase;
}

std::string blocker_text(const Row& row) {
  std::string text = fmt::format("pid {}, user \"{}\"", cell(row, 0), cell(row, 1));
  if (!cell(row, 2).empty()) text += fmt::format(", application \"{}\"", printable(cell(row, 2), 64));
  if (!cell(row, 3).empty()) text += ", " + cell(row, 3);
  if (!cell(row, 4).empty()) text += ", in its transaction for " + cell(row, 4);
  if (cell(row, 6) == "t") text += ", itself waiting in front";
  if (const std::string query = shown_query(cell(row, 5)); !query.empty()) text += ": " + query;
  return text;
}

constexpr const char* session_sql = R"(
SELECT a.application_name, a.state, a.wait_event_type, a.wait_event, a.query, p.phase,
       p.blocks_done, p.blocks_total, p.tuples_done, p.tuples_total, p.lockers_done, p.lockers_total
FROM pg_catalog.pg_stat_activity a LEFT JOIN pg_catalog.pg_stat_progress_create_index p ON p.pid = a.pid
WHERE a.pid = {0};
)";

// pg_blocking_pids() stops the lock manager for a moment, so it is asked only for a session that waits.
// A holder goes before one that is merely queued in front.
constexpr const char* blockers_sql = R"(
SELECT b.pid, b.usename, b.application_name, b.state,
       pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - b.xact_start), b.query,
       NOT EXISTS (SELECT 1 FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_locks w ON w.pid = {0} AND NOT w.granted
                     AND l.locktype = w.locktype AND l.relation IS NOT DISTINCT FROM w.relation
                     AND l.virtualxid IS NOT DISTINCT FROM w.virtualxid
                     AND l.transactionid IS NOT DISTINCT FROM w.transactionid
                   WHERE l.pid = b.pid AND l.granted) AS queued_only
FROM pg_catalog.pg_stat_activity a
CROSS JOIN LATERAL pg_catalog.unnest(CASE WHEN a.wait_event_type = 'Lock' THEN pg_catalog.pg_blocking_pids(a.pid) END) AS p(pid)
JOIN pg_catalog.pg_stat_activity b ON b.pid = p.pid
WHERE a.pid = {0}
ORDER BY queued_only, b.xact_start LIMIT 1
)";

}  // namespace

std::string sight_statement(int backend_pid) {
  return fmt::format(session_sql, backend_pid) + fmt::format(blockers_sql, backend_pid);
}

std::optional<Sight> parse_sight(const Reply& reply) {
  if (reply.results.size() < 2 || reply.results[0].rows.empty()) return std::nullopt;
  const Row& row = reply.results[0].rows[0];
  Sight sight;
  sight.application_name = printable(cell(row, 0), 64);
  sight.state = cell(row, 1);
  const std::string type = cell(row, 2);
  // "Client" is the server waiting for us.
  if (!type.empty() && type != "Client") sight.wait = type + ": " + cell(row, 3);
  sight.query = shown_query(cell(row, 4));
  sight.progress = progress_text(row);
  if (!reply.results[1].rows.empty()) sight.blocker = blocker_text(reply.results[1].rows[0]);
  return sight;
}

}  // namespace cairn
