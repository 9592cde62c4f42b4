#include "observe/watched_database.hpp"

#include "observe/describe.hpp"
#include "schema/difference.hpp"
#include "schema/snapshot.hpp"

#include <gtest/gtest.h>

#include <span>

namespace cairn::test {
namespace {

Lines differences(const Snapshot& before, const Snapshot& after) {
  Lines lines;
  for (const Difference& difference : compare(before, after)) lines.push_back(describe(difference));
  return lines;
}

/// What a revision may do that event triggers, savepoints and questions around it could get in the way of.
struct Case {
  const char* sql;
  bool complete;   ///< whether everything could be seen
};

constexpr const char* setup =
    "CREATE TABLE t (a int PRIMARY KEY, b text); INSERT INTO t VALUES (1, 'x'); CREATE VIEW v AS SELECT * FROM t;"
    "CREATE TABLE log (what text); GRANT ALL ON log TO PUBLIC";
constexpr const char* roles = "CREATE ROLE watched_nobody; CREATE ROLE watched_admin SUPERUSER";

const Case cases[] = {
    {"CREATE TEMP TABLE x (a int); DISCARD TEMP; CREATE TABLE y (a int)", false},
    {"DISCARD PLANS; DISCARD SEQUENCES; DROP VIEW v", true},
    {"CREATE TABLE x (a int); ALTER TABLE x OWNER TO watched_nobody; DROP OWNED BY watched_nobody", true},
    {"SET ROLE watched_nobody; SELECT 1; CREATE TEMP TABLE z (a int); INSERT INTO log VALUES ('x'); RESET ROLE; DROP VIEW v", true},
    {"SET ROLE watched_nobody; INSERT INTO log SELECT current_user", true},
    {"SET LOCAL ROLE watched_nobody; INSERT INTO log SELECT current_user", true},
    {"SET SESSION AUTHORIZATION watched_nobody; INSERT INTO log SELECT session_user", true},
    {"SET SESSION AUTHORIZATION watched_admin; DROP VIEW v; DROP OWNED BY watched_admin", true},
    {"SET SESSION AUTHORIZATION watched_admin; SET ROLE watched_nobody; INSERT INTO log SELECT session_user || current_user", true},
    {"CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (tg_tag); END $$;"
     "CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION note(); CREATE EVENT TRIGGER f ON ddl_command_end EXECUTE FUNCTION note();"
     "CREATE EVENT TRIGGER g ON ddl_command_start EXECUTE FUNCTION note(); DROP VIEW v; CREATE TABLE y (a int)", true},
    {"CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;"
     "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION refuse()", true},
    {"SET session_replication_role = replica; DROP VIEW v", true},
    {"SET LOCAL search_path = nowhere; CREATE TABLE public.y (a int)", true},
    {"SET search_path = pg_temp, public; CREATE FUNCTION public.now() RETURNS int LANGUAGE sql AS 'SELECT 1';"
     "CREATE TABLE public.y (a int DEFAULT public.now())", true},
    {"CREATE OPERATOR public.= (leftarg = text, rightarg = text, function = textne);"
     "SET search_path = public, pg_catalog; DROP VIEW v", true},
    {"SET statement_timeout = '10s'; SET lock_timeout = '9s'; SET quote_all_identifiers = on; CREATE TABLE y (a int)", true},
    {"SAVEPOINT cairn_scene; CREATE TABLE y (a int); SAVEPOINT cairn_probe;"
     "DROP TABLE y; ROLLBACK TO cairn_probe; RELEASE cairn_scene", true},
    {"SAVEPOINT a; CREATE TABLE y (a int); ROLLBACK TO a; DROP VIEW v; RELEASE a", true},
    {"SAVEPOINT a; DROP VIEW v; ROLLBACK TO SAVEPOINT a", true},
    {"SET CONSTRAINTS ALL DEFERRED; LOCK TABLE t; DECLARE c CURSOR FOR SELECT 1; FETCH c; MOVE c; CLOSE c", true},
    {"PREPARE p AS SELECT 1; EXECUTE p; DEALLOCATE ALL", true},
    {"RESET ALL; DROP VIEW v", true},
    {"DROP EXTENSION plpgsql; DROP VIEW v", false},
    {"DROP EXTENSION IF EXISTS plpgsql CASCADE; CREATE EXTENSION plpgsql; DO $$ BEGIN DROP VIEW v; END $$", false},
    {"SET my.own = 'x'; SELECT set_config('my.other', 'y', true)", true},
    {"DROP SCHEMA public CASCADE; CREATE SCHEMA public", true},
    {"DO $$ BEGIN DROP VIEW v; RAISE EXCEPTION 'x'; EXCEPTION WHEN OTHERS THEN CREATE TABLE y (a int); END $$", true},
    {"ALTER DATABASE template1 SET work_mem = '4MB'; ALTER DATABASE template1 RESET ALL;"
     "CREATE ROLE watched_other; DROP ROLE watched_other", true},
};

/// What a revision leaves: catalog, rows, settings of the session.
struct Left {
  Snapshot schema;
  std::string told;

