#include "engine/engine_database.hpp"

#include "plugin/collection.hpp"
#include "worker/in_process_runner.hpp"
#include "worker/worker_runner.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

/// The thirty-two built revisions, planned from the bottom to the top.
class CodeOnServer : public testing::Test {
 protected:
  CodeOnServer()
      : collection_(collect_plugins({{std::filesystem::path(CAIRN_TEST_CODE)}})), graph_(revisions()),
        plan_(plan_upgrade(graph_, {}, "head")) {
    for (const PluginFile& plugin : collection_.plugins)
      libraries_[plugin.revision.id] = {.load = {.id = plugin.revision.id, .path = plugin.path, .metadata_note = plugin.metadata_note},
                                        .identity = plugin.identity, .sha256 = {}};
    for (const Step& step : plan_.steps) work_.push_back({step, {}});
    worker_ = std::make_unique<WorkerRunner>(CAIRN_TEST_WORKER, libraries_);
    run_.runner = worker_.get();
  }

  std::vector<Revision> revisions() const {
    std::vector<Revision> list;
    for (const PluginFile& plugin : collection_.plugins) list.push_back(plugin.revision);
    return list;
  }

  Outcome run(const std::string& what = "") {
    run_.variables["do"] = what;
    return run_.run(plan_, work_);
  }

  /// Exactly the first so many revisions are there, and nothing is left running.
  void expect_applied(std::size_t count) {
    EXPECT_EQ(difference_from_rows(database_, plan_), "");
    EXPECT_EQ(database_.effects().size(), count);
    EXPECT_EQ(database_.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in trans%'"),
              "0");
    EXPECT_TRUE(database_.lock_is_held());
  }

  EngineDatabase database_;
  Collection collection_;
  RevisionGraph graph_;
  Plan plan_;
  std::vector<Work> work_;
  Libraries libraries_;
  std::unique_ptr<WorkerRunner> worker_;
  ScriptedRun run_{database_.channel()};
};

TEST_F(CodeOnServer, that_only_executes_travels_in_one_round_trip) {
  ASSERT_EQ(plan_.steps.size(), 32u);
  const Outcome outcome = run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(outcome.round_trips, 1u);
  expect_applied(32);
}

TEST_F(CodeOnServer, runs_the_same_in_this_process) {
  InProcessRunner here(libraries_);
  run_.runner = &here;
  const Outcome outcome = run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(outcome.round_trips, 1u);
  expect_applied(32);
}

TEST_F(CodeOnServer, is_undone_in_one_round_trip) {
  ASSERT_EQ(told(run()), "no error");
  plan_ = plan_downgrade(graph_, plan_.rows_after, "base");
  work_.clear();
  for (const Step& step : plan_.steps) work_.push_back({step, {}});
  const Outcome outcome = run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(outcome.round_trips, 1u);
  EXPECT_TRUE(database_.effects().empty());
  EXPECT_TRUE(database_.rows().empty());
}

struct EndCase {
  const char* what;
  std::size_t applied;
  const char* told;     ///< how it begins
};

TEST_F(CodeOnServer, leaves_exactly_the_revisions_before_the_one_that_ends_badly) {
  const EndCase cases[] = {
      {"crash code17", 16, "9: revision code17 \"code 17\" failed: its code "},
      {"exit code17", 16, "9: revision code17 \"code 17\" failed: its code "},
      {"crash code01", 0, "9: revision code01 \"code 01\" failed: its code "},
      {"ask and crash code17", 16, "9: revision code17 \"code 17\" failed: its code "},
      {"fail code17", 16, "9: revision code17 \"code 17\" failed: no shop has been opened"},
      {"err code17", 16, "9: revision code17 \"code 17\" failed: relation \"nowhere\" does not exist"},
      {"err at once code17", 16, "9: revision code17 \"code 17\" failed: column \"nope\" does not exist"},
      {"recover code17", 32, "no error"},
      {"ask code17", 32, "no error"},
  };
  for (const EndCase& row : cases) {
    SCOPED_TRACE(row.what);
    database_.clear();
    const Outcome outcome = run(row.what);
    EXPECT_EQ(told(outcome).substr(0, std::string(row.told).size()), row.told);
    EXPECT_EQ(outcome.done(), row.applied);
    expect_applied(row.applied);
  }
}

TEST_F(CodeOnServer, goes_on_in_the_run_behind_a_crash) {
  ASSERT_EQ(run("crash code17").done(), 16u);
  plan_ = plan_upgrade(graph_, database_.rows(), "head");
  work_.clear();
  for (const Step& step : plan_.steps) work_.push_back({step, {}});
  EXPECT_EQ(told(run()), "no error");
  EXPECT_EQ(database_.effects().size(), 32u);
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"code32"});
}

struct PlaceCase {
  const char* what;
  std::size_t line;
  const char* excerpt;
};

TEST_F(CodeOnServer, names_file_and_line_of_what_it_sent) {
  const PlaceCase cases[] = {
      {"err code17", 23, "INSERT INTO nowhere VALUES (1)"},
      {"err at once code17", 24, "SELECT nope FROM code17"},
      {"fail code17", 17, ""},
  };
  for (const PlaceCase& row : cases) {
    SCOPED_TRACE(row.what);
    database_.clear();
    const Outcome outcome = run(row.what);
    ASSERT_TRUE(outcome.error && outcome.error->place());
    const Place& place = *outcome.error->place();
    EXPECT_TRUE(place.file.ends_with("code17.cpp")) << place.file;
    EXPECT_EQ(place.line, row.line);
    EXPECT_EQ(place.excerpt, row.excerpt);
    EXPECT_EQ(place.caret > 0, !place.excerpt.empty());
  }
}

TEST_F(CodeOnServer, splits_the_window_only_at_what_asks) {
  const Outcome outcome = run("ask code17");
  // Sixteen before; BEGIN and the table; the question; COMMIT; fifteen behind.
  EXPECT_EQ(outcome.round_trips, 5u);
}

}  // namespace
}  // namespace cairn::test
