#include "base/error.hpp"
#include "cluster/file_rights.hpp"
#include "cluster/local_cluster.hpp"
#include "cluster/postmaster_file.hpp"
#include "postgres/cluster_support.hpp"

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

class LocalClusterTest : public testing::Test {
 protected:
  LocalClusterTest() {
    options_.roots = MachineRoots{directory_.path() / "state", directory_.path() / "run", directory_.make_open("tmp")};
    project_ = directory_.make("project");
  }
  ~LocalClusterTest() override {
    std::error_code absent;
    if (fs::exists(project_, absent)) LocalCluster(project_, options_).stop();
  }

  LocalCluster cluster() const { return LocalCluster(project_, options_); }

  std::string ask_local(const std::string& sql) const { return ask(cluster().psql_arguments(), sql); }

  std::vector<std::string> starter() const {
    return {CLUSTER_HOLDER, "local", project_.string(), options_.roots.state.string(), options_.roots.runtime.string(),
            options_.roots.temporary.string()};
  }

  SharedDirectory directory_;
  LocalOptions options_;
  fs::path project_;
};

TEST_F(LocalClusterTest, is_not_there_until_it_is_asked_for) {
  const ClusterStatus status = cluster().read_status();
  EXPECT_EQ(name_of(status.state), "not created");
  EXPECT_EQ(cluster().stop(), ClusterState::not_created);
  EXPECT_FALSE(fs::exists(project_ / ".cairn"));
  EXPECT_FALSE(fs::exists(options_.roots.state));
}

TEST_F(LocalClusterTest, keeps_its_data_over_stop_and_start) {
  const ClusterStatus first = cluster().start();
  EXPECT_EQ(first.state, ClusterState::running);
  EXPECT_EQ(ask_local("CREATE TABLE kept (id int)"), "CREATE TABLE");
  EXPECT_EQ(cluster().start().process, first.process) << "a second start changes nothing";
  EXPECT_EQ(cluster().stop(), ClusterState::running);
  EXPECT_FALSE(is_alive(first.process));
  EXPECT_FALSE(fs::exists(first.socket_directory)) << "nothing is left where all users' sockets are";
  EXPECT_EQ(cluster().read_status().state, ClusterState::stopped);
  EXPECT_EQ(cluster().stop(), ClusterState::stopped);
  EXPECT_NE(cluster().start().process, first.process);
  EXPECT_EQ(ask_local("SELECT count(*), current_database(), current_user, current_setting('fsync') FROM kept"),
            "0|cairn|cairn|on");
}

TEST_F(LocalClusterTest, tells_what_it_is) {
  const ClusterStatus status = cluster().start();
  EXPECT_EQ(status.major, find_server_binaries(options_.binaries).major);
  EXPECT_EQ(status.data, project_ / ".cairn" / "pg" / "data");
  EXPECT_EQ(status.log, cluster().log_file());
  EXPECT_TRUE(fs::exists(status.socket_directory / ".s.PGSQL.5432"));
  EXPECT_EQ(status.user, choose_server_user(project_).name);
  EXPECT_NE(status.user, "root");
}

TEST_F(LocalClusterTest, reset_gives_a_new_empty_one) {
  const ClusterStatus first = cluster().start();
  ask_local("CREATE TABLE gone (id int)");
  const ClusterStatus second = cluster().reset();
  EXPECT_NE(second.process, first.process);
  EXPECT_EQ(ask_local("SELECT to_regclass('gone') IS NULL"), "t");
}

TEST_F(LocalClusterTest, outlives_the_command_and_keeps_none_of_its_pipes) {
  const Finished command = run({.argv = starter()});
  EXPECT_EQ(command.code, 0) << command.err;
  EXPECT_FALSE(command.held_open);
  const ClusterStatus status = cluster().read_status();
  EXPECT_EQ(status.state, ClusterState::running);
  EXPECT_EQ(command.out, std::to_string(status.process) + "\n");
}

TEST_F(LocalClusterTest, starts_once_for_two_commands_at_once) {
  Process one({.argv = starter()});
  Process two({.argv = starter()});
  const Finished first = one.wait();
  const Finished second = two.wait();
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(second.code, 0) << second.err;
  EXPECT_EQ(first.out, second.out);
}

