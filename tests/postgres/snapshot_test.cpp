#include "postgres/snapshot_changes.hpp"
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

TEST(SnapshotReader, reads_each_time_what_a_single_reading_does) {
  SnapshotDatabase database;
  database.execute(snapshot_schema);
  const auto connection = database.open_as(superuser);
  SnapshotReader reader(*connection);
  std::vector<std::string> committed;
  for (const ChangeCase& c : changes) {
    if (std::string_view(c.sql).find("SUBSCRIPTION") != std::string_view::npos) continue;   // no database with one can be dropped
    database.channel().exchange({"SET allow_system_table_mods = on; " + std::string(c.sql), {}, std::nullopt});
    const Snapshot fresh = database.snapshot();
    EXPECT_EQ(lines(compare(fresh, reader.read())), Lines()) << c.sql;
    if (committed.empty() || committed.back() != fingerprint(fresh)) committed.push_back(fingerprint(fresh));
  }
  EXPECT_GT(committed.size(), std::size(changes) / 2) << "most changes went through, one after the other";
}

TEST(SnapshotReader, plans_its_queries_once_and_takes_one_round_trip) {
  SnapshotDatabase database;
  SnapshotReader reader(database.channel());
  for (int reading = 0; reading < 3; ++reading) {
    const std::size_t before = database.channel().round_trips();
    reader.read();
    EXPECT_EQ(database.channel().round_trips() - before, 1u);
  }
  EXPECT_EQ(value(database.channel(), "SELECT count(*) > 20 AND min(generic_plans) = 3 AND max(custom_plans) = 0 "
                                     "FROM pg_prepared_statements WHERE name LIKE 'cairn_snapshot_%'"), "t");
}

TEST(SnapshotReader, goes_on_after_a_failure) {
  SnapshotDatabase database;
  database.execute(snapshot_schema);
  SnapshotReader reader(database.channel());
  const Snapshot before = reader.read();
  database.execute("DEALLOCATE ALL");
  EXPECT_THROW(reader.read(), Error);
  EXPECT_FALSE(database.channel().in_transaction());
  EXPECT_EQ(lines(compare(before, reader.read())), Lines());
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
