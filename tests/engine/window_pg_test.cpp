#include "engine/engine_database.hpp"
#include "support/sql_plugin_file.hpp"

#include "plugin/body_reader.hpp"
#include "plugin/collection.hpp"

#include <cairn/abi.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace cairn::test {
namespace {

/// Plans and runs the collected SQL revisions of a directory.
class CollectedRun {
 public:
  explicit CollectedRun(const std::filesystem::path& directory) : collection_(collect_plugins({{directory}})), graph_(revisions()) {}

  Plan plan(const std::vector<std::string>& rows, const std::string& target = "head") const {
    return plan_upgrade(graph_, rows, target);
  }
  std::vector<Work> work(const Plan& plan) const {
    std::vector<Work> list;
    for (const Step& step : plan.steps) {
      const auto plugin = std::find_if(collection_.plugins.begin(), collection_.plugins.end(),
                                       [&](const PluginFile& file) { return file.revision.id == step.revision->id; });
      list.push_back({step, {{.body = read_body(*plugin, CAIRN_NOTE_SQL_UP), .call = {}, .verifies = false}}});
    }
    return list;
  }

 private:
  std::vector<Revision> revisions() const {
    std::vector<Revision> list;
    for (const PluginFile& plugin : collection_.plugins) list.push_back(plugin.revision);
    return list;
  }

  Collection collection_;
  RevisionGraph graph_;
};

class WindowOnServer : public testing::Test {
 protected:
  EngineDatabase database_;
  ScriptedRun run_{database_.channel()};
};

TEST_F(WindowOnServer, applies_a_thousand_revisions_in_thirty_two_round_trips) {
  const TemporaryDirectory directory(fast_parent());
  const std::vector<std::string> ids = write_sql_history(directory.path(), 1000);
  const CollectedRun collected(directory.path());
  const Plan plan = collected.plan({});
  const Outcome outcome = run_.run(plan, collected.work(plan));
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(outcome.done(), 1000u);
  EXPECT_EQ(outcome.round_trips, 1000u / 32 + 1);
  EXPECT_EQ(database_.rows(), std::vector<std::string>{ids.back()});
  EXPECT_EQ(database_.value("SELECT count(*) FROM pg_indexes WHERE indexname ~ '^t[0-9]+_v$'"), "1000");
  EXPECT_EQ(database_.value("SELECT count(*) FROM cairn_journal WHERE state = 'done'"), "1000");
}

TEST_F(WindowOnServer, follows_version_rows_that_somebody_updated_by_hand) {
  const TemporaryDirectory directory(fast_parent());
  write_sql_history(directory.path(), 6);
  const CollectedRun collected(directory.path());
  database_.execute("INSERT INTO alembic_version VALUES ('00000001'); UPDATE alembic_version SET version_num = '00000004'");
  const State state = database_.read_state();
  require_finished(state);
  const Plan plan = collected.plan(state.rows);
  const Outcome outcome = run_.run(plan, collected.work(plan));
  EXPECT_EQ(states_of(outcome), "00000005:done 00000006:done");
  EXPECT_EQ(database_.effects(), (std::vector<std::string>{"t5", "t6"}));
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"00000006"});
}

struct FailureCase {
  const char* name;
  const char* up;
  const char* verify;
  const char* told;
};

const FailureCase failures[] = {
    {"syntax error", "CREATE TABLE bad (id int);\nCREAT TABLE x (id int);\n", "",
     "9: revision bad failed: syntax error at or near \"CREAT\" (bad/up.sql, line 2, column 1)"},
    {"unknown column, behind letters of several bytes", "CREATE TABLE bad (\"é€😀\" int);\nSELECT \"é€😀\", nope FROM bad;\n", "",
     "9: revision bad failed: column \"nope\" does not exist (bad/up.sql, line 2, column 15)"},
    {"runtime error", "CREATE TABLE bad (id int);\nSELECT 1 / (SELECT count(*) FROM bad);\n", "",
     "9: revision bad failed: division by zero (bad/up.sql, line 2)"},
    {"error inside a function",
     "CREATE TABLE bad (id int);\nDO $$ BEGIN\n  PERFORM nope FROM bad;\nEND $$;\n", "",
     "9: revision bad failed: column \"nope\" does not exist (bad/up.sql, line 2)"},
    {"constraint checked at COMMIT",
     "CREATE TABLE bad (id int PRIMARY KEY, up int REFERENCES bad DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO bad VALUES (1, 2);\n", "",
     "9: revision bad failed at COMMIT: insert or update on table \"bad\" violates foreign key constraint \"bad_up_fkey\""},
    {"verify step that finds a row", "CREATE TABLE bad (id int);\nINSERT INTO bad VALUES (7);\n",
     "SELECT 1 WHERE false;\nSELECT id FROM bad WHERE id > 5;\n",
     "9: revision bad failed its verify step: it found {\"id\":7} (bad/verify.sql, line 2)"},
    {"verify step that finds a row of NULL", "CREATE TABLE bad (id int);\nINSERT INTO bad VALUES (NULL);\n", "(SELECT id FROM bad)",
     "9: revision bad failed its verify step: it found {\"id\":null} (bad/verify.sql, line 1)"},
    {"verify step that fails", "CREATE TABLE bad (id int);\n", "SELECT é FROM bad",
     "9: revision bad failed: column \"é\" does not exist (bad/verify.sql, line 1, column 8)"},
    {"read-only transaction", "CREATE TABLE bad (id int);\nSET TRANSACTION READ ONLY;\n", "",
     "9: revision bad failed while recording it: cannot execute SELECT in a read-only transaction"},
    {"version table dropped", "CREATE TABLE bad (id int);\nDROP TABLE alembic_version;\n", "",
     "9: revision bad failed while recording it: relation \"public.alembic_version\" does not exist"},
};