/// As another command of the same user leaves it between making the folder and giving it to the server's user.
TEST_F(LocalClusterTest, starts_in_a_folder_that_is_half_made) {
  fs::create_directories(project_ / ".cairn" / "pg");
  EXPECT_EQ(name_of(cluster().read_status().state), "not created");
  EXPECT_EQ(cluster().start().state, ClusterState::running);
}

TEST_F(LocalClusterTest, recovers_after_kill_9) {
  const ClusterStatus first = cluster().start();
  ask_local("CREATE TABLE kept (id int)");
  ASSERT_EQ(::kill(first.process, SIGKILL), 0);
  ASSERT_TRUE(wait_for_end(first.process, test_patience));
  EXPECT_EQ(cluster().read_status().state, ClusterState::stopped);
  cluster().start();
  EXPECT_EQ(ask_local("SELECT count(*) FROM kept"), "0");
}

/// As after a reboot: the number in the file is by now that of another program of the same user.
TEST_F(LocalClusterTest, is_not_misled_by_a_number_that_was_given_away) {
  const ClusterStatus first = cluster().start();
  const fs::path file = first.data / "postmaster.pid";
  const std::string text = read_file(file);
  cluster().stop();
  const Process stranger({.argv = {"sleep", "600"}, .directory = "/", .account = server_account()});
  {
    const FileRights rights(choose_server_user(project_));
    write_file(file, std::to_string(stranger.pid()) + text.substr(text.find('\n')));
  }
  EXPECT_EQ(cluster().read_status().state, ClusterState::stopped);
  EXPECT_EQ(cluster().stop(), ClusterState::stopped);
  EXPECT_TRUE(is_alive(stranger.pid())) << "it is not ours to stop";
  EXPECT_EQ(cluster().start().state, ClusterState::running);
  EXPECT_EQ(ask_local("SELECT 1"), "1");
}

TEST_F(LocalClusterTest, is_restarted_when_a_cleaner_has_deleted_its_socket) {
  const ClusterStatus first = cluster().start();
  fs::remove(first.socket_directory / ".s.PGSQL.5432");
  EXPECT_NE(cluster().start().process, first.process);
  EXPECT_EQ(ask_local("SELECT 1"), "1");
}

TEST_F(LocalClusterTest, starts_again_after_a_reboot_has_emptied_the_socket_directories) {
  const ClusterStatus first = cluster().start();
  cluster().stop();
  fs::remove_all(first.socket_directory);
  EXPECT_EQ(cluster().start().state, ClusterState::running);
}

TEST_F(LocalClusterTest, forgets_a_creation_that_was_killed) {
  cluster().start();
  cluster().stop();
  const fs::path data = cluster().read_status().data;
  fs::rename(data, data.parent_path() / "data.new");
  EXPECT_EQ(cluster().read_status().state, ClusterState::not_created);
  EXPECT_EQ(cluster().start().state, ClusterState::running);
  EXPECT_FALSE(fs::exists(data.parent_path() / "data.new"));
}

TEST_F(LocalClusterTest, shows_the_end_of_the_log_when_it_does_not_come_up) {
  const ClusterStatus first = cluster().start();
  cluster().stop();
  const fs::path configuration = first.data / "postgresql.conf";
  write_file(configuration, read_file(configuration) + "no_such_setting = 1\n");
  try {
    cluster().start();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::connection);
    EXPECT_EQ(error.message(), "the private PostgreSQL server ended while starting");
    EXPECT_NE(error.detail().find("no_such_setting"), std::string::npos) << error.detail();
    EXPECT_EQ(error.detail().find("database system is ready"), std::string::npos) << "lines of an older start";
  }
}

TEST_F(LocalClusterTest, refuses_a_socket_directory_that_is_not_its_own) {
  const fs::path sockets = cluster().read_status().socket_directory;
  fs::create_directories(sockets.parent_path());
  fs::create_symlink(directory_.make_open("elsewhere"), sockets);
  try {
    cluster().start();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::configuration);
    EXPECT_NE(error.message().find(sockets.string()), std::string::npos) << error.message();
  }
}

