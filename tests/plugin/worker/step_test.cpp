#include "fixture_runners.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

enum class Isolation { worker, none };

/// What both runners do alike.
class EachRunner : public testing::TestWithParam<Isolation> {
 protected:
  std::unique_ptr<StepRunner> make(Libraries libraries) {
    if (GetParam() == Isolation::worker) return worker_runner(std::move(libraries));
    return std::make_unique<InProcessRunner>(std::move(libraries));
  }
};

INSTANTIATE_TEST_SUITE_P(Isolation, EachRunner, testing::Values(Isolation::worker, Isolation::none),
                         [](const auto& row) { return row.param == Isolation::worker ? "worker" : "none"; });

TEST_P(EachRunner, passes_every_kind_of_call_to_the_host_in_order) {
  const auto runner = make(fixture_libraries({"good"}));
  const Revision revision = fixture_revision("good");
  const Revision* const all[] = {&revision};
  runner->load(all);
  RecordingHost host;
  host.variables["tenant"] = "seven";
  Step step;
  step.revision = &revision;
  const StepEnd end = runner->run(step, host);
  EXPECT_EQ(message_of(end), "no error");
  EXPECT_EQ(host.calls, (std::vector<std::string>{
                            "execute create table t (a int, b int) at fixture.cpp, line 7",
                            "query update t at fixture.cpp, line 8", "query echo at fixture.cpp, line 12",
                            "copy COPY t FROM STDIN at fixture.cpp, line 20", "end copy", "progress 1/2 half",
                            "query verify t at fixture.cpp, line 40"}));
  EXPECT_EQ(host.calls_before_verify, 6U);
  EXPECT_EQ(host.logs, (std::vector<std::string>{"1x3 a=7 b=NULL c=0", "copied 8", "tenant seven"}));
}

TEST_P(EachRunner, runs_the_downgrade_without_verify) {
  const auto runner = make(fixture_libraries({"good"}));
  const Revision revision = fixture_revision("good");
  RecordingHost host;
  Step step;
  step.revision = &revision;
  step.direction = Direction::down;
  EXPECT_EQ(message_of(runner->run(step, host)), "no error");
  EXPECT_EQ(host.calls, std::vector<std::string>{"execute drop table t at fixture.cpp, line 30"});
  EXPECT_EQ(host.calls_before_verify, std::nullopt);
}

struct Ending {
  const char* behaviour;
  const char* error;
  std::vector<std::string> calls;
};

const Ending endings[] = {
    {"succeed", "no error", {}},
    {"fail silently", "upgrade failed without saying why", {}},
    {"fail saying why", "three orders have no total", {}},
    {"fail in two lines", "three orders", {}},
    {"fail in latin1", "caf? ?[31m", {}},
    {"set_error, succeed", "no error", {}},
    {"throw", "an exception escaped from its code: std::runtime_error: boom", {}},
    {"throw int", "an exception escaped from its code: a value of type int", {}},
    {"bad pointers", "a host call was refused: a null text that is not empty", {}},
    {"swallow failure", "the server says no", {"query fail at fixture.cpp, line 1"}},
    {"swallow late failure", "the server says no", {"execute fail at fixture.cpp, line 5"}},
    {"fail and comment", "the server says no", {"query fail at fixture.cpp, line 1"}},
    {"recover", "no error",
     {"savepoint begin", "execute fail at fixture.cpp, line 1", "savepoint rollback",
      "query after the savepoint at fixture.cpp, line 1"}},
    {"leave savepoint", "its code returned inside of a savepoint that it had begun", {"savepoint begin"}},
    {"leave copy", "its code returned inside of a COPY that it had begun",
     {"copy COPY t FROM STDIN at fixture.cpp, line 1", "end copy: the step ended inside of this COPY"}},
    {"run in copy", "run was called inside a COPY, which must be ended first",
     {"copy COPY t FROM STDIN at fixture.cpp, line 1",
      "end copy: run was called inside a COPY, which must be ended first"}},
    {"break copy off", "the COPY was given up",
     {"copy COPY t FROM STDIN at fixture.cpp, line 1", "end copy: thought better of it"}},
    {"break copy off and say why", "three orders have no total",
     {"copy COPY t FROM STDIN at fixture.cpp, line 1", "end copy: thought better of it"}},
    {"break copy out off", "the COPY was given up", {"copy out COPY t TO STDOUT at fixture.cpp, line 6", "end copy out"}},
    {"break copy out off and say why", "three orders have no total",
     {"copy out COPY t TO STDOUT at fixture.cpp, line 6", "end copy out"}},
    {"leave copy out", "its code returned inside of a COPY that it had begun",
     {"copy out COPY t TO STDOUT at fixture.cpp, line 6", "end copy out"}},
    {"run in copy out", "run was called inside a COPY, which must be ended first",
     {"copy out COPY t TO STDOUT at fixture.cpp, line 6", "end copy out"}},
    {"read to nowhere", "a host call was refused: nowhere to put a piece of COPY data",
     {"copy out COPY t TO STDOUT at fixture.cpp, line 6", "end copy out"}},
    {"reserved in a place", "a host call was refused: a reserved member that is not 0", {}},
    {"reserved in a value", "a host call was refused: a reserved member that is not 0", {}},
    {"reserved in an error", "a host call was refused: a reserved member that is not 0", {}},
    {"neither null nor not", "a host call was refused: a value whose is_null is neither 0 nor 1", {}},
    {"short error", "a host call was refused: an error whose struct_size is too small", {}},
    {"longer error", "three orders have no total", {}},
    {"fail in copy", "the copy failed",
     {"copy COPY t FROM STDIN at fixture.cpp, line 1", "end copy: the copy failed"}},
};

