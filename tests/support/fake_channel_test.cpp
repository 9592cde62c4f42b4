#include "support/fake_channel.hpp"

#include "support/recording_observer.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

std::vector<std::string> tags_of(const Reply& reply) {
  std::vector<std::string> tags;
  for (const Result& result : reply.results) tags.push_back(result.tag);
  return tags;
}

struct TagCase {
  const char* sql;
  std::vector<std::string> tags;
};

TEST(FakeChannel, answers_statements_with_their_tags) {
  const TagCase cases[] = {
      {"BEGIN; SET LOCAL a = 'x;y'; CREATE TABLE t (); COMMIT", {"BEGIN", "SET", "CREATE TABLE", "COMMIT"}},
      {"INSERT INTO t VALUES ($$;$$); -- a; comment\nselect 1", {"INSERT 0 0", "SELECT 0"}},
      {"CREATE UNIQUE INDEX i ON t (a); CREATE OR REPLACE FUNCTION f() RETURNS int AS $x$ BEGIN; END $x$",
       {"CREATE INDEX", "CREATE FUNCTION"}},
      {"DISCARD TEMP; DEALLOCATE ALL; CLOSE ALL; RESET ALL; UNLISTEN *",
       {"DISCARD TEMP", "DEALLOCATE ALL", "CLOSE ALL", "RESET", "UNLISTEN"}},
      {"", {}},
  };
  for (const TagCase& row : cases) {
    FakeChannel channel;
    EXPECT_EQ(tags_of(channel.exchange({row.sql, {}, {}})), row.tags) << row.sql;
    EXPECT_EQ(channel.round_trips(), 1u);
  }
}

TEST(FakeChannel, skips_the_rest_after_a_failure_and_stays_in_the_transaction) {
  FakeChannel channel;
  channel.fail("broken", "42601");
  const Reply reply = channel.exchange({"BEGIN; SELECT broken; COMMIT", {}, {}});
  EXPECT_EQ(tags_of(reply), std::vector<std::string>{"BEGIN"});
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "42601");
  EXPECT_TRUE(channel.in_transaction());
  EXPECT_EQ(channel.statements().size(), 2u);
  EXPECT_EQ(channel.exchange({"SELECT 1", {}, {}}).failure->sqlstate, "25P02");
  EXPECT_EQ(tags_of(channel.exchange({"COMMIT", {}, {}})), std::vector<std::string>{"ROLLBACK"});
  EXPECT_FALSE(channel.in_transaction());
}

TEST(FakeChannel, refuses_a_text_as_a_whole) {
  FakeChannel channel;
  channel.refuse("CREAT TABLE").refuse_anywhere("☃");
  const Reply placed = channel.exchange({"BEGIN; SELECT 'é'; CREAT TABLE t", {}, {}});
  EXPECT_TRUE(placed.results.empty());
  ASSERT_TRUE(placed.failure);
  EXPECT_EQ(placed.failure->position, 20u);
  EXPECT_FALSE(channel.in_transaction());
  const Reply unplaced = channel.exchange({"SELECT '☃'", {}, {}});
  ASSERT_TRUE(unplaced.failure);
  EXPECT_EQ(unplaced.failure->position, 0u);
}

TEST(FakeChannel, recovers_at_a_savepoint) {
  FakeChannel channel;
  channel.fail("broken", "22012").once();
  channel.exchange({"BEGIN; SAVEPOINT s; SELECT broken", {}, {}});
  EXPECT_FALSE(channel.exchange({"ROLLBACK TO SAVEPOINT s; SELECT broken", {}, {}}).failure);
  EXPECT_TRUE(channel.in_transaction());
}

TEST(FakeChannel, applies_the_first_rule_that_matches) {
  FakeChannel channel;
  channel.answer("rows", {"SELECT 1", {"a"}, {{"1"}}}).once();
  channel.answer("rows", {"SELECT 1", {"a"}, {{"2"}}});
  EXPECT_EQ(channel.exchange({"SELECT rows", {}, {}}).results[0].rows[0][0], "1");
  EXPECT_EQ(channel.exchange({"SELECT rows", {}, {}}).results[0].rows[0][0], "2");
}

TEST(FakeChannel, stays_lost) {
  FakeChannel channel;
  channel.lose("COMMIT").once();
  EXPECT_TRUE(channel.exchange({"BEGIN; COMMIT", {}, {}}).lost);
  EXPECT_TRUE(channel.exchange({"SELECT 1", {}, {}}).lost);
  EXPECT_EQ(channel.round_trips(), 1u);
  EXPECT_FALSE(channel.in_transaction());
}

TEST(FakeChannel, keeps_the_data_of_copies) {
  FakeChannel channel;
  EXPECT_FALSE(channel.begin_copy_in("COPY t FROM STDIN").failure);
  EXPECT_TRUE(channel.write_copy("1\n"));
  EXPECT_TRUE(channel.write_copy("2\n"));
  EXPECT_EQ(channel.end_copy_in(std::nullopt).results.at(0).tag, "COPY 2");
  EXPECT_EQ(channel.copied(), std::vector<std::string>{"1\n2\n"});
  EXPECT_EQ(channel.round_trips(), 2u);
}

TEST(RecordingObserver, writes_one_line_per_event) {
  Revision revision;
  revision.id = "a";
  const Step step{&revision, Direction::down, {}, {}};
  RecordingObserver observer;
  observer.window_sent(step, 3);
  observer.step_done(step);
  observer.log(LogLevel::notice, "hello");
  EXPECT_EQ(observer.events(), (std::vector<std::string>{"window 3 from -a", "done -a", "notice: hello"}));
}

}  // namespace
}  // namespace cairn::test
