#include "postgres/snapshot_database.hpp"

#include "base/error.hpp"
#include "schema/difference.hpp"
#include "schema/fingerprint.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cairn::test {
namespace {

std::vector<std::string> lines(const std::vector<Difference>& differences) {
  std::vector<std::string> texts;
  for (const Difference& difference : differences) texts.push_back(describe(difference));
  return texts;
}

using Lines = std::vector<std::string>;

TEST(Snapshot, of_the_same_script_is_the_same) {
  SnapshotDatabase first;
  SnapshotDatabase second;
  first.execute(snapshot_schema);
  second.execute(snapshot_schema);
  EXPECT_EQ(lines(compare(first.snapshot(), second.snapshot())), Lines());
  EXPECT_EQ(fingerprint(first.snapshot()), fingerprint(second.snapshot()));
  EXPECT_NE(fingerprint(first.snapshot()), fingerprint(SnapshotDatabase().snapshot()));
}

TEST(Snapshot, of_a_dumped_and_restored_copy_is_the_same) {
  SnapshotDatabase original;
  SnapshotDatabase copy;
  original.execute(snapshot_schema);
  copy.execute(original.dump_schema());
  EXPECT_EQ(lines(compare(original.snapshot(), copy.snapshot())), Lines());
}

TEST(Snapshot, takes_one_round_trip) {
  SnapshotDatabase database;
  const std::size_t before = database.channel().round_trips();
  database.snapshot();
  EXPECT_EQ(database.channel().round_trips() - before, 1u);
}

TEST(Snapshot, is_sorted_bytewise_and_holds_every_identity_once) {
  SnapshotDatabase database;
  database.execute(snapshot_schema);
  const Snapshot snapshot = database.snapshot();
  EXPECT_TRUE(std::is_sorted(snapshot.objects.begin(), snapshot.objects.end()));
  const auto same = [](const SchemaObject& a, const SchemaObject& b) {
    return a.kind == b.kind && a.identity == b.identity;
  };
  EXPECT_EQ(std::adjacent_find(snapshot.objects.begin(), snapshot.objects.end(), same), snapshot.objects.end());
  for (const SchemaObject& object : snapshot.objects)
    EXPECT_EQ(object.definition.find("top-secret"), std::string::npos) << object.kind;
}

struct ChangeCase {
  const char* sql;
  const char* seen;   ///< one of the differences begins with this
};

const ChangeCase changes[] = {
    {"CREATE SCHEMA s2", "left over: schema s2"},
    {"ALTER SCHEMA s OWNER TO other", "changed: schema s (acl"},
    {"GRANT USAGE ON SCHEMA s TO reader", "changed: schema s (acl"},
    {"COMMENT ON SCHEMA s IS 'x'", "changed: comment schema s (\"ours\", now \"x\")"},
    {"COMMENT ON SCHEMA public IS 'x'", "changed: comment schema public"},
    {"DROP SCHEMA public", "missing: schema public"},
    {"DROP EXTENSION plpgsql CASCADE", "missing: extension plpgsql"},
    {"ALTER TYPE s.mood ADD VALUE 'glad'", "changed: enum s.mood (labels: [\"sad\", \"ok\"], now [\"sad\", \"ok\", \"glad\"])"},
    {"ALTER TYPE s.mood RENAME VALUE 'ok' TO 'fine'", "changed: enum s.mood"},
    {"ALTER TYPE s.pair ADD ATTRIBUTE c int", "changed: composite type s.pair"},
    {"CREATE TYPE s.shell", "left over: shell type s.shell"},
    {"ALTER TYPE s.span OWNER TO other", "changed: range type s.span"},
    {"DROP TYPE s.span", "missing: multirange type s.span_multirange"},
    {"REVOKE ALL ON TYPE s.mood FROM public", "changed: enum s.mood (acl"},
    {"ALTER DOMAIN s.amount DROP CONSTRAINT positive", "changed: domain s.amount (constraints"},
    {"ALTER DOMAIN s.amount SET NOT NULL", "changed: domain s.amount (notnull: false, now true)"},
    {"CREATE TABLE s.more ()", "left over: table s.more"},
    {"DROP TABLE s.fast", "missing: table s.fast"},
    {"ALTER TABLE s.fast SET LOGGED", "changed: table s.fast (persistence: \"u\", now \"p\")"},
    {"ALTER TABLE s.people OWNER TO other", "changed: table s.people"},
    {"ALTER TABLE s.people SET (fillfactor = 50)", "changed: table s.people (options: none, now [\"fillfactor=50\"])"},
    {"ALTER TABLE s.people SET (toast.autovacuum_enabled = off)", "changed: table s.people (toast options"},
    {"ALTER TABLE s.people FORCE ROW LEVEL SECURITY", "changed: table s.people (forced row security"},
    {"ALTER TABLE s.people REPLICA IDENTITY FULL", "changed: table s.people (replica identity"},
    {"ALTER TABLE s.orders REPLICA IDENTITY USING INDEX orders_pkey", "changed: table s.orders (replica identity"},
    {"ALTER TABLE s.people CLUSTER ON people_pkey", "changed: table s.people (clustered on"},
    {"ALTER TABLE s.heir NO INHERIT s.people", "changed: table s.heir (parents"},
    {"ALTER TABLE s.events ATTACH PARTITION s.events_2021 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')",
     "changed: table s.events_2021 (parents"},
    {"ALTER TABLE s.events DETACH PARTITION s.events_2020", "changed: table s.events_2020 (parents"},
    {"GRANT INSERT ON s.people TO reader", "changed: table s.people (acl"},
    {"COMMENT ON TABLE s.people IS 'x'", "left over: comment table s.people"},
    {"ALTER TABLE s.people ADD COLUMN x int", "left over: column s.people.x"},
    {"ALTER TABLE s.people DROP COLUMN spare", "missing: column s.people.spare"},
    {"ALTER TABLE s.people RENAME COLUMN spare TO y", "left over: column s.people.y"},
    {"ALTER TABLE s.people ALTER spare TYPE bigint",
     "changed: column s.people.spare (type: \"integer\", now \"bigint\")"},
    {"ALTER TABLE s.people ALTER spare SET NOT NULL", "changed: column s.people.spare (notnull: false, now true)"},
    {"ALTER TABLE s.people ALTER spare SET DEFAULT 3", "changed: column s.people.spare (default: none, now \"3\")"},
    {"ALTER TABLE s.people ALTER id SET GENERATED BY DEFAULT", "changed: column s.people.id (identity"},
    {"ALTER TABLE s.people ALTER twice DROP EXPRESSION", "changed: column s.people.twice"},
    {"ALTER TABLE s.events ALTER what TYPE text COLLATE \"C\"", "changed: column s.events.what (collation"},
    {"ALTER TABLE s.people ALTER name SET STORAGE MAIN", "changed: column s.people.name (storage"},
    {"ALTER TABLE s.people ALTER name SET STATISTICS 7", "changed: column s.people.name (statistics: none, now 7)"},
    {"ALTER TABLE s.people ALTER name SET (n_distinct = 5)", "changed: column s.people.name (options"},
    {"ALTER TABLE s.people ALTER name SET COMPRESSION pglz", "left over: column compression s.people.name"},
    {"ALTER FOREIGN TABLE s.remote ALTER a OPTIONS (SET x 'z')", "changed: column s.remote.a (foreign options"},
    {"REVOKE UPDATE (name) ON s.people FROM reader", "changed: column s.people.name (acl"},
    {"COMMENT ON COLUMN s.people.name IS NULL", "missing: comment table column s.people.name"},
    {"ALTER SEQUENCE s.numbers INCREMENT 5 CYCLE", "changed: sequence s.numbers (sequence"},
    {"ALTER SEQUENCE s.numbers OWNED BY s.people.id", "changed: sequence s.numbers (owned by"},
    {"ALTER TABLE s.people DROP CONSTRAINT named", "missing: constraint s.people.named"},
    {"ALTER TABLE s.people ADD CHECK (spare > 0) NOT VALID", "left over: constraint s.people.people_spare_check"},
    {"ALTER TABLE s.orders ALTER CONSTRAINT orders_person DEFERRABLE", "changed: constraint s.orders.orders_person"},
    {"ALTER TABLE s.orders DISABLE TRIGGER ALL", "left over: trigger s.orders.\""},
    {"CREATE INDEX again ON s.people (name)", "left over: index s.again"},
    {"DROP INDEX s.orders_note", "missing: comment index s.orders_note"},
    {"ALTER INDEX s.orders_note ALTER 1 SET STATISTICS 5", "changed: index s.orders_note (statistics"},
    {"UPDATE pg_index SET indisvalid = false WHERE indexrelid = 's.orders_note'::regclass",
     "changed: index s.orders_note (valid: none, now false)"},
    {"CREATE OR REPLACE VIEW s.names AS SELECT id, name FROM s.people WHERE id > 0", "changed: view s.names (query"},
    {"ALTER VIEW s.names SET (security_barrier)", "changed: view s.names (options"},
    {"DROP MATERIALIZED VIEW s.totals", "missing: materialized view s.totals"},
    {"CREATE OR REPLACE FUNCTION s.half(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x / 3'",
     "changed: function s.half(integer) (definition"},
    {"ALTER FUNCTION s.half(int) VOLATILE", "changed: function s.half(integer)"},
    {"REVOKE ALL ON FUNCTION s.half(int) FROM public", "changed: function s.half(integer) (acl"},
    {"ALTER PROCEDURE s.clean() SECURITY DEFINER", "changed: procedure s.clean()"},
    {"CREATE OR REPLACE AGGREGATE s.total(int) (sfunc = int4pl, stype = int, initcond = '1')",
     "changed: aggregate s.total(integer) (aggregate"},
    {"ALTER TABLE s.people DISABLE TRIGGER touched", "changed: trigger s.people.touched (enabled"},
    {"DROP TRIGGER touched ON s.people", "missing: trigger s.people.touched"},
    {"COMMENT ON TRIGGER touched ON s.people IS 'x'", "left over: comment trigger touched on s.people"},
    {"DROP RULE no_delete ON s.people", "missing: rule s.people.no_delete"},
    {"ALTER POLICY mine ON s.orders USING (total > 11)", "changed: policy s.orders.mine (using"},
    {"ALTER POLICY mine ON s.orders TO public", "changed: policy s.orders.mine (roles"},
    {"ALTER EVENT TRIGGER watching DISABLE", "changed: event trigger watching (enabled"},
    {"ALTER PUBLICATION changes SET TABLE s.orders", "changed: publication changes (tables"},
    {"ALTER PUBLICATION changes SET (publish = 'insert')", "changed: publication changes (operations"},
    {"CREATE SUBSCRIPTION sub CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false)",
     "left over: subscription sub"},
    {"ALTER STATISTICS s.related SET STATISTICS 9", "changed: statistics s.related (target: none, now 9)"},
    {"ALTER OPERATOR s.<~> (int, int) OWNER TO other", "changed: operator s.<~>(integer,integer) (owner"},
    {"ALTER OPERATOR CLASS s.class USING btree OWNER TO other", "changed: operator class s.class using btree (owner"},
    {"ALTER OPERATOR FAMILY s.family USING btree ADD OPERATOR 2 <= (int, int)",
     "changed: operator family s.family using btree (operators"},
    {"DROP CAST (s.mood AS int)", "missing: cast s.mood as integer"},
    {"DROP COLLATION s.plain", "missing: collation s.plain"},
    {"ALTER CONVERSION s.conv OWNER TO other", "changed: conversion s.conv (owner"},
    {"CREATE LANGUAGE own HANDLER plpgsql_call_handler", "left over: language own"},
    {"REVOKE USAGE ON LANGUAGE plpgsql FROM public", "changed: language plpgsql (acl"},
    {"CREATE ACCESS METHOD am TYPE TABLE HANDLER heap_tableam_handler", "left over: access method am"},
    {"CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))",
     "left over: transform for integer language sql"},
    {"ALTER FOREIGN DATA WRAPPER wrapper OPTIONS (SET a 'c')", "changed: foreign data wrapper wrapper (options"},
    {"ALTER SERVER far OPTIONS (SET host 'here')", "changed: foreign server far (options"},
    {"GRANT USAGE ON FOREIGN SERVER far TO reader", "changed: foreign server far (acl"},
    {"ALTER USER MAPPING FOR reader SERVER far OPTIONS (SET password 'x')",
     "changed: user mapping for reader server far (options"},
    {"ALTER FOREIGN TABLE s.remote OPTIONS (SET t 'v')", "changed: foreign table s.remote (foreign"},
    {"CREATE TEXT SEARCH PARSER s.parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, "
     "LEXTYPES = prsd_lextype)", "left over: text search parser s.parser"},
    {"CREATE TEXT SEARCH TEMPLATE s.template (LEXIZE = dsimple_lexize)", "left over: text search template s.template"},
    {"ALTER TEXT SEARCH DICTIONARY s.dict (accept = true)", "changed: text search dictionary s.dict (options"},
    {"ALTER TEXT SEARCH CONFIGURATION s.search ADD MAPPING FOR email WITH simple",
     "changed: text search configuration s.search (map"},
    {"ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO reader", "left over: default privileges for tester in - on f"},
    {"ALTER ROLE reader IN DATABASE postgres SET work_mem = '1MB'", nullptr},
    {"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = ''UTC''', current_database()); END $$",
     "left over: setting of the database"},
    {"DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO reader', current_database()); END $$",
     "changed: database (acl"},
    {"DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS ''x''', current_database()); END $$",
     "changed: database (comment: none, now \"x\")"},
    {"ALTER FUNCTION s.half(int) DEPENDS ON EXTENSION plpgsql", "left over: dependency on extension function s.half"},
    {"INSERT INTO s.events VALUES ('2020-02-02', 'x'); ANALYZE s.events; SELECT nextval('s.numbers')", nullptr},
    {"CREATE TEMP TABLE gone (a int)", nullptr},
    {"ALTER TABLE s.people ADD COLUMN x int; ALTER TABLE s.people DROP COLUMN x", nullptr},
    {"GRANT ALL ON s.orders TO tester; GRANT EXECUTE ON FUNCTION s.half(int) TO public", nullptr},
};

TEST(Snapshot, sees_every_change_and_only_changes) {
  SnapshotDatabase database;
  database.execute(snapshot_schema);
  database.execute("SET allow_system_table_mods = on");
  const Snapshot before = database.snapshot();
  for (const ChangeCase& c : changes) {
    const Reply reply = database.channel().exchange({"BEGIN; " + std::string(c.sql), {}, std::nullopt});
    if (reply.failure) {
      ADD_FAILURE() << c.sql << ": " << reply.failure->message;
      database.execute("ROLLBACK");
      continue;
    }
    const Lines seen = lines(compare(before, database.snapshot()));
    EXPECT_TRUE(database.channel().in_transaction()) << c.sql;
    database.execute("ROLLBACK");
    if (c.seen == nullptr) {
      EXPECT_EQ(seen, Lines()) << c.sql;
      continue;
    }
    const bool found = std::any_of(seen.begin(), seen.end(), [&](const auto& line) { return line.starts_with(c.seen); });
    EXPECT_TRUE(found) << c.sql << "\n  expected: " << c.seen << "\n  seen: " << testing::PrintToString(seen);
  }
  EXPECT_EQ(fingerprint(database.snapshot()), fingerprint(before));
}

TEST(Snapshot, leaves_out_tables_with_all_they_own) {
  SnapshotDatabase database;
  database.execute(snapshot_schema);
  const SnapshotOptions options{.leave_out = {{"public", "alembic_version"}, {"Odd 'schema", "cairn_journal"}, {"s", "none"}}};
  const Snapshot before = database.snapshot();
  EXPECT_EQ(lines(compare(before, database.snapshot(options))), Lines());
  database.execute(R"(
    CREATE TABLE public.alembic_version (version_num varchar(32) NOT NULL CONSTRAINT pkc PRIMARY KEY);
    COMMENT ON TABLE public.alembic_version IS 'x'; COMMENT ON COLUMN public.alembic_version.version_num IS 'x';
    COMMENT ON CONSTRAINT pkc ON public.alembic_version IS 'x'; COMMENT ON INDEX public.pkc IS 'x';
    ALTER TABLE public.alembic_version OWNER TO other; GRANT SELECT ON public.alembic_version TO reader;
    CREATE TRIGGER t BEFORE UPDATE ON public.alembic_version FOR EACH ROW EXECUTE FUNCTION s.touch();
    COMMENT ON TRIGGER t ON public.alembic_version IS 'x';)");
  EXPECT_EQ(compare(before, database.snapshot()).size(), 10u);
  EXPECT_EQ(lines(compare(before, database.snapshot(options))), Lines());
  database.execute(R"(CREATE SCHEMA "Odd 'schema"; CREATE TABLE "Odd 'schema".cairn_journal (
    id bigserial PRIMARY KEY, what jsonb CHECK (what IS NOT NULL)); CREATE INDEX i ON "Odd 'schema".cairn_journal (id);
    COMMENT ON SEQUENCE "Odd 'schema".cairn_journal_id_seq IS 'x')");
  EXPECT_EQ(lines(compare(before, database.snapshot(options))), Lines{"left over: schema \"Odd 'schema\""});
}