TEST_F(LocalClusterTest, works_in_a_path_longer_than_a_socket_path) {
  project_ = directory_.make(fs::path(std::string(60, 'a')) / std::string(70, 'b') / "with a space");
  ASSERT_GT(project_.string().size(), 120u);
  EXPECT_EQ(cluster().start().state, ClusterState::running);
  EXPECT_EQ(ask_local("SELECT 1"), "1");
}

/// /root is such a directory. An ordinary user who owns it can enter it, so then the data stays inside.
TEST_F(LocalClusterTest, lives_elsewhere_where_its_user_cannot_get_in) {
  const fs::path closed = directory_.make("closed");
  ::chmod(closed.c_str(), 0700);
  project_ = directory_.make("closed/project");
  const ClusterStatus status = cluster().start();
  EXPECT_EQ(ask_local("SELECT 1"), "1");
  const bool root = ::geteuid() == 0;
  EXPECT_EQ(status.data.string().starts_with(options_.roots.state.string()), root) << status.data;
  EXPECT_EQ(fs::exists(project_ / ".cairn"), !root);
  ::chmod(closed.c_str(), 0755);
  EXPECT_EQ(cluster().read_status().process, status.process) << "it stays where it was made";
}

TEST_F(LocalClusterTest, needs_a_project) {
  EXPECT_THROW(LocalCluster(directory_.path() / "missing", options_), Error);
}

/// The same commands for root and for the person whose clone it is.
class SharedCloneTest : public LocalClusterTest {
 protected:
  SharedCloneTest() {
    person_ = ::geteuid() == 0 ? find_user("nobody").value() : this_user();
    EXPECT_EQ(::chown(project_.c_str(), person_.uid, person_.gid), 0);
  }

  /// What a command prints that the person runs without sudo.
  Finished as_person(const fs::path& program) const {
    Command command{.argv = starter(), .directory = "/"};
    command.argv[0] = program.string();
    if (!person_.is_self()) command.account = Account{person_.name, person_.uid, person_.gid, person_.groups};
    return run(command);
  }

  /// The tests may lie where only root can get in.
  fs::path copied_holder() const {
    const fs::path copy = directory_.path() / "holder";
    fs::copy_file(CLUSTER_HOLDER, copy, fs::copy_options::overwrite_existing);
    ::chmod(copy.c_str(), 0755);
    return copy;
  }

  ServerUser person_;
};

TEST_F(SharedCloneTest, what_sudo_starts_belongs_to_the_owner_of_the_clone) {
  const ClusterStatus status = cluster().start();
  EXPECT_EQ(status.user, person_.name);
  for (const fs::path& path : {project_ / ".cairn", project_ / ".cairn/pg", status.data, status.log}) {
    struct stat seen{};
    ASSERT_EQ(::stat(path.c_str(), &seen), 0) << path;
    EXPECT_EQ(seen.st_uid, person_.uid) << path;
  }
  const Finished result = as_person(copied_holder());
  EXPECT_EQ(result.out, std::to_string(status.process) + "\n") << "the same server, found running";
}

TEST_F(SharedCloneTest, what_the_owner_starts_root_can_use_and_stop) {
  const Finished result = as_person(copied_holder());
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, std::to_string(cluster().read_status().process) + "\n");
  EXPECT_EQ(ask_local("SELECT 1"), "1");
  EXPECT_EQ(cluster().stop(), ClusterState::running);
}

TEST_F(SharedCloneTest, a_server_of_somebody_else_is_named_not_guessed_around) {
  if (::geteuid() != 0) {
    fs::create_directories(project_ / ".cairn");
    fs::create_symlink("/root", project_ / ".cairn" / "pg");   // the link is ours: accepted, then refused when used
    EXPECT_THROW(cluster().start(), Error);
    fs::remove(project_ / ".cairn" / "pg");
    return;
  }
  ASSERT_EQ(::chown(project_.c_str(), 0, 0), 0);
  cluster().start();
  const Finished result = as_person(copied_holder());
  EXPECT_EQ(result.code, 1);
  EXPECT_TRUE(result.err.starts_with("the local server of this project belongs to user \"postgres\"")) << result.err;
}

}  // namespace
}  // namespace cairn::test