TEST_P(EachRunner, tells_how_a_step_ended) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  for (const Ending& row : endings) {
    SCOPED_TRACE(row.behaviour);
    RecordingHost host;
    host.copy_out_bytes = 1;
    const StepEnd end = behave(*runner, host, row.behaviour);
    EXPECT_EQ(message_of(end), row.error);
    EXPECT_EQ(host.calls, row.calls);
    EXPECT_FALSE(end.died);
    EXPECT_TRUE(!end.error || end.error->category() == Category::revision);
  }
}

TEST_P(EachRunner, gives_the_place_the_hint_and_the_detail_of_a_reported_error) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  RecordingHost host;
  const StepEnd end = behave(*runner, host, "fail in two lines");
  ASSERT_TRUE(end.error && end.error->place());
  EXPECT_EQ(describe(*end.error->place()), "fixture.cpp, line 77");
  EXPECT_EQ(end.error->detail(), "have no total\n\nas seen");
  EXPECT_EQ(end.error->hint(), "Look at the orders.");
}

TEST_P(EachRunner, keeps_the_servers_error_whole_and_adds_what_the_code_said) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  RecordingHost host;
  const StepEnd end = behave(*runner, host, "fail and comment");
  ASSERT_TRUE(end.error && end.error->place());
  EXPECT_EQ(end.error->sqlstate(), "42P07");
  EXPECT_EQ(describe(*end.error->place()), "fixture.cpp, line 1");
  EXPECT_EQ(end.error->context(), std::vector<std::string>{"its code said: could not prepare the orders"});
}

TEST_P(EachRunner, cuts_an_error_text_that_has_no_end) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  RecordingHost host;
  const StepEnd end = behave(*runner, host, "fail at length");
  ASSERT_TRUE(end.error);
  EXPECT_TRUE(end.error->message().starts_with("xxxx"));
  EXPECT_LT(end.error->message().size(), 1100U);
}

TEST_P(EachRunner, refuses_calls_through_pointers_of_an_earlier_step) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  RecordingHost host;
  EXPECT_EQ(message_of(behave(*runner, host, "keep pointers")), "no error");
  host.calls.clear();
  EXPECT_EQ(message_of(behave(*runner, host, "use kept pointers")), "no error");
  EXPECT_EQ(host.calls, std::vector<std::string>{"query from this step at fixture.cpp, line 1"});
  EXPECT_EQ(host.logs, std::vector<std::string>{"the code of revision behaviours or an earlier one made 4 calls "
                                                "outside of its step; all were refused"});
}

TEST_P(EachRunner, refuses_calls_from_another_thread) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  RecordingHost host;
  EXPECT_EQ(message_of(behave(*runner, host, "call from thread")), "no error");
  EXPECT_EQ(host.calls, std::vector<std::string>{});
  EXPECT_EQ(host.logs.size(), 1U);
}

TEST_P(EachRunner, hands_over_every_byte_of_a_copy) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  RecordingHost host;
  host.piece = std::string("a\0\n\xFF", 4);
  host.copy_out_bytes = 10;
  EXPECT_EQ(message_of(behave(*runner, host, "read copy")), "no error");
  EXPECT_EQ(host.logs, std::vector<std::string>{"4 4 2, 10 rows"});
}

TEST_P(EachRunner, keeps_a_piece_while_the_code_asks_other_things) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  RecordingHost host;
  host.variables["tenant"] = "seven";
  host.copy_out_bytes = 5;
  EXPECT_EQ(message_of(behave(*runner, host, "ask in copy out")), "no error");
  EXPECT_EQ(host.logs, std::vector<std::string>{"ooooo"});
}

TEST_P(EachRunner, blames_verify_when_verify_fails) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  RecordingHost host;
  host.variables["verify"] = "fail silently";
  EXPECT_EQ(message_of(behave(*runner, host, "succeed")), "verify failed without saying why");
}

TEST_P(EachRunner, tells_the_code_whether_somebody_answers) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  for (const bool offline : {false, true}) {
    RecordingHost host;
    host.is_offline = offline;
    EXPECT_EQ(message_of(behave(*runner, host, "ask who is there")), "no error");
    EXPECT_EQ(host.logs, std::vector<std::string>{offline ? "offline, unknown rows" : "online, 5 rows"});
  }
}

TEST_P(EachRunner, throws_on_what_the_host_throws) {
  const auto runner = make(fixture_libraries({"behaviours"}));
  RecordingHost host;
  try {
    behave(*runner, host, "lose");
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::connection);
    EXPECT_EQ(error.message(), "the connection is gone");
  }
  EXPECT_EQ(message_of(behave(*runner, host, "succeed")), "no error");
}

}  // namespace
}  // namespace cairn::test