TEST(Snapshot, may_ignore_the_order_of_columns) {
  SnapshotDatabase first;
  SnapshotDatabase second;
  first.execute("CREATE TABLE t (a int, b int)");
  second.execute("CREATE TABLE t (b int, a int)");
  EXPECT_EQ(compare(first.snapshot(), second.snapshot()).size(), 2u);
  const SnapshotOptions options{.leave_out = {}, .column_order = ColumnOrder::ignored};
  EXPECT_EQ(lines(compare(first.snapshot(options), second.snapshot(options))), Lines());
}

TEST(Snapshot, does_not_depend_on_the_settings_of_the_session_and_keeps_them) {
  SnapshotDatabase database;
  database.execute(snapshot_schema);
  const std::string before = fingerprint(database.snapshot());
  database.execute("SET search_path = s; SET datestyle = 'German'; SET intervalstyle = 'sql_standard'; "
                   "SET timezone = 'Asia/Kolkata'; SET quote_all_identifiers = on; SET bytea_output = 'escape'; "
                   "SET default_transaction_isolation = 'serializable'; SET standard_conforming_strings = off; "
                   "CREATE TEMP TABLE pg_class (oid oid); CREATE TEMP TABLE orders (a int)");
  EXPECT_EQ(fingerprint(database.snapshot()), before);
  EXPECT_EQ(value(database.channel(), "SELECT current_setting('search_path') || ' ' || current_setting('timezone') "
                                     "|| ' ' || current_setting('datestyle')"), "s Asia/Kolkata German, DMY");
  EXPECT_FALSE(database.channel().in_transaction());
}

