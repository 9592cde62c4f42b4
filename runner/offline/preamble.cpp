#include "offline/preamble.hpp"

#include "base/text.hpp"
#include "sql/body.hpp"
#include "state/state.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

constexpr std::uint32_t oldest_server = 130000;

std::string array_of(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  for (const std::string& word : words) quoted.push_back(quote_literal(word));
  return fmt::format("ARRAY[{}]::text[]", join(quoted, ", "));
}

/// A dollar-quoted block; its tag occurs nowhere in it.
std::string do_block(const std::string& body) {
  std::string tag = "$cairn$";
  for (int i = 1; body.find(tag) != body.npos; ++i) tag = fmt::format("$cairn{}$", i);
  return fmt::format("DO {0}\n{1}{0};\n", tag, body);
}

std::string key_text(std::int64_t key) { return fmt::format("'{}'::pg_catalog.int8", key); }

/// Raises unless the table, where it is there, has these columns, and whatever others.
std::string require_columns(const std::string& table, const std::vector<std::string>& columns) {
  return fmt::format(
      "  SELECT array_agg(attname::text ORDER BY attname::text COLLATE \"C\") INTO columns FROM pg_attribute\n"
      "   WHERE attrelid = to_regclass({0}) AND attnum > 0 AND NOT attisdropped;\n"
      "  IF columns IS NOT NULL AND NOT columns @> {1} THEN\n"
      "    RAISE EXCEPTION 'cairn: the table % has another layout than this script writes: its columns are %', {0}, columns\n"
      "      USING HINT = 'Write the script with the version of Cairn that keeps this database.';\n"
      "  END IF;\n",
      quote_literal(table), array_of(columns));
}

std::string require_lock(const ScriptGuard& guard) {
  return fmt::format(
      "  IF NOT pg_try_advisory_lock({}) THEN\n"
      "    RAISE EXCEPTION 'cairn: another run or script is at work on this database'\n"
      "      USING ERRCODE = 'lock_not_available', HINT = 'Nothing was changed. Apply the script when the other has ended.';\n"
      "  END IF;\n",
      key_text(guard.lock_key));
}

std::string require_server(const ScriptGuard& guard) {
  const std::uint32_t least = std::max(guard.min_server_version, oldest_server);
  return fmt::format(
      "  IF current_setting('server_version_num')::integer < {} THEN\n"
      "    RAISE EXCEPTION 'cairn: this script needs PostgreSQL {}{} or newer, and the server is %', current_setting('server_version');\n"
      "  END IF;\n",
      least, least / 10000, least % 10000 == 0 ? "" : fmt::format(".{}", least % 10000));
}

std::string require_rows(const ScriptGuard& guard) {
  const std::string table = guard.tables.versions();
  return fmt::format(
      "  IF to_regclass({0}) IS NOT NULL THEN\n"
      "    EXECUTE {1} INTO present;\n"
      "  END IF;\n"
      "  IF present <> {2} THEN\n"
      "    RAISE EXCEPTION 'cairn: the version rows are %, expected %', present, {2}\n"
      "      USING HINT = 'Nothing was changed. Write a script that begins there: cairn {3} --sql FROM:TO.';\n"
      "  END IF;\n",
      quote_literal(table),
      quote_literal(fmt::format("SELECT coalesce(array_agg(version_num::text ORDER BY version_num::text COLLATE \"C\"), '{{}}') FROM {}",
                                table)),
      array_of(guard.rows), guard.command);
}

std::string require_finished(const ScriptGuard& guard) {
  if (!guard.refuses_unfinished) return "";
  return fmt::format(
      "  IF to_regclass({0}) IS NOT NULL THEN\n"
      "    EXECUTE {1} INTO unfinished;\n"
      "    IF unfinished IS NOT NULL THEN\n"
      "      RAISE EXCEPTION 'cairn: revision % was stopped half-way', unfinished\n"
      "        USING HINT = 'Nothing was changed. \"cairn upgrade head\" says at which statement, and what to do.';\n"
      "    END IF;\n"
      "  END IF;\n",
      quote_literal(guard.tables.journal()),
      quote_literal(fmt::format("SELECT revision FROM ({}) AS open LIMIT 1", unfinished_sql(guard.tables))));
}

}  // namespace

std::string psql_settings_text() {
  return "\\set ON_ERROR_STOP on\n"
         "\\set ON_ERROR_ROLLBACK off\n"
         "\\set AUTOCOMMIT on\n"
         "\\set SINGLELINE off\n"
         "\\unset FETCH_COUNT\n"
         "\\set QUIET on\n"
         "\\pset tuples_only on\n"
         "\\pset format unaligned\n"
         "\\encoding UTF8\n";
}

std::string session_text() {
  return "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; "
         "SET default_transaction_isolation = 'read committed'; SET idle_in_transaction_session_timeout = '10min';\n";
}

std::string guard_text(const ScriptGuard& guard) {
  const std::string body = "DECLARE\n  present text[] := '{}';\n  columns text[];\n  unfinished text;\nBEGIN\n" + require_lock(guard) +
                           require_server(guard) +
                           // Alembic made the version table, and a newer Cairn may have given the journal more.
                           require_columns(guard.tables.versions(), version_columns()) +
                           require_columns(guard.tables.journal(), journal_columns()) + require_rows(guard) +
                           require_finished(guard) + "END\n";
  return "BEGIN;\nSET LOCAL search_path = pg_catalog, pg_temp;\n" + do_block(body) + "COMMIT;\n";
}

std::string tables_text(const StateTables& tables) {
  return fmt::format("SELECT pg_catalog.to_regclass({}) IS NULL OR pg_catalog.to_regclass({}) IS NULL AS cairn_tables_missing \\gset\n"
                     "\\if :cairn_tables_missing\n{};\n\\endif\n",
                     quote_literal(tables.versions()), quote_literal(tables.journal()), create_tables_sql(tables));
}

std::string renewal_text(const StateTables& tables) {
  return fmt::format("{} \\gset\n\\if :cairn_journal_is_current\n\\else\n{};\n\\endif\n", journal_is_current_sql(tables),
                     renew_journal_sql(tables));
}

std::string release_text(const ScriptGuard& guard) {
  return fmt::format("SELECT pg_catalog.pg_advisory_unlock({}) \\gset cairn_\n", key_text(guard.lock_key));
}

}  // namespace cairn
