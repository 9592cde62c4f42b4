#include "smoke/ladder_run.hpp"

#include "support/test_database.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

TestRevision table(const std::string& id) {
  return {.id = id, .up = "CREATE TABLE " + id + " (n int)", .down = "DROP TABLE " + id};
}

TEST(Ladder, passes_revisions_that_come_back_as_they_were) {
  LadderRun run({table("a"), table("b"), table("c")});
  EXPECT_EQ(run.climb().verdicts(), "a: passed passed passed\nb: passed passed passed\nc: passed passed passed\nchain: passed passed\n");
}

TEST(Ladder, goes_on_after_a_broken_downgrade_as_if_it_had_never_gone_down) {
  LadderRun run({table("a"), {.id = "b", .up = "CREATE TABLE b (n int)", .down = "DROP TABLE b; SELECT 1 / 0"}, table("c"), table("d")});
  EXPECT_EQ(run.climb().verdicts(),
            "a: passed passed passed\nb: passed failed -\nc: passed passed passed\nd: passed passed passed\nchain: failed -\n");
  EXPECT_EQ(run.faults("b"), "downgrade-fails: revision b failed in its downgrade: division by zero\n");
  EXPECT_EQ(run.faults_of_chain(), "chain-down-fails: it stops at b after 2 downgrades: revision b failed in its downgrade: division by zero\n");
}

TEST(Ladder, leaves_out_what_rests_on_an_upgrade_that_fails_and_proves_the_rest) {
  LadderRun run({table("a"),
                 {.id = "b", .up = "CREATE TABLE nowhere.b (n int)", .down = "", .parents = {{"a"}}},
                 {.id = "c", .up = "CREATE TABLE c (n int)", .down = "DROP TABLE c", .parents = {{"b"}}},
                 {.id = "d", .up = "CREATE TABLE d (n int)", .down = "DROP TABLE d", .parents = {{"a"}}},
                 {.id = "e", .up = "", .down = "", .parents = {{"c", "d"}}}});
  EXPECT_EQ(run.climb().verdicts(), "a: passed passed passed\nb: failed - -\nc: - - -\nd: passed passed passed\ne: - - -\nchain: passed passed\n");
  EXPECT_EQ(run.proof("c").up.why, "it rests on b, which could not be applied");
  EXPECT_EQ(run.proof("e").up.why, "it rests on c, which could not be applied");
}

TEST(Ladder, proves_both_branches_and_their_merge) {
  LadderRun run({table("a"),
                 {.id = "b", .up = "CREATE TABLE b (n int)", .down = "DROP TABLE b", .parents = {{"a"}}},
                 {.id = "c", .up = "CREATE TABLE c (n int)", .down = "DROP TABLE c", .parents = {{"a"}}},
                 {.id = "d", .up = "", .down = "", .parents = {{"b", "c"}}}});
  EXPECT_EQ(run.climb().verdicts(), "a: passed passed passed\nb: passed passed passed\nc: passed passed passed\nd: passed passed passed\nchain: passed passed\n");
}

TEST(Ladder, goes_down_no_further_than_the_last_irreversible_revision) {
  LadderRun run({table("a"), {.id = "b", .up = "CREATE TABLE b (n int)", .down = std::nullopt}, table("c")});
  EXPECT_EQ(run.climb().verdicts(), "a: passed passed passed\nb: passed - -\nc: passed passed passed\nchain: passed passed\n");
  EXPECT_EQ(run.proof("b").down.why, "it is declared irreversible");
  EXPECT_EQ(run.chain().steps, 1U);
  EXPECT_EQ(run.chain().stopped_at, "b");
}

