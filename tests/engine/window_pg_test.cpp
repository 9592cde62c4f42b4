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
    {"verify step that gives back what it changes", "CREATE TABLE bad (id int);\nINSERT INTO bad VALUES (7);\n",
     "UPDATE bad SET id = 8 WHERE id > 7 RETURNING id;\nDELETE FROM bad RETURNING id, 'gone' AS why -- all\n",
     "9: revision bad failed its verify step: it found {\"id\":7,\"why\":\"gone\"} (bad/verify.sql, line 2)"},
    {"verify step that fails while it changes something", "CREATE TABLE bad (id int);\n", "DELETE FROM bad RETURNING é",
     "9: revision bad failed: column \"é\" does not exist (bad/verify.sql, line 1, column 27)"},
    {"verify step that fails", "CREATE TABLE bad (id int);\n", "SELECT é FROM bad",
     "9: revision bad failed: column \"é\" does not exist (bad/verify.sql, line 1, column 8)"},
    {"read-only transaction", "CREATE TABLE bad (id int);\nSET TRANSACTION READ ONLY;\n", "",
     "9: revision bad failed while recording it: cannot execute SELECT FOR UPDATE in a read-only transaction"},
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

}  // namespace
}  // namespace cairn::test
