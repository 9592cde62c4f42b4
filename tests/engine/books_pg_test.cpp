#include "engine/engine_database.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

/// Version rows and journal, which every step moves in its own transaction.
class BooksOnServer : public testing::Test {
 protected:
  EngineDatabase database_;
  ScriptedRun run_{database_.channel()};
};

TEST_F(BooksOnServer, applies_nothing_when_the_rows_changed_since_the_plan) {
  struct Case {
    const char* change;
    const char* found;
  };
  const Case cases[] = {
      {"INSERT INTO alembic_version VALUES ('other')", "they are other; expected none"},
      {"INSERT INTO alembic_version VALUES ('t01')", "they are t01; expected none"},
  };
  for (const Case& row : cases) {
    database_.clear();
    ScriptedRun run(database_.channel());
    run.tables("t", 3);
    database_.execute(row.change);
    const Outcome outcome = run.run();
    EXPECT_EQ(told(outcome), std::string("8: the version rows changed while revision t01 was being upgraded: ") + row.found);
    EXPECT_EQ(outcome.done(), 0u);
    EXPECT_EQ(outcome.error->database(), "unchanged by this revision (0 of 3 applied)");
    EXPECT_TRUE(database_.effects().empty());
  }
}

TEST_F(BooksOnServer, stops_at_the_revision_under_which_the_rows_changed) {
  run_.tables("t", 2).sql("mid", "CREATE TABLE mid (id int); INSERT INTO public.alembic_version VALUES ('branch');").tables("u", 2);
  EXPECT_EQ(told(run_.run()),
            "8: the version rows changed while revision mid was being upgraded: they are t02, branch; expected t02");
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"t02"});
  EXPECT_EQ(database_.effects(), (std::vector<std::string>{"t01", "t02"}));
}

TEST_F(BooksOnServer, keeps_its_books_among_objects_named_like_the_servers_own) {
  run_.sql("a", R"(
CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT ''epoch''::timestamptz';
CREATE FUNCTION public.current_setting(text, boolean) RETURNS text LANGUAGE sql AS 'SELECT ''junk''::text';
CREATE FUNCTION public.set_config(text, text, boolean) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
CREATE FUNCTION public.count("any") RETURNS bigint LANGUAGE internal AS 'int8inc' STRICT;
CREATE FUNCTION public.unnest(anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1[999]';
CREATE FUNCTION public.array_to_string(text[], text) RETURNS text LANGUAGE sql AS 'SELECT ''''::text';
CREATE FUNCTION public.lies(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION public.lies(bigint, integer) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE FUNCTION public.lies(text[], text[]) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE FUNCTION public.empty(text, text) RETURNS text LANGUAGE sql AS 'SELECT ''''::text';
CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = public.lies);
CREATE OPERATOR public.= (LEFTARG = bigint, RIGHTARG = integer, FUNCTION = public.lies);
CREATE OPERATOR public.= (LEFTARG = text[], RIGHTARG = text[], FUNCTION = public.lies);
CREATE OPERATOR public.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = public.empty);
CREATE DOMAIN public.text AS varchar CHECK (false);
CREATE DOMAIN public.int4 AS bigint CHECK (false);
CREATE TABLE public.count (id int);
SET search_path = public, pg_catalog;
)")
      .sql("b", "SELECT pg_sleep(0.02); SET search_path = public, pg_catalog;")
      .sql("c", "SET search_path = '';")
      .sql("d", "SELECT pg_catalog.set_config('search_path', '', false);");
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"d"});
  EXPECT_EQ(database_.value("SELECT count(*) FROM public.cairn_journal WHERE state = 'done' AND started_at > pg_catalog.now() - interval "
                            "'1 hour'"), "4");
  EXPECT_EQ(database_.value("SELECT finished_at - started_at > interval '20 ms' FROM public.cairn_journal WHERE revision = 'b'"), "t");
}

TEST_F(BooksOnServer, finds_changed_rows_among_objects_named_like_the_servers_own) {
  run_.sql("a", "CREATE FUNCTION public.yes(pg_catalog.text[], pg_catalog.text[]) RETURNS boolean LANGUAGE sql AS 'SELECT true';"
                "CREATE OPERATOR public.= (LEFTARG = pg_catalog.text[], RIGHTARG = pg_catalog.text[], FUNCTION = public.yes);"
                "SET search_path = public, pg_catalog;"
                "INSERT INTO public.alembic_version VALUES ('other')");
  EXPECT_EQ(told(run_.run()), "8: the version rows changed while revision a was being upgraded: they are other; expected none");
}

TEST_F(BooksOnServer, tells_the_journal_who_did_what_when) {
  run_.sql("a", "SELECT pg_sleep(0.02);").sql("b", "SELECT pg_sleep(0.02);").sql("c", "SELECT 1 / 0;");
  const Outcome outcome = run_.run();
  EXPECT_EQ(database_.column("SELECT concat_ws(' ', run, revision, direction, coalesce(statement::text, '-'), state, rows_after, client, "
                             "role, runner) FROM cairn_journal ORDER BY entry"),
            (std::vector<std::string>{"run1 a up - done {a} tester@here:1 tester cairn test",
                                      "run1 b up - done {b} tester@here:1 tester cairn test",
                                      "run1 c up - failed tester@here:1 tester cairn test"}));
  EXPECT_EQ(database_.value("SELECT error FROM cairn_journal WHERE revision = 'c'"), "revision c failed: division by zero");
  EXPECT_EQ(database_.value("SELECT bool_and(finished_at - started_at >= interval '20 ms') FROM cairn_journal WHERE state = 'done'"), "t");
  EXPECT_EQ(database_.value("SELECT b.started_at >= a.finished_at FROM cairn_journal a, cairn_journal b "
                            "WHERE a.revision = 'a' AND b.revision = 'b'"), "t");
  EXPECT_GE(outcome.steps[0].duration, std::chrono::milliseconds(20));
}

TEST_F(BooksOnServer, shows_another_session_which_revision_is_being_applied) {
  run_.sql("a", "CREATE TABLE a (seen text);")
      .sql("b", "INSERT INTO a SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid();");
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(database_.value("SELECT seen FROM a"), "cairn b");
}

}  // namespace
}  // namespace cairn::test