TEST(Ladder, tells_single_downgrades_from_the_whole_way_down) {
  // Each is right where it stands; but only as long as nobody has gone further down before.
  LadderRun run({{.id = "a", .up = "CREATE TABLE a (n int)", .down = "DROP TABLE a"},
                 {.id = "b", .up = "ALTER TABLE a ADD COLUMN m int; ALTER TABLE a DROP COLUMN n", .down = "ALTER TABLE a ADD COLUMN n int; ALTER TABLE a DROP COLUMN m"},
                 {.id = "c", .up = "DROP TABLE a; CREATE TABLE a (m int)", .down = "DROP TABLE a; CREATE TABLE a (m int, n int)"}});
  EXPECT_EQ(run.climb().verdicts(), "a: passed passed passed\nb: passed passed passed\nc: passed differs passed\nchain: failed -\n");
  EXPECT_EQ(run.chain().taken, 1U);
}

TEST(Ladder, gives_up_a_revision_that_hangs_and_proves_the_others) {
  LadderRun run({table("a"), {.id = "b", .up = "SELECT pg_sleep(600)", .down = ""}, {.id = "c", .up = "CREATE TABLE c (n int)", .down = "DROP TABLE c", .parents = {{"a"}}}});
  EXPECT_EQ(run.deadline(std::chrono::seconds(3)).climb().verdicts(), "a: passed passed passed\nb: failed - -\nc: passed passed passed\nchain: passed passed\n");
  EXPECT_EQ(run.faults("b"), "upgrade-fails: it did not end within 3 s, and was given up\n");
}

TEST(Ladder, only_applies_what_it_was_not_asked_for) {
  LadderRun run({table("a"), table("b"), table("c")});
  EXPECT_EQ(run.climb({"b"}).verdicts(), "a: - - -\nb: passed passed passed\nc: - - -\nchain: passed passed\n");
}

TEST(Ladder, proves_what_runs_outside_a_transaction) {
  LadderRun run({table("a"), {.id = "b", .up = "CREATE INDEX CONCURRENTLY a_n ON a (n)", .down = "DROP INDEX CONCURRENTLY a_n", .transactional = false}});
  EXPECT_EQ(run.climb().verdicts(), "a: passed passed passed\nb: passed passed passed\nchain: passed passed\n");
}

TEST(Ladder, starts_anew_after_a_failure_half_way_outside_a_transaction) {
  LadderRun run({table("a"),
                 {.id = "b", .up = "CREATE INDEX CONCURRENTLY a_n ON a (n); SELECT 1 / 0", .down = "", .transactional = false},
                 {.id = "c", .up = "CREATE INDEX a_n ON a (n)", .down = "DROP INDEX a_n", .parents = {{"a"}}}});
  EXPECT_EQ(run.climb().verdicts(), "a: passed passed passed\nb: failed - -\nc: passed passed passed\nchain: passed passed\n");
}

TEST(Ladder, proves_revisions_that_make_roles) {
  LadderRun run({table("a"), {.id = "b", .up = "CREATE ROLE ladder_role; GRANT SELECT ON a TO ladder_role", .down = "REVOKE ALL ON a FROM ladder_role; DROP ROLE ladder_role"}, table("c")});
  EXPECT_EQ(run.climb().verdicts(), "a: passed passed passed\nb: passed passed passed\nc: passed passed passed\nchain: passed passed\n");
  TestDatabase().execute("DROP ROLE ladder_role");
}

TEST(Ladder, makes_roles_anew_on_a_server_of_its_own) {
  LadderRun run({{.id = "a", .up = "CREATE ROLE ladder_role; CREATE TABLE a (n int); GRANT SELECT ON a TO ladder_role", .down = "DROP TABLE a; DROP ROLE ladder_role"},
                 {.id = "b", .up = "CREATE TABLE b (n int)", .down = "SELECT 1 / 0"},
                 {.id = "c", .up = "CREATE ROLE ladder_owner; CREATE TABLE c (n int); ALTER TABLE c OWNER TO ladder_owner", .down = "DROP TABLE c"},
                 {.id = "d", .up = "CREATE TABLE d (n int); GRANT SELECT ON d TO ladder_role", .down = "DROP TABLE d", .parents = {{"a"}}}});
  EXPECT_EQ(run.on_own_server().climb().verdicts(),
            "a: passed passed passed\nb: passed failed -\nc: passed passed failed\nd: passed passed passed\nchain: failed -\n");
  EXPECT_EQ(run.faults("c"), "second-upgrade-fails: revision c failed: role \"ladder_owner\" already exists\n");
  TestDatabase().execute("DROP ROLE ladder_role");
}

