#include "engine/scripted_run.hpp"

#include "support/fake_channel.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cairn::test {
namespace {

/// What a plugin's SDK makes of a failed call inside of its savepoint.
bool in_savepoint(StepHost& host, const std::function<void()>& work) {
  host.savepoint(SavepointAction::begin, call_at("c", 90));
  try {
    work();
    host.savepoint(SavepointAction::release, call_at("c", 91));
    return true;
  } catch (const HostCallFailed&) {
    host.savepoint(SavepointAction::rollback, call_at("c", 92));
    return false;
  }
}

class SavepointTest : public testing::Test {
 protected:
  FakeChannel channel_;
  ScriptedRun run_{channel_};
};

TEST_F(SavepointTest, sends_what_is_pending_before_a_savepoint_begins) {
  run_.code("b", [](StepHost& host) {
    host.execute("CREATE TABLE b ()", call_at("b", 3));
    EXPECT_TRUE(in_savepoint(host, [&] { host.execute("CREATE TABLE c ()", call_at("b", 4)); }));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  const auto& statements = channel_.statements();
  const auto at = [&](const std::string& sql) { return std::find(statements.begin(), statements.end(), sql) - statements.begin(); };
  EXPECT_LT(at("CREATE TABLE b ()"), at("SAVEPOINT cairn_1"));
  EXPECT_LT(at("SAVEPOINT cairn_1"), at("CREATE TABLE c ()"));
  EXPECT_LT(at("CREATE TABLE c ()"), at("RELEASE SAVEPOINT cairn_1"));
  EXPECT_LT(at("RELEASE SAVEPOINT cairn_1"), static_cast<std::ptrdiff_t>(statements.size()));
}

TEST_F(SavepointTest, recovers_from_what_fails_when_the_savepoint_is_released) {
  channel_.fail("TABLE c", "42P07", "exists");
  run_.code("b", [](StepHost& host) {
    EXPECT_FALSE(in_savepoint(host, [&] { host.execute("CREATE TABLE c ()", call_at("b", 4)); }));
    host.execute("CREATE TABLE d ()", call_at("b", 5));
  });
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_TRUE(channel_.sent("ROLLBACK TO SAVEPOINT cairn_1; RELEASE SAVEPOINT cairn_1"));
  EXPECT_TRUE(channel_.sent("TABLE d"));
}

TEST_F(SavepointTest, drops_what_is_pending_when_the_code_gives_a_savepoint_up) {
  run_.code("b", [](StepHost& host) {
    host.savepoint(SavepointAction::begin, call_at("b", 3));
    host.execute("CREATE TABLE c ()", call_at("b", 4));
    host.savepoint(SavepointAction::rollback, call_at("b", 5));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_FALSE(channel_.sent("TABLE c"));
}

TEST_F(SavepointTest, rolls_back_to_the_outer_savepoint_when_the_inner_one_never_began) {
  channel_.fail("TABLE c", "42P07", "exists");
  run_.code("b", [](StepHost& host) {
    EXPECT_FALSE(in_savepoint(host, [&] {
      host.execute("CREATE TABLE c ()", call_at("b", 4));
      in_savepoint(host, [] { FAIL() << "it never began"; });
    }));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_TRUE(channel_.sent("ROLLBACK TO SAVEPOINT cairn_1"));
  EXPECT_FALSE(channel_.sent("ROLLBACK TO SAVEPOINT cairn_2"));
}

TEST_F(SavepointTest, recovers_inside_a_nested_savepoint_alone) {
  channel_.fail("TABLE d", "42P07", "exists");
  run_.code("b", [](StepHost& host) {
    EXPECT_TRUE(in_savepoint(host, [&] {
      EXPECT_FALSE(in_savepoint(host, [&] { host.query("CREATE TABLE d ()", {}, call_at("b", 4)); }));
      host.execute("CREATE TABLE e ()", call_at("b", 5));
    }));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_TRUE(channel_.sent("ROLLBACK TO SAVEPOINT cairn_2"));
  EXPECT_TRUE(channel_.sent("TABLE e"));
}

TEST_F(SavepointTest, ends_a_copy_that_is_open_when_its_savepoint_is_given_up) {
  run_.code("b", [](StepHost& host) {
    host.savepoint(SavepointAction::begin, call_at("b", 3));
    host.begin_copy_in("COPY t FROM STDIN", call_at("b", 4));
    host.write_copy("1\n");
    host.savepoint(SavepointAction::rollback, call_at("b", 5));
    host.execute("CREATE TABLE d ()", call_at("b", 6));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_TRUE(channel_.copied().empty());
}

TEST_F(SavepointTest, refuses_to_end_a_savepoint_that_is_not_there) {
  for (const SavepointAction action : {SavepointAction::release, SavepointAction::rollback}) {
    FakeChannel channel;
    ScriptedRun run(channel);
    run.code("b", [&](StepHost& host) { host.savepoint(action, call_at("b", 3)); });
    EXPECT_EQ(told(run.run()), "9: revision b failed: there is no savepoint to end (b.cpp, line 3)");
  }
}

TEST_F(SavepointTest, does_not_recover_from_an_interrupt) {
  channel_.fail("SELECT 1", "57014", "canceling statement due to user request");
  channel_.on_text([this](const std::string& text) { run_.interrupted = text == "SELECT 1"; });
  run_.code("b", [](StepHost& host) {
    in_savepoint(host, [&] { host.query("SELECT 1", {}, call_at("b", 4)); });
    FAIL() << "the interrupt was swallowed";
  });
  EXPECT_EQ(told(run_.run()), "130: interrupted during revision b");
}

class CopyTest : public testing::Test {
 protected:
  FakeChannel channel_;
  ScriptedRun run_{channel_};
};

TEST_F(CopyTest, streams_a_copy_and_counts_its_rows) {
  std::uint64_t rows = 0;
  run_.code("b", [&](StepHost& host) {
    host.execute("CREATE TABLE t (a int)", call_at("b", 2));
    host.begin_copy_in("COPY t FROM STDIN", call_at("b", 3));
    host.write_copy("1\n2");
    host.write_copy("\n3\n");
    rows = host.end_copy_in(std::nullopt);
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(rows, 3u);
  EXPECT_EQ(channel_.copied(), std::vector<std::string>{"1\n2\n3\n"});
}

TEST_F(CopyTest, fails_the_step_whose_copy_was_given_up) {
  run_.code("b", [](StepHost& host) {
    host.begin_copy_in("COPY t FROM STDIN", call_at("b", 3));
    host.end_copy_in("thought better of it");
  });
  EXPECT_EQ(told(run_.run()), "9: revision b failed: the COPY was given up: thought better of it (b.cpp, line 3)");
}

TEST_F(CopyTest, allows_nothing_else_inside_a_copy_and_closes_it) {
  run_.code("b", [](StepHost& host) {
    host.begin_copy_in("COPY t FROM STDIN", call_at("b", 3));
    try {
      host.query("SELECT 1", {}, call_at("b", 4));
    } catch (const HostCallFailed&) {
    }
  });
  EXPECT_EQ(told(run_.run()), "9: revision b failed: a COPY is still open (b.cpp, line 3)");
  EXPECT_TRUE(channel_.copied().empty());
  EXPECT_FALSE(channel_.in_transaction());
}

struct NoCopy {
  const char* sql;
  bool in;
};

TEST_F(CopyTest, takes_one_copy_of_its_direction_and_nothing_else) {
  const NoCopy rows[] = {{"SELECT 1", true},  {"COPY t TO STDOUT", true},     {"COPY t FROM STDIN; COMMIT", true}, {"", true},
                         {"SELECT 1", false}, {"COPY t FROM STDIN", false}, {"COPY t TO STDOUT; SELECT 1", false},
                         {"COPY t TO '/tmp/t'", false}};
  for (const NoCopy& row : rows) {
    FakeChannel channel;
    ScriptedRun run(channel);
    run.code("b", [&](StepHost& host) {
      if (row.in) host.begin_copy_in(row.sql, call_at("b", 3));
      else host.begin_copy_out(row.sql, call_at("b", 3));
    });
    EXPECT_EQ(told(run.run()), row.in ? "9: revision b failed: copy_in() takes one COPY ... FROM STDIN (b.cpp, line 3)"
                                      : "9: revision b failed: copy_out() takes one COPY ... TO STDOUT (b.cpp, line 3)")
        << row.sql;
    EXPECT_EQ(std::count(channel.texts().begin(), channel.texts().end(), row.sql), 0) << row.sql;
  }
}

std::string read_all(StepHost& host) {
  std::string data;
  for (std::string_view piece = host.read_copy(); !piece.empty(); piece = host.read_copy()) data += piece;
  return data;
}

TEST_F(CopyTest, reads_a_copy_to_its_end_and_counts_its_rows) {
  channel_.sends({"1\n2", "\n", "3\n"});
  std::string data;
  std::uint64_t rows = 0;
  run_.code("b", [&](StepHost& host) {
    host.execute("CREATE TABLE t (a int)", call_at("b", 2));
    host.begin_copy_out("COPY t TO STDOUT;", call_at("b", 3));
    data = read_all(host);
    EXPECT_EQ(host.read_copy(), "") << "there is no more";
    rows = host.end_copy_out();
    host.execute("DROP TABLE t", call_at("b", 4));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(data, "1\n2\n3\n");
  EXPECT_EQ(rows, 3u);
}

TEST_F(CopyTest, fails_the_reading_when_the_server_fails_behind_the_data) {
  channel_.sends({"1\n"}, ServerFailure{"22012", "division by zero", {}, {}, {}, 0});
  run_.code("b", [](StepHost& host) {
    host.begin_copy_out("COPY t TO STDOUT", call_at("b", 3));
    read_all(host);
    FAIL() << "the data were taken for complete";
  });
  EXPECT_EQ(told(run_.run()), "9: revision b failed: division by zero (b.cpp, line 3)");
  EXPECT_FALSE(channel_.in_transaction());
}

TEST_F(CopyTest, fails_the_step_that_does_not_read_to_the_end) {
  channel_.sends({"1\n", "2\n"});
  run_.code("b", [](StepHost& host) {
    host.begin_copy_out("COPY t TO STDOUT", call_at("b", 3));
    host.read_copy();
    host.end_copy_out();
  });
  EXPECT_EQ(told(run_.run()), "9: revision b failed: the COPY was given up before the end of its data (b.cpp, line 3)");
}

TEST_F(CopyTest, recovers_in_a_savepoint_from_a_copy_that_was_given_up) {
  channel_.sends({"1\n", "2\n"});
  run_.code("b", [](StepHost& host) {
    EXPECT_FALSE(in_savepoint(host, [&] {
      host.begin_copy_out("COPY t TO STDOUT", call_at("b", 3));
      host.end_copy_out();
    }));
    host.execute("CREATE TABLE d ()", call_at("b", 6));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_TRUE(channel_.sent("TABLE d"));
}

TEST_F(CopyTest, closes_a_copy_that_the_code_left_while_reading) {
  channel_.sends({"1\n", "2\n"});
  run_.code("b", [](StepHost& host) {
    host.begin_copy_out("COPY t TO STDOUT", call_at("b", 3));
    host.read_copy();
  });
  EXPECT_EQ(told(run_.run()), "9: revision b failed: a COPY is still open (b.cpp, line 3)");
  EXPECT_FALSE(channel_.in_transaction());
}

}  // namespace
}  // namespace cairn::test