TEST(Snapshot, can_be_read_by_everybody) {
  SnapshotDatabase database;
  database.execute(snapshot_schema);
  const auto stranger = database.open_as("stranger");
  for (const Difference& difference : compare(database.snapshot(), read_snapshot(*stranger)))
    EXPECT_EQ(difference.kind, "user mapping") << describe(difference);
}

TEST(Snapshot, inside_a_transaction_sees_its_changes_and_leaves_it_open) {
  SnapshotDatabase database;
  const Snapshot before = database.snapshot();
  database.execute("BEGIN; CREATE TABLE t (); SET LOCAL timezone = 'Asia/Kolkata'");
  EXPECT_EQ(lines(compare(before, database.snapshot())), Lines{"left over: table public.t"});
  EXPECT_EQ(value(database.channel(), "SHOW timezone"), "Asia/Kolkata");
  database.execute("COMMIT");
  EXPECT_EQ(lines(compare(database.snapshot(), before)), Lines{"missing: table public.t"});
}

TEST(Snapshot, that_fails_leaves_the_connection_usable) {
  SnapshotDatabase database;
  database.execute("REVOKE SELECT ON pg_catalog.pg_transform FROM public; GRANT CREATE ON SCHEMA public TO stranger");
  const auto stranger = database.open_as("stranger");
  const auto category = [&] {
    try {
      read_snapshot(*stranger);
    } catch (const Error& error) {
      return error.category();
    }
    return Category::none;
  };
  EXPECT_EQ(category(), Category::configuration);
  EXPECT_FALSE(stranger->in_transaction());
  execute(*stranger, "BEGIN; CREATE TABLE u (); SET LOCAL timezone = 'Asia/Kolkata'");
  EXPECT_EQ(category(), Category::configuration);
  EXPECT_EQ(value(*stranger, "SHOW timezone"), "Asia/Kolkata");
  execute(*stranger, "CREATE TABLE v (); COMMIT");
  EXPECT_EQ(value(*stranger, "SELECT count(*) FROM pg_class WHERE relname IN ('u', 'v')"), "2");
}

TEST(Snapshot, in_a_failed_transaction_is_an_error_and_changes_nothing) {
  SnapshotDatabase database;
  database.channel().exchange({"BEGIN; SELECT 1/0", {}, std::nullopt});
  EXPECT_THROW(database.snapshot(), Error);
  EXPECT_TRUE(database.channel().in_transaction());
  database.execute("ROLLBACK");
  EXPECT_GT(database.snapshot().objects.size(), 3u);
}

}  // namespace
}  // namespace cairn::test