TEST(Ladder, drops_roles_that_the_ground_knows) {
  LadderRun run({{.id = "a", .up = "DROP OWNED BY ladder_role; DROP ROLE ladder_role", .down = "CREATE ROLE ladder_role; GRANT SELECT ON ground TO ladder_role"},
                 {.id = "b", .up = "CREATE TABLE b (n int)", .down = "DROP TABLE b; SELECT 1 / 0"}, table("c")},
                "CREATE ROLE ladder_role; CREATE TABLE ground (n int); GRANT SELECT ON ground TO ladder_role");
  EXPECT_EQ(run.on_own_server().climb().verdicts(), "a: passed passed passed\nb: passed failed -\nc: passed passed passed\nchain: failed -\n");
}

TEST(Ladder, says_where_it_cannot_go_on) {
  LadderRun run({{.id = "a", .up = "CREATE ROLE ladder_role", .down = "DROP ROLE ladder_role"},
                 {.id = "b", .up = "CREATE TABLE b (n int)", .down = "SELECT 1 / 0"}, table("c")});
  EXPECT_EQ(run.climb().verdicts(), "a: passed passed passed\nb: passed failed -\nc: - - -\nchain: - -\n");
  EXPECT_EQ(run.faults_of_chain(), "cannot-go-on: all applied again in a new database: revision a failed: role \"ladder_role\" already exists\n");
  EXPECT_EQ(run.proof("c").up.why, "no clean database could be made for it");
  TestDatabase().execute("DROP ROLE ladder_role");
}

TEST(Ladder, says_what_an_upgrade_made) {
  LadderRun run({table("a"), {.id = "b", .up = "CREATE INDEX a_n ON a (n); COMMENT ON TABLE a IS 'x'", .down = "DROP INDEX a_n; COMMENT ON TABLE a IS NULL"}});
  run.climb();
  std::string made;
  for (const Difference& difference : run.proof("b").made) made += describe(difference) + "\n";
  EXPECT_EQ(made, "left over: comment table public.a\nleft over: index public.a_n\n");
}

TEST(Ladder, leaves_no_database_behind) {
  LadderRun run({table("a"), {.id = "b", .up = "CREATE TABLE b (n int)", .down = ""}});
  run.climb();
  TestDatabase database;
  EXPECT_EQ(database.value("SELECT count(*) FROM pg_database WHERE datname LIKE 'cairn_smoke%'"), "0");
}

TEST(Scratch, drops_nothing_that_it_did_not_make) {
  TestDatabase database;
  Scratch scratch(parse_database(database.conninfo()));
  EXPECT_THROW(scratch.drop(database.name()), Error);
  EXPECT_EQ(database.value("SELECT 1"), "1");
}

TEST(Scratch, finds_what_killed_runs_left_and_not_what_others_work_with) {
  TestDatabase database;
  database.execute("CREATE DATABASE cairn_smoke_0000beef_7");
  Scratch other(parse_database(database.conninfo()));
  other.create();
  EXPECT_EQ(Scratch(parse_database(database.conninfo())).find_left_over(), std::vector<std::string>{"cairn_smoke_0000beef_7"});
  database.execute("DROP DATABASE cairn_smoke_0000beef_7");
}

TEST(Scratch, says_which_right_is_lacking) {
  TestDatabase database;
  database.execute("CREATE ROLE plain_smoker LOGIN");
  try {
    Scratch scratch(parse_database(TestServer::shared().conninfo(database.name(), "plain_smoker")));
    scratch.create();
    FAIL() << "a role without rights made a database";
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "no scratch database can be made: permission denied to create database");
    EXPECT_NE(error.hint().find("CREATEDB"), std::string::npos);
  }
  database.execute("DROP ROLE plain_smoker");
}

}  // namespace
}  // namespace cairn::test
