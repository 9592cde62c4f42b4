#include "fixture_runners.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

/// Each test runs its libraries in the worker and then in this process.
std::vector<std::unique_ptr<StepRunner>> both_runners(const std::vector<std::string>& names) {
  std::vector<std::unique_ptr<StepRunner>> runners;
  runners.push_back(worker_runner(fixture_libraries(names)));
  runners.push_back(std::make_unique<InProcessRunner>(fixture_libraries(names)));
  return runners;
}

StepEnd run(StepRunner& runner, RecordingHost& host, const std::string& name) {
  const Revision revision = fixture_revision(name);
  Step step;
  step.revision = &revision;
  return runner.run(step, host);
}

TEST(Separation, keeps_equal_state_of_two_libraries_apart) {
  for (const auto& runner : both_runners({"state_one", "state_two"})) {
    RecordingHost host;
    for (const char* const name : {"state_one", "state_two", "state_one"}) EXPECT_EQ(message_of(run(*runner, host, name)), "no error");
    EXPECT_EQ(host.logs, (std::vector<std::string>{"1 1 1", "1 1 1", "2 2 2"}));
  }
}

struct Thrown {
  const char* what;
  const char* error;
};

TEST(Separation, brings_exceptions_of_a_runtime_library_of_its_own_to_the_boundary) {
  const Thrown rows[] = {{"", "outer"}, {"throw int", "the step threw something that is not a std::exception"},
                         {"fail a call", "the server says no"}};
  for (const auto& runner : both_runners({"own_runtime"})) {
    for (const Thrown& row : rows) {
      RecordingHost host;
      host.variables["do"] = row.what;
      const StepEnd end = run(*runner, host, "own_runtime");
      EXPECT_EQ(message_of(end), row.error);
      EXPECT_FALSE(end.died);
      EXPECT_EQ(host.logs, std::vector<std::string>{"inner"});
    }
  }
}

}  // namespace
}  // namespace cairn::test
