#include "base/error.hpp"
#include "cluster/ephemeral_cluster.hpp"
#include "cluster/scratch_directory.hpp"
#include "cluster/template_cache.hpp"
#include "postgres/cluster_support.hpp"

#include <sstream>
#include <thread>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

/// One cache for all tests of this program: a template takes a second to make.
class EphemeralClusterTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { directory_ = std::make_unique<SharedDirectory>(); }
  static void TearDownTestSuite() { directory_.reset(); }

  EphemeralClusterTest() {
    options_.cache = directory_->path() / "cache";
    options_.scratch_roots = {directory_->make_open("scratch")};
  }

  std::size_t directories_left() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(options_.scratch_roots.front()), fs::directory_iterator()));
  }

  static std::unique_ptr<SharedDirectory> directory_;
  EphemeralOptions options_;
};

std::unique_ptr<SharedDirectory> EphemeralClusterTest::directory_;

/// Another process that holds a cluster.
class Holder {
 public:
  explicit Holder(const EphemeralOptions& options)
      : runner_({.argv = {CLUSTER_HOLDER, "ephemeral", options.cache->string(), options.scratch_roots.front().string()}}) {
    runner_.await_output("\n");
    std::istringstream line(runner_.out());
    line >> directory >> server >> janitor;
  }

  void kill_hard() {
    runner_.signal(SIGKILL);
    runner_.wait();
  }

  fs::path directory;
  pid_t server = 0;
  pid_t janitor = 0;

 private:
  Process runner_;
};

TEST_F(EphemeralClusterTest, answers_queries_in_its_own_database) {
  const EphemeralCluster cluster = EphemeralCluster::start(options_);
  EXPECT_EQ(ask(cluster.psql_arguments(), "SELECT current_database(), current_user, current_setting('fsync')"),
            "cairn|cairn|off");
  EXPECT_EQ(ask(cluster.psql_arguments(), "SHOW listen_addresses"), "");
}

TEST_F(EphemeralClusterTest, lets_a_test_have_a_database_of_its_own) {
  const EphemeralCluster cluster = EphemeralCluster::start(options_);
  EXPECT_EQ(ask(cluster.psql_arguments(), "CREATE DATABASE \"it's\""), "CREATE DATABASE");
  EXPECT_EQ(ask({cluster.binaries().program("psql"), cluster.conninfo("it's")}, "SELECT current_database()"), "it's");
}

TEST_F(EphemeralClusterTest, is_open_to_its_user_only) {
  const EphemeralCluster cluster = EphemeralCluster::start(options_);
  struct stat status{};
  ASSERT_EQ(::stat(cluster.directory().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
  EXPECT_EQ(status.st_uid, choose_server_user().uid);
  EXPECT_NE(status.st_uid, 0u);
}

TEST_F(EphemeralClusterTest, takes_server_and_directory_along) {
  fs::path directory;
  pid_t server = 0;
  pid_t janitor = 0;
  {
    const EphemeralCluster cluster = EphemeralCluster::start(options_);
    directory = cluster.directory();
    server = cluster.server();
    janitor = cluster.janitor();
    EXPECT_TRUE(is_alive(server));
  }
  EXPECT_FALSE(is_alive(server));
  EXPECT_FALSE(is_alive(janitor));
  EXPECT_FALSE(fs::exists(directory));
}

TEST_F(EphemeralClusterTest, can_be_moved_and_two_can_live_at_once) {
  std::vector<EphemeralCluster> clusters;
  clusters.push_back(EphemeralCluster::start(options_));
  clusters.push_back(EphemeralCluster::start(options_));
  EXPECT_EQ(ask(clusters[0].psql_arguments(), "SELECT 1"), "1");
  const pid_t first = clusters[0].server();
  clusters.erase(clusters.begin());
  EXPECT_FALSE(is_alive(first));
  EXPECT_EQ(ask(clusters[0].psql_arguments(), "SELECT 2"), "2");
}

TEST_F(EphemeralClusterTest, disappears_when_its_runner_is_killed) {
  Holder holder(options_);
  ASSERT_TRUE(is_alive(holder.server));
  holder.kill_hard();
  EXPECT_TRUE(wait_for_end(holder.server, test_patience));
  EXPECT_TRUE(wait_until_gone(holder.directory));
  EXPECT_TRUE(wait_for_end(holder.janitor, test_patience));
}

TEST_F(EphemeralClusterTest, ends_with_a_killed_janitor_and_is_swept_once_the_runner_is_gone) {
  Holder holder(options_);
  ASSERT_EQ(::kill(holder.janitor, SIGKILL), 0);
  EXPECT_TRUE(wait_for_end(holder.server, test_patience));
  const auto sweep = [&] { return sweep_scratch_directories(options_.scratch_roots, choose_server_user()); };
  EXPECT_EQ(sweep(), 0u) << "its runner still holds it";
  EXPECT_TRUE(fs::exists(holder.directory));
  holder.kill_hard();
  EXPECT_EQ(sweep(), 1u);
  EXPECT_FALSE(fs::exists(holder.directory));
}

TEST_F(EphemeralClusterTest, sweeps_at_its_start) {
  const fs::path left = options_.scratch_roots.front() / "cairn-scratch-abcdef";
  fs::create_directory(left);
  const ServerUser user = choose_server_user();
  ASSERT_EQ(::chown(left.c_str(), user.uid, user.gid), 0);
  const fs::path others = options_.scratch_roots.front() / "something-else";
  fs::create_directory(others);
  const EphemeralCluster cluster = EphemeralCluster::start(options_);
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(others));
  fs::remove(others);
}

TEST_F(EphemeralClusterTest, makes_a_damaged_template_anew) {
  { const EphemeralCluster cluster = EphemeralCluster::start(options_); }
  const ServerBinaries binaries = find_server_binaries(options_.binaries);
  const TemplateCache cache(binaries, choose_server_user(), options_.cache);
  ASSERT_TRUE(fs::remove(cache.file() / "global" / "pg_control"));
  const EphemeralCluster cluster = EphemeralCluster::start(options_);
  EXPECT_EQ(ask(cluster.psql_arguments(), "SELECT 1"), "1");
  EXPECT_EQ(directories_left(), 1u);
}

TEST_F(EphemeralClusterTest, says_where_it_found_no_place) {
  options_.scratch_roots = {directory_->path() / "missing"};
  try {
    EphemeralCluster::start(options_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::configuration);
    EXPECT_NE(error.detail().find("missing: No such file or directory"), std::string::npos) << error.detail();
  }
}

TEST_F(EphemeralClusterTest, leaves_nothing_behind_when_the_programs_cannot_run) {
  const fs::path programs = directory_->path() / "bin";
  for (const char* name : {"postgres", "initdb"})
    write_program(programs / name, "echo 'postgres (PostgreSQL) 15.1'; [ \"$1\" = --version ]");
  options_.binaries.named = programs;
  EXPECT_THROW(EphemeralCluster::start(options_), Error);
  EXPECT_EQ(directories_left(), 0u);
}

TEST(TemplateCache, is_made_once_by_many_at_the_same_time) {
  const SharedDirectory directory;
  const fs::path targets = directory.make_open("targets");
  const ServerUser user = choose_server_user();
  const TemplateCache cache(find_server_binaries(make_binary_search()), user, directory.path() / "cache");
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back([&, i] { cache.copy_to(targets / std::to_string(i)); });
  for (std::thread& thread : threads) thread.join();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(fs::exists(targets / std::to_string(i) / "global" / "pg_control"));
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory.path() / "cache")) names.push_back(entry.path().extension());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"", ".lock"}));
}

}  // namespace
}  // namespace cairn::test
