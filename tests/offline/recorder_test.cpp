#include "offline/recorder.hpp"
#include "offline/step_section.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace cairn::test {
namespace {

const Place here{.file = "a.cpp", .line = 7, .column = 0, .excerpt = {}, .caret = 0};

class RecorderTest : public testing::Test {
 protected:
  RecorderTest() { revision_.id = "r"; }

  Recorder& recorder() {
    if (!recorder_)
      recorder_.emplace(revision_, RecordedWorld{.observer = observer_, .variables = variables_,
                                                 .interrupted = [this] { return interrupted_; }});
    return *recorder_;
  }

  std::string recorded() { return recorded_text(recorder().take().pieces); }

  /// What the call is refused with, where and what to do; empty when it is taken.
  std::string refusal(const std::function<void(Recorder&)>& call) {
    try {
      call(recorder());
    } catch (const HostCallFailed& failed) {
      return failed.error.message() + (failed.error.place() ? " at " + describe(*failed.error.place()) : "");
    }
    return "";
  }

  std::string copied(const std::string& statement, std::string_view data) {
    return refusal([&](Recorder& r) {
      r.begin_copy_in(statement, here);
      r.write_copy(data);
      EXPECT_EQ(r.end_copy_in(std::nullopt), count_unknown);
    });
  }

  Revision revision_;
  Observer observer_;
  std::map<std::string, std::string, std::less<>> variables_;
  bool interrupted_ = false;

