#include "support/delay_proxy.hpp"
#include "support/runner.hpp"
#include "support/sql_plugin_file.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t sql_revisions = 1000;
constexpr std::size_t window = 32;
/// Start-up, facts and rows, lock, the state tables, the last look and Terminate; the exact number is the bench's business.
constexpr std::size_t constant = 10;

/// A thousand SQL revisions, which no loader would take for libraries, and one of code on top of them that leaves a
/// file behind when it is loaded.
class Thousand : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryDirectory>();
    write_sql_history(plugins(), sql_revisions);
    fs::copy(CAIRN_TRACE_PLUGIN, plugins());
  }
  static void TearDownTestSuite() { folder_.reset(); }
  static fs::path plugins() { return folder_->path(); }

  Thousand() {
    runner_.options = {"--plugins", plugins().string()};
    runner_.environment["CAIRN_TEST_TRACE"] = trace().string();
  }

  fs::path trace() const { return traces_.path() / "loaded"; }
  std::size_t tables() { return std::stoul(database_.value("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname ~ '^t[0-9]+$'")); }

  TemporaryDirectory traces_;
  TestDatabase database_;
  DelayProxy proxy_{database_.server().socket_path()};
  std::string through_proxy_ = proxy_.url(database_.name(), superuser);
  Runner runner_{.program = CAIRN_BINARY};

 private:
  inline static std::unique_ptr<TemporaryDirectory> folder_;
};

TEST_F(Thousand, are_read_and_listed_without_running_code) {
  const std::vector<std::vector<std::string>> commands = {
      {"current"},  {"history"},       {"history", "-v"},  {"heads"}, {"branches"}, {"show", "00001000"},
      {"plan", "head"}, {"stamp", "head"}, {"current", "-v"},
  };
  for (const auto& words : commands) {
    runner_.require(database_.url(), words);
    EXPECT_FALSE(fs::exists(trace())) << words.front() << " loaded a plugin";
  }
}

TEST_F(Thousand, history_names_them_all) {
  const std::string out = runner_.require(database_.url(), {"history"});
  EXPECT_EQ(static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n')), sql_revisions + 1);
  EXPECT_FALSE(fs::exists(trace()));
}

TEST_F(Thousand, are_upgraded_in_windows) {
  runner_.require(through_proxy_, {"upgrade", "00001000"});
  EXPECT_EQ(database_.left_over_backends(), 0);
  EXPECT_EQ(tables(), sql_revisions);
  EXPECT_LE(proxy_.turnarounds(), (sql_revisions + window - 1) / window + constant);
  EXPECT_FALSE(fs::exists(trace())) << "a plan of SQL alone loaded a plugin";
}

TEST_F(Thousand, are_downgraded_in_windows) {
  runner_.require(database_.url(), {"upgrade", "00001000"});
  runner_.require(through_proxy_, {"downgrade", "base"});
  EXPECT_EQ(database_.left_over_backends(), 0);
  EXPECT_EQ(tables(), 0u);
  EXPECT_LE(proxy_.turnarounds(), (sql_revisions + window - 1) / window + constant);
}

TEST_F(Thousand, and_one_of_code_load_only_the_one) {
  runner_.require(through_proxy_, {"upgrade", "head"});
  EXPECT_TRUE(fs::exists(trace()));
  EXPECT_EQ(database_.left_over_backends(), 0);
  EXPECT_EQ(database_.value("SELECT to_regclass('of_code') IS NOT NULL"), "t");
  EXPECT_LE(proxy_.turnarounds(), (sql_revisions + window) / window + constant);
}

TEST_F(Thousand, need_next_to_nothing_when_nothing_is_to_be_done) {
  runner_.require(database_.url(), {"stamp", "head"});
  runner_.require(through_proxy_, {"upgrade", "head"});
  EXPECT_EQ(database_.left_over_backends(), 0);
  EXPECT_LE(proxy_.turnarounds(), constant);
  EXPECT_FALSE(fs::exists(trace())) << "there was nothing to load it for";
}

}  // namespace
}  // namespace cairn::test