TEST_F(WindowOnServer, leaves_exactly_the_revisions_before_a_failure) {
  for (const FailureCase& row : failures) {
    SCOPED_TRACE(row.name);
    database_.clear();
    ScriptedRun run(database_.channel());
    run.tables("t", 4).verified("bad", row.up, row.verify).tables("u", 3);
    const Outcome outcome = run.run();
    EXPECT_EQ(told(outcome), row.told);
    EXPECT_EQ(outcome.done(), 4u);
    EXPECT_EQ(database_.rows(), std::vector<std::string>{"t04"});
    EXPECT_EQ(database_.effects(), (std::vector<std::string>{"t01", "t02", "t03", "t04"}));
    EXPECT_EQ(database_.value("SELECT state FROM cairn_journal WHERE revision = 'bad'"), "failed");
    EXPECT_FALSE(database_.channel().in_transaction());
    EXPECT_TRUE(database_.lock_is_held());
  }
}

TEST(WindowOnLatin1, leaves_exactly_the_revisions_before_a_text_it_cannot_take) {
  Session(TestServer::shared().conninfo("postgres"))
      .execute("CREATE DATABASE latin1 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
  EngineDatabase database("latin1");
  ScriptedRun run(database.channel());
  run.tables("t", 4).sql("bad", "CREATE TABLE bad (id int);\nCOMMENT ON TABLE bad IS '☃';\n").tables("u", 3);
  const Outcome outcome = run.run();
  EXPECT_EQ(outcome.error->sqlstate(), "22P05");
  EXPECT_EQ(states_of(outcome), "t01:done t02:done t03:done t04:done bad:failed u01:untouched u02:untouched u03:untouched");
  EXPECT_EQ(database.rows(), std::vector<std::string>{"t04"});
  EXPECT_EQ(database.effects(), (std::vector<std::string>{"t01", "t02", "t03", "t04"}));
}

TEST_F(WindowOnServer, applies_nothing_when_the_rows_changed_since_the_plan) {
  struct Case {
    const char* change;
    const char* found;
  };
  const Case cases[] = {
      {"INSERT INTO alembic_version VALUES ('other')", "they are other, expected (none)"},
      {"INSERT INTO alembic_version VALUES ('t01')", "they are t01, expected (none)"},
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

TEST_F(WindowOnServer, stops_at_the_revision_under_which_the_rows_changed) {
  run_.tables("t", 2).sql("mid", "CREATE TABLE mid (id int); INSERT INTO public.alembic_version VALUES ('branch');").tables("u", 2);
  EXPECT_EQ(told(run_.run()),
            "8: the version rows changed while revision mid was being upgraded: they are branch t02, expected t02");
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"t02"});
  EXPECT_EQ(database_.effects(), (std::vector<std::string>{"t01", "t02"}));
}

TEST_F(WindowOnServer, keeps_its_books_among_objects_named_like_the_servers_own) {
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

TEST_F(WindowOnServer, finds_changed_rows_among_objects_named_like_the_servers_own) {
  run_.sql("a", "CREATE FUNCTION public.yes(pg_catalog.text[], pg_catalog.text[]) RETURNS boolean LANGUAGE sql AS 'SELECT true';"
                "CREATE OPERATOR public.= (LEFTARG = pg_catalog.text[], RIGHTARG = pg_catalog.text[], FUNCTION = public.yes);"
                "SET search_path = public, pg_catalog;"
                "INSERT INTO public.alembic_version VALUES ('other')");
  EXPECT_EQ(told(run_.run()), "8: the version rows changed while revision a was being upgraded: they are other, expected (none)");
}

TEST_F(WindowOnServer, feeds_the_copy_blocks_of_a_file) {
  run_.tables("t", 2)
      .sql("c", "CREATE TABLE c (a text, b text);\n"
                "COPY c (a, b) FROM stdin;\n"
                "semi;colon\tit's \"quoted\"; DROP TABLE t01;\n"
                "$$\t\\N\n"
                "\\.\n"
                "COPY c FROM STDIN WITH (FORMAT csv);\n"
                "\"a;\n\\.b\",c\n"
                "\\.\n"
                "CREATE INDEX ON c (a);\n"
                "INSERT INTO c VALUES ('last', 'é');\n")
      .tables("u", 2);
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(outcome.round_trips, 3u);
  EXPECT_EQ(database_.column("SELECT a || '|' || coalesce(b, 'NULL') FROM c ORDER BY 1"),
            (std::vector<std::string>{"$$|NULL", "a;\n\\.b|c", "last|é", "semi;colon|it's \"quoted\"; DROP TABLE t01;"}));
}

TEST_F(WindowOnServer, names_the_line_of_a_copy_that_fails_and_leaves_what_lies_before) {
  run_.tables("t", 2).sql("c", "CREATE TABLE c (a int);\nCOPY c FROM stdin;\n1\nx\n\\.\nCREATE INDEX ON c (a);\n").tables("u", 1);
  EXPECT_EQ(told(run_.run()), "9: revision c failed: invalid input syntax for type integer: \"x\" (c/up.sql, line 2)");
  EXPECT_EQ(difference_from_rows(database_, run_.plan()), "");
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"t02"});
}

TEST_F(WindowOnServer, tells_the_journal_who_did_what_when) {
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

TEST_F(WindowOnServer, shows_another_session_which_revision_is_being_applied) {
  run_.sql("a", "CREATE TABLE a (seen text);")
      .sql("b", "INSERT INTO a SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid();");
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(database_.value("SELECT seen FROM a"), "cairn b");
}

}  // namespace
}  // namespace cairn::test