 private:
  std::optional<Recorder> recorder_;
};

TEST_F(RecorderTest, writes_down_what_needs_no_answer) {
  recorder().execute("CREATE TABLE t (a int); SELECT 1", here);
  EXPECT_EQ(recorder().run("INSERT INTO t VALUES ($1)", {"x'"}, here), count_unknown);
  recorder().savepoint(SavepointAction::begin, here);
  recorder().savepoint(SavepointAction::begin, here);
  recorder().savepoint(SavepointAction::rollback, here);
  recorder().savepoint(SavepointAction::release, here);
  EXPECT_EQ(copied("COPY t FROM STDIN", "1\n2"), "");
  recorder().execute("-- nothing", here);
  EXPECT_EQ(recorded(),
            "-- a.cpp:7\nCREATE TABLE t (a int); SELECT 1;\n"
            "-- a.cpp:7\nINSERT INTO t VALUES ('x''');\n"
            "-- a.cpp:7\nSAVEPOINT cairn_1;\n-- a.cpp:7\nSAVEPOINT cairn_2;\n"
            "-- a.cpp:7\nROLLBACK TO SAVEPOINT cairn_2; RELEASE SAVEPOINT cairn_2;\n-- a.cpp:7\nRELEASE SAVEPOINT cairn_1;\n"
            "-- a.cpp:7\nCOPY t FROM STDIN;\n1\n2\n\\.\n");
}

TEST_F(RecorderTest, answers_no_question_and_never_again) {
  recorder().savepoint(SavepointAction::begin, here);
  const std::string refused = "its code asks the database, and while it is only recorded nobody answers at a.cpp, line 7";
  EXPECT_EQ(refusal([](Recorder& r) { r.query("SELECT 1", {}, here); }), refused);
  // A savepoint does not help: what followed would be recorded as if the question had failed on the server.
  EXPECT_EQ(refusal([](Recorder& r) { r.savepoint(SavepointAction::rollback, {}); }), refused);
  EXPECT_EQ(refusal([](Recorder& r) { r.execute("SELECT 1", {}); }), refused);
}

TEST_F(RecorderTest, says_that_nobody_is_there) {
  EXPECT_TRUE(recorder().offline());
  variables_["a"] = "b";
  EXPECT_EQ(recorder().variable("a"), "b");
  EXPECT_EQ(recorder().variable("c"), std::nullopt);
}

TEST_F(RecorderTest, tells_the_verify_function_apart) {
  recorder().execute("SELECT 1", here);
  recorder().verify_begins();
  recorder().execute("SELECT 2", here);
  EXPECT_EQ(recorder().take().verify, 1U);
}

struct Refused {
  const char* name;
  std::function<void(Recorder&)> call;
  const char* with;
};

const Refused refused[] = {
    {"transaction control", [](Recorder& r) { r.execute("COMMIT", here); }, "COMMIT is not allowed in a revision at a.cpp, line 7"},
    {"two statements in run", [](Recorder& r) { r.run("SELECT 1; SELECT 2", {}, here); },
     "query() and run() take one statement, not 2 at a.cpp, line 7"},
    {"a value too few", [](Recorder& r) { r.run("SELECT $2", {"a"}, here); },
     "there is no value for $2: 1 value given at a.cpp, line 7"},
    {"a COPY given up", [](Recorder& r) { r.begin_copy_in("COPY t FROM STDIN", here); r.end_copy_in("changed my mind"); },
     "the COPY was given up: changed my mind at a.cpp, line 7"},
    {"a COPY that is read", [](Recorder& r) { r.begin_copy_out("COPY t TO STDOUT", here); },
     "its code asks the database, and while it is only recorded nobody answers at a.cpp, line 7"},
    {"no savepoint", [](Recorder& r) { r.savepoint(SavepointAction::release, here); }, "there is no savepoint to end at a.cpp, line 7"},
    {"too much", [](Recorder& r) { for (;;) r.log(LogLevel::info, "again"); },
     "its code sends more than 256 MiB, which is too much for a script"},
};

TEST_F(RecorderTest, refuses_what_a_run_would_and_what_no_script_can_hold) {
  for (const Refused& row : refused) {
    Recorder fresh(revision_, {.observer = observer_, .variables = variables_, .interrupted = [] { return false; }});
    std::string with;
    try {
      row.call(fresh);
    } catch (const HostCallFailed& failed) {
      with = failed.error.message() + (failed.error.place() ? " at " + describe(*failed.error.place()) : "");
    }
    EXPECT_EQ(with, row.with) << row.name;
  }
}

struct Data {
  const char* name;
  const char* statement;
  std::string data;
  const char* refused;
};

TEST_F(RecorderTest, takes_only_copy_data_that_a_text_can_hold) {
  const Data rows[] = {
      {"text", "COPY t FROM STDIN", "1\\.\n\\.2\n", ""},
      {"nothing", "COPY t FROM STDIN", "", ""},
      {"a semicolon of its own", "COPY t FROM STDIN ;\n", "1\n", ""},
      {"a comment behind it", "COPY t FROM STDIN -- data", "1\n", ""},
      {"binary", "COPY t FROM STDIN (FORMAT binary)", std::string("PGCOPY\n\xFF\r\n\0", 11),
       "its COPY is in binary format, which a text cannot hold at a.cpp, line 7"},
      {"another encoding", "COPY t FROM STDIN (ENCODING 'latin1')", "\xF1\n",
       "the data of its COPY are not valid UTF-8 text, which is all that a script can hold at a.cpp, line 7"},
      {"an end in the middle", "COPY t FROM STDIN CSV", "\"a\n\\.\nb\"\n",
       "the data of its COPY hold a line of just \\., which would end them in a script at a.cpp, line 7"},
      {"no COPY", "SELECT 1", "1\n", "copy_in() takes one COPY ... FROM STDIN at a.cpp, line 7"},
  };
  for (const Data& row : rows) {
    Recorder fresh(revision_, {.observer = observer_, .variables = variables_, .interrupted = [] { return false; }});
    std::string with;
    try {
      fresh.begin_copy_in(row.statement, here);
      fresh.write_copy(row.data);
      fresh.end_copy_in(std::nullopt);
    } catch (const HostCallFailed& failed) {
      with = failed.error.message() + (failed.error.place() ? " at " + describe(*failed.error.place()) : "");
    }
    EXPECT_EQ(with, row.refused) << row.name;
  }
}

TEST_F(RecorderTest, offers_outside_a_transaction_what_a_run_offers_there) {
  revision_.transactional = false;
  EXPECT_EQ(refusal([](Recorder& r) { r.savepoint(SavepointAction::begin, here); }),
            "it runs outside a transaction, where there are no savepoints at a.cpp, line 7");
}

TEST_F(RecorderTest, stops_when_the_user_asks) {
  interrupted_ = true;
  EXPECT_TRUE(recorder().cancelled());
  EXPECT_EQ(refusal([](Recorder& r) { r.execute("SELECT 1", here); }), "interrupted while it was recorded");
}

}  // namespace
}  // namespace cairn::test
