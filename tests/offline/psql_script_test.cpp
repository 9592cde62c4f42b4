#include "offline/psql_script.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace cairn::test {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

/// A plan of one or more SQL revisions, each resting on the one before.
class ScriptContents {
 public:
  ScriptContents& add(const std::string& id, const std::string& up, bool transactional = true) {
    Revision& revision = revisions_.emplace_back();
    revision.id = id;
    revision.kind = RevisionKind::sql;
    revision.transactional = transactional;
    Work work{.step = {&revision, Direction::up, content_.rows_after, {id}}, .pieces = {}};
    work.pieces.push_back({.body = parse_body(id + "/up.sql", up), .call = {}, .verifies = false});
    content_.work.push_back(std::move(work));
    content_.rows_after = {id};
    return *this;
  }

  Revision& last() { return revisions_.back(); }
  std::string script() const { return make_psql_script(content_, settings_); }
  ScriptContent& content() { return content_; }
  ScriptSettings& settings() { return settings_; }

 private:
  std::deque<Revision> revisions_;
  ScriptContent content_{.command = "upgrade", .rows_before = {}, .rows_after = {}, .work = {}};
  ScriptSettings settings_{.tables = {}, .lock_key = -7, .lock_wait = std::chrono::seconds(3), .program = "cairn 1.2.3"};
};

TEST(PsqlScript, says_first_how_it_is_applied_and_what_is_in_it) {
  ScriptContents contents;
  contents.add("a", "SELECT 1").last().message = "first\n\\! ls";
  contents.last().author = "Ana";
  const std::string script = contents.script();
  EXPECT_TRUE(script.starts_with("-- cairn 1.2.3: upgrade. Apply this script with\n--   psql -X -v ON_ERROR_STOP=1 -f FILE\n"));
  EXPECT_TRUE(has(script, "\n-- From base to a:\n--   up a first \\! ls\n")) << script;
  EXPECT_TRUE(has(script, "\n-- up a first \\! ls\n-- Ana\n\\echo 'up a first \\\\! ls (1 of 1)'\nBEGIN;\n")) << script;
  EXPECT_EQ(script.find("\n\\! ls"), script.npos);
}

TEST(PsqlScript, is_the_same_for_the_same_revisions_and_names_its_run_by_what_it_does) {
  const auto run_of = [](const std::string& script) { return script.substr(script.find("error) VALUES ('") + 16, 16); };
  ScriptContents one;
  ScriptContents other;
  one.add("a", "SELECT 1");
  other.add("a", "SELECT 2");
  EXPECT_EQ(one.script(), one.script());
  EXPECT_NE(run_of(one.script()), run_of(other.script()));
}

TEST(PsqlScript, keeps_every_step_in_a_transaction_with_its_books) {
  ScriptContents contents;
  const std::string script = contents.add("a", "SELECT a").add("b", "SELECT b").script();
  const char* order[] = {"BEGIN;\nSET LOCAL application_name = 'cairn a';\nSET LOCAL lock_timeout = '3000ms';", "-- a/up.sql\nSELECT a;\n",
                         "RESET ROLE;", "expected {}", "INSERT INTO \"public\".\"alembic_version\"", "INSERT INTO \"public\".\"cairn_journal\"",
                         "COMMIT;\nBEGIN; RESET ALL;", "SET client_encoding", "SELECT b;\n", "expected {a}", "COMMIT;", "pg_advisory_unlock('-7'"};
  std::size_t at = script.find("\\endif");
  for (const char* part : order) {
    at = script.find(part, at);
    EXPECT_NE(at, script.npos) << part;
  }
}

TEST(PsqlScript, writes_what_runs_outside_a_transaction_one_statement_at_a_time) {
  ScriptContents contents;
  const std::string script = contents.add("a", "VACUUM; CREATE INDEX CONCURRENTLY i ON t (a)", false).script();
  const char* order[] = {"'a', 'up', 1, 'started'", "COMMIT;\nVACUUM;\nBEGIN READ WRITE;", "'a', 'up', 1, 'done'", "'a', 'up', 2, 'started'",
                         "COMMIT;\nCREATE INDEX CONCURRENTLY i ON t (a);\nBEGIN READ WRITE;", "'a', 'up', 2, 'done'", "'a', 'up', NULL, 'done'",
                         "COMMIT;\nRESET SESSION AUTHORIZATION;"};
  std::size_t at = script.find("\\endif");
  for (const char* part : order) {
    at = script.find(part, at);
    EXPECT_NE(at, script.npos) << part << "\n" << script;
  }
}

TEST(PsqlScript, needs_the_newest_server_that_one_of_its_upgrades_needs) {
  ScriptContents contents;
  contents.add("a", "SELECT 1").last().min_server_version = 140002;
  contents.add("b", "SELECT 1").last().min_server_version = 120000;
  EXPECT_TRUE(has(contents.script(), "'server_version_num')::integer < 140002"));
  EXPECT_TRUE(has(contents.script(), "needs PostgreSQL 14.2 or newer"));
}

TEST(PsqlScript, stamps_without_asking_what_was_left_unfinished) {
  ScriptContents contents;
  contents.content() = {.command = "stamp", .rows_before = {"a"}, .rows_after = {"b"}, .work = {}};
  const std::string script = contents.script();
  EXPECT_TRUE(has(script, "version_num = 'b'"));
  EXPECT_FALSE(has(script, "stopped half-way"));
}

TEST(PsqlScript, quotes_whatever_the_tables_are_called) {
  ScriptContents contents;
  contents.settings().tables = {.schema = "it's", .version_table = "a\"b$cairn$", .journal_table = "j"};
  const std::string script = contents.add("a", "SELECT 1").script();
  EXPECT_TRUE(has(script, "DO $cairn1$"));
  EXPECT_TRUE(has(script, R"(to_regclass('"it''s"."a""b$cairn$"'))"));
}

}  // namespace
}  // namespace cairn::test
