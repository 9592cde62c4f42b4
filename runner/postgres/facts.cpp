#include "postgres/facts.hpp"

#include "base/error.hpp"

#include <charconv>

namespace cairn {

namespace {

constexpr std::size_t columns = 8;

int to_int(const std::string& text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool to_bool(const std::string& text) { return text == "t" || text == "on"; }

}  // namespace

std::string facts_statement() {
  return "SELECT pg_catalog.pg_backend_pid(), pg_catalog.pg_is_in_recovery(), "
         "pg_catalog.current_setting('transaction_read_only'), pg_catalog.current_setting('server_version_num'), "
         "pg_catalog.current_database(), CURRENT_USER, SESSION_USER, pg_catalog.current_setting('is_superuser')";
}

ServerFacts parse_facts(const Result& result) {
  if (result.rows.size() != 1 || result.rows[0].size() != columns)
    throw Error(Category::internal, "the facts query answered with something else than one row");
  const auto cell = [&](std::size_t i) { return result.rows[0][i].value_or(""); };
  return ServerFacts{.backend_pid = to_int(cell(0)),
                     .in_recovery = to_bool(cell(1)),
                     .read_only = to_bool(cell(2)),
                     .version = to_int(cell(3)),
                     .database = cell(4),
                     .current_user = cell(5),
                     .session_user = cell(6),
                     .superuser = to_bool(cell(7))};
}

void require_direct_connection(int greeted_by, int answered_by) {
  if (greeted_by == answered_by) return;
  throw Error(Category::connection, "a connection pooler is between Cairn and the server")
      .detail(
          "The runner lock belongs to a server session; behind a pooler two runners can both hold it, and it can stay "
          "behind.")
      .hint("Connect directly, not through a pooler in transaction mode: use the server's own host and port.");
}

void require_writable(const ServerFacts& facts) {
  if (facts.in_recovery)
    throw Error(Category::connection, "the server is a standby and cannot be written to")
        .sqlstate("25006")
        .hint("Connect to the primary; with several hosts in the URL, target_session_attrs=read-write finds it.");
  if (facts.read_only)
    throw Error(Category::connection, "the session is read-only")
        .sqlstate("25006")
        .hint("Look at default_transaction_read_only of the user, the database and the server.");
}

}  // namespace cairn
