#include "script_database.hpp"

#include <cairn/abi.h>
#include <gtest/gtest.h>

// Scripts applied by psql against runs of the same revisions.

namespace cairn::test {
namespace {

const Words nothing{};

ScriptProject& add_line(ScriptProject& project) {
  return project
      .add({.id = "a1", .message = "it's the first\n\\! false", .up = "-- nombre: ñ\nCREATE TABLE a (id int PRIMARY KEY, body text);\n",
            .down = "DROP TABLE a", .verify = "SELECT id FROM a"})
      .add({.id = "b1", .down_revisions = {"a1"},
            .up = "COPY a (id, body) FROM stdin; -- data\n1\t:USER\n2\tback\\\\slash\n\\.\nINSERT INTO a VALUES (3, ':USER') -- three",
            .down = "DELETE FROM a"})
      .add({.id = "c1", .down_revisions = {"b1"},
            .up = "SET search_path = pg_temp; SET ROLE pg_monitor; RESET ROLE; CREATE TABLE public.c (ids int[]);\n"
                  "CREATE FUNCTION public.f(n int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT n; SELECT 1; END;\n"
                  "INSERT INTO public.c VALUES ((ARRAY[1,2,3])[1:2])",
            .down = "DROP FUNCTION f; DROP TABLE c;"});
}

TEST(Scripts, do_what_a_run_does) {
  ScriptProject project;
  add_line(project);
  EXPECT_EQ(differences_of(project, {"upgrade", "head"}), nothing);
}

TEST(Scripts, go_up_and_down_in_pieces) {
  ScriptProject project;
  add_line(project);
  EXPECT_EQ(differences_of(project, {{"upgrade", "b1"}, {"upgrade", "head"}, {"downgrade", "a1"}, {"upgrade", "+1"}},
                           {{"upgrade", "--sql", "b1"}, {"upgrade", "--sql", "b1:head"}, {"downgrade", "--sql", "c1:a1"},
                            {"upgrade", "--sql", "a1:+1"}}),
            nothing);
  EXPECT_EQ(differences_of(project, {{"upgrade", "head"}, {"downgrade", "base"}},
                           {{"upgrade", "--sql", "base:head"}, {"downgrade", "--sql", "head:base"}}),
            nothing);
}

TEST(Scripts, hold_the_values_of_variables) {
  ScriptProject project;
  project.add({.id = "a1", .up = "CREATE TABLE a (body text DEFAULT :'v'); INSERT INTO a DEFAULT VALUES; ALTER TABLE a RENAME TO :\"v\"",
               .down = "DROP TABLE :\"v\"", .verify = "SELECT body FROM :\"v\" WHERE body <> :'v'"});
  for (const char* value : {"plain", "it's :USER :'USER' \\ \"x\"", "\\'; \\! false --", "two\nlines"})
    EXPECT_EQ(differences_of(project, {"upgrade", "head", "-x", std::string("v=") + value}), nothing) << value;
}

TEST(Scripts, give_an_older_journal_what_it_lacks) {
  ScriptProject project;
  add_line(project);
  TestDatabase database;
  const std::string tags = "SELECT string_agg(coalesce(tag, '-'), ' ' ORDER BY entry) FROM cairn_journal";
  ASSERT_EQ(apply_script(database, project.script({"upgrade", "--sql", "a1", "--tag", "it's"})).err, "");
  EXPECT_EQ(database.value(tags), "it's");
  database.execute("ALTER TABLE cairn_journal DROP COLUMN tag, DROP COLUMN source");
  ASSERT_EQ(apply_script(database, project.script({"upgrade", "--sql", "a1:b1"})).err, "");
  ASSERT_EQ(apply_script(database, project.script({"upgrade", "--sql", "b1:c1", "--tag", "T"})).err, "");
  ASSERT_EQ(apply_script(database, project.script({"stamp", "--sql", "c1:b1", "--tag", "S"})).err, "");
  EXPECT_EQ(database.value(tags), "- - T S");
}

TEST(Scripts, keep_the_rows_of_branches_and_merges) {
  ScriptProject project;
  project.add({.id = "root", .up = "CREATE TABLE root ()", .down = "DROP TABLE root"})
      .add({.id = "left", .down_revisions = {"root"}, .labels = {"links"}, .up = "CREATE TABLE l ()", .down = "DROP TABLE l"})
      .add({.id = "right", .down_revisions = {"root"}, .up = "CREATE TABLE r ()", .down = "DROP TABLE r"})
      .add({.id = "merge", .down_revisions = {"left", "right"}, .up = "CREATE TABLE m ()", .down = "DROP TABLE m"})
      .add({.id = "aside", .depends_on = {"links"}, .up = "CREATE TABLE s ()", .down = "DROP TABLE s"});
  EXPECT_EQ(differences_of(project, {"upgrade", "heads"}), nothing);
  EXPECT_EQ(differences_of(project, {{"upgrade", "merge"}, {"downgrade", "left"}}, {{"upgrade", "--sql", "merge"},
                                                                                    {"downgrade", "--sql", "merge:left"}}),
            nothing);
  EXPECT_EQ(differences_of(project, {{"upgrade", "left"}, {"upgrade", "right"}, {"upgrade", "heads"}},
                           {{"upgrade", "--sql", "left"}, {"upgrade", "--sql", "left:right"}, {"upgrade", "--sql", "right,left:heads"}}),
            nothing);
  EXPECT_EQ(differences_of(project, {{"stamp", "links", "right"}}, {{"stamp", "--sql", "links", "right"}}), nothing);
}

TEST(Scripts, run_one_statement_at_a_time_what_runs_outside_a_transaction) {
  ScriptProject project;
  project.add({.id = "a1", .up = "CREATE TABLE a (id int)", .down = "DROP TABLE a"})
      .add({.id = "b1", .down_revisions = {"a1"},
            .up = "CREATE INDEX CONCURRENTLY i ON a (id); COPY a FROM stdin;\n7\n\\.\nVACUUM a;\nSET ROLE pg_monitor;",
            .down = "DROP INDEX CONCURRENTLY i; VACUUM a", .verify = "SELECT 1 WHERE to_regclass('i') IS NULL",
            .flags = CAIRN_FLAG_NON_TRANSACTIONAL})
      .add({.id = "c1", .down_revisions = {"b1"}, .up = "-- nothing", .down = "", .flags = CAIRN_FLAG_NON_TRANSACTIONAL});
  EXPECT_EQ(differences_of(project, {"upgrade", "head"}), nothing);
  EXPECT_EQ(differences_of(project, {{"upgrade", "head"}, {"downgrade", "base"}},
                           {{"upgrade", "--sql", "head"}, {"downgrade", "--sql", "head:base"}}),
            nothing);
}

TEST(Scripts, hold_what_the_code_of_a_revision_sends) {
  ScriptProject project;
  project.add_code("records");
  EXPECT_EQ(differences_of(project, {"upgrade", "head"}), nothing);
  EXPECT_EQ(differences_of(project, {"upgrade", "head", "-x", "tenant=it's \\ :USER"}), nothing);
}

TEST(Scripts, take_what_the_code_says_for_the_case_that_nobody_answers) {
  ScriptProject project;
  project.add_code("records").add_code("asks_only_online");
  EXPECT_EQ(differences_of(project, {"upgrade", "head"}), nothing);
  // Its downgrade looks at a number of rows.
  const Finished refused = project.cairn({"downgrade", "--sql", "head:-1"});
  EXPECT_EQ(refused.code, 4);
  EXPECT_EQ(refused.out, "");
  EXPECT_NE(refused.err.find("a number of rows, which nobody knows"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("asks_only_online.cpp, line 15"), std::string::npos) << refused.err;
}

TEST(Scripts, stamp_without_running_anything) {
  ScriptProject project;
  add_line(project);
  EXPECT_EQ(differences_of(project, {{"stamp", "b1"}, {"stamp", "head"}, {"stamp", "base"}},
                           {{"stamp", "--sql", "b1"}, {"stamp", "--sql", "b1:head"}, {"stamp", "--sql", "c1:base"}}),
            nothing);
}

TEST(Scripts, use_the_tables_that_the_project_names) {
  ScriptProject project;
  add_line(project);
  const TemporaryDirectory folder;
  TestDatabase database;
  database.execute("CREATE SCHEMA \"it's\"");
  const std::filesystem::path file = folder / "cairn.toml";
  write_file(file, "[state]\nschema = \"it's\"\nversion_table = \"ver\\\"sions\"\njournal_table = \"j\"\n");
  const Finished finished = apply_script(database, project.script({"upgrade", "--sql", "head", "--config", file.string()}));
  EXPECT_TRUE(finished.ok()) << finished.err;
  EXPECT_EQ(database.value(R"(SELECT version_num FROM "it's"."ver""sions")"), "c1");
  EXPECT_EQ(database.value(R"(SELECT count(*) FROM "it's".j)"), "3");
  EXPECT_EQ(project.cairn({"upgrade", "head", "--config", file.string()}, database.url()).code, 0);
}

TEST(Scripts, note_the_tag_they_were_written_with) {
  ScriptProject project;
  add_line(project);
  TestDatabase database;
  ASSERT_TRUE(apply_script(database, project.script({"upgrade", "--sql", "a1", "--tag", "it's 1.0"})).ok());
  ASSERT_TRUE(apply_script(database, project.script({"upgrade", "--sql", "a1:head"})).ok());
  EXPECT_EQ(database.column("SELECT coalesce(tag, 'none') FROM public.cairn_journal ORDER BY entry"), (Words{"it's 1.0", "none", "none"}));
}

TEST(Scripts, tell_at_which_revision_psql_is) {
  ScriptProject project;
  add_line(project);
  TestDatabase database;
  const Finished finished = apply_script(database, project.script({"upgrade", "--sql", "head"}));
  EXPECT_NE(finished.out.find("up a1 it's the first \\! false (1 of 3)\n"), std::string::npos) << finished.out;
  EXPECT_TRUE(finished.out.ends_with("done: at c1\n")) << finished.out;
  EXPECT_EQ(finished.err, "");
}

}  // namespace
}  // namespace cairn::test
