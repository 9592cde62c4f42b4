#include "state/tables.hpp"

#include "sql/body.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

constexpr const char* directions = "'up', 'down', 'stamp', 'accept'";

}  // namespace

std::string StateTables::versions() const { return quote_identifier(schema) + "." + quote_identifier(version_table); }
std::string StateTables::journal() const { return quote_identifier(schema) + "." + quote_identifier(journal_table); }

std::string create_tables_sql(const StateTables& tables) {
  // The version table has exactly the shape Alembic gives it, down to the name of its key.
  return fmt::format(R"(BEGIN;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = warning;
CREATE TABLE IF NOT EXISTS {versions} (
  version_num varchar(32) NOT NULL,
  CONSTRAINT {key} PRIMARY KEY (version_num)
);
CREATE TABLE IF NOT EXISTS {journal} (
  entry       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run         text NOT NULL,
  revision    varchar(32),
  direction   text NOT NULL CHECK (direction IN ({directions})),
  statement   integer,
  state       text NOT NULL CHECK (state IN ('started', 'done', 'failed', 'stopped')),
  digest      text,
  source      text,
  rows_after  text[],
  started_at  timestamptz NOT NULL,
  finished_at timestamptz,
  role        text NOT NULL DEFAULT session_user,
  client      text NOT NULL,
  backend_pid integer NOT NULL DEFAULT pg_backend_pid(),
  runner      text NOT NULL,
  error       text,
  tag         text
);
CREATE INDEX IF NOT EXISTS {open} ON {journal} (entry) WHERE state IN ('started', 'stopped');
COMMENT ON TABLE {journal} IS 'What Cairn did here, append-only. It explains; the rows of {plain_versions} alone say what is applied.';
COMMIT)",
                     fmt::arg("directions", directions), fmt::arg("versions", tables.versions()), fmt::arg("journal", tables.journal()),
                     fmt::arg("key", quote_identifier(tables.version_table + "_pkc")),
                     fmt::arg("open", quote_identifier(tables.journal_table + "_open")),
                     fmt::arg("plain_versions", tables.version_table));
}

std::string renew_journal_sql(const StateTables& tables) {
  // Whoever reads the journal just now holds it up: better to say so than to queue in front of everybody else.
  return fmt::format("BEGIN;\nSET LOCAL search_path = pg_catalog, pg_temp;\nSET LOCAL lock_timeout = '10s';\n"
                     "SET LOCAL client_min_messages = warning;\n"
                     "ALTER TABLE {} ADD COLUMN IF NOT EXISTS tag text, ADD COLUMN IF NOT EXISTS source text, "
                     "DROP CONSTRAINT IF EXISTS {check}, ADD CONSTRAINT {check} CHECK (direction IN ({}));\nCOMMIT",
                     tables.journal(), directions, fmt::arg("check", quote_identifier(tables.journal_table + "_direction_check")));
}

std::string journal_is_current_sql(const StateTables& tables) {
  return fmt::format("SELECT pg_catalog.count(*) OPERATOR(pg_catalog.=) 2 AS cairn_journal_is_current FROM pg_catalog.pg_attribute "
                     "WHERE attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass({}) "
                     "AND attname OPERATOR(pg_catalog.=) ANY ('{{tag,source}}'::pg_catalog.name[]) AND NOT attisdropped",
                     quote_literal(tables.journal()));
}

std::vector<std::string> version_columns() { return {"version_num"}; }

std::vector<std::string> journal_columns() {
  return {"backend_pid", "client",   "digest", "direction",  "entry",  "error",      "finished_at", "revision",
          "role",        "rows_after", "run",  "runner",     "started_at", "state", "statement"};
}

}  // namespace cairn