  explicit Left(Connection& connection) : schema(read_snapshot(connection)) {
    // A revision may have made operators of its own.
    for (const char* sql : {"SELECT string_agg(what, ' ' ORDER BY ctid) FROM public.log",
                            "SELECT count(*) FROM pg_catalog.pg_event_trigger",
                            "SELECT count(*) FROM pg_catalog.pg_proc WHERE proname OPERATOR(pg_catalog.~) '^cairn_'",
                            "SELECT string_agg(concat(name, ' ', setting), ' ' ORDER BY name) FROM pg_catalog.pg_settings "
                            "WHERE setting OPERATOR(pg_catalog.<>) reset_val",
                            "SELECT current_user, session_user"}) {
      const Reply reply = connection.exchange({.text = sql, .copies = {}, .parameters = std::nullopt});
      if (reply.failure) told += reply.failure->message + "\n";
      else for (const Cell& cell : reply.results.at(0).rows.at(0)) told += cell.value_or("NULL") + "\n";
    }
  }
};

/// Runs the statements of a case when nobody looks on, then when somebody does.
using Run = void (*)(WatchedDatabase& database, const char* sql);
using WatchedRun = StepEffects (*)(WatchedDatabase& database, const char* sql);

void expect_the_same(std::span<const Case> rows, Run run, WatchedRun watch) {
  for (const Case& row : rows) {
    WatchedDatabase plain;
    plain.execute(setup);
    run(plain, row.sql);
    const Left expected(plain.connection());
    WatchedDatabase watched;
    watched.execute(setup);
    const StepEffects effects = watch(watched, row.sql);
    const Left found(watched.connection());
    EXPECT_EQ(differences(expected.schema, found.schema), Lines()) << row.sql;
    EXPECT_EQ(found.told, expected.told) << row.sql;
    EXPECT_EQ(effects.complete, row.complete) << row.sql;
  }
}

class WatchedRevision : public testing::Test {
 protected:
  static void SetUpTestSuite() { WatchedDatabase().execute(roles); }
};

TEST_F(WatchedRevision, does_and_leaves_the_same_as_when_nobody_looks_on) {
  expect_the_same(cases, [](WatchedDatabase& database, const char* sql) { database.execute(std::string("BEGIN; ") + sql + "; COMMIT"); },
                  [](WatchedDatabase& database, const char* sql) { return database.watch(sql); });
}

const Case bare_cases[] = {
    {"CREATE TEMP TABLE x (a int); DISCARD TEMP; DROP VIEW v", false},
    {"SET ROLE watched_nobody; INSERT INTO log SELECT current_user", true},
    {"SET SESSION AUTHORIZATION watched_admin; SET ROLE watched_nobody; INSERT INTO log SELECT concat(session_user, current_user)", true},
    {"CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (tg_tag); END $$;"
     "CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION note(); CREATE EVENT TRIGGER f ON ddl_command_end EXECUTE FUNCTION note();"
     "DROP VIEW v; CREATE TABLE y (a int); VACUUM t", true},
    {"SET session_replication_role = replica; DROP VIEW v", true},
    {"SET search_path = nowhere; SET default_transaction_isolation = serializable; SET default_transaction_read_only = on; SELECT 1", true},
    {"DROP VIEW v; DROP EXTENSION plpgsql", false},
};

TEST_F(WatchedRevision, does_so_outside_a_transaction_too) {
  expect_the_same(bare_cases, [](WatchedDatabase& database, const char* sql) {
    const Body body = parse_body("", sql);
    for (const Statement& statement : body.statements) database.execute(body.text.substr(statement.begin, statement.end - statement.begin));
  }, [](WatchedDatabase& database, const char* sql) { return database.watch_bare(sql); });
}

}  // namespace
}  // namespace cairn::test
