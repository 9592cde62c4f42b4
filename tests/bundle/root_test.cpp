// A bundle where there is nothing else: below a root directory that holds the files of three Debian packages and /proc.
#include "bundle/bundle_maker.hpp"
#include "support/delay_proxy.hpp"
#include "support/server_programs.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <sstream>

#include <unistd.h>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

/// The places that Debian calls by two names.
void make_merged_folders(const fs::path& root) {
  for (const char* name : {"bin", "lib", "lib64", "sbin"}) {
    fs::create_directories(root / "usr" / name);
    fs::create_symlink(fs::path("usr") / name, root / name);
  }
}

void copy_package(const char* package, const fs::path& root) {
  std::istringstream files(run({.argv = {"dpkg", "-L", package}}).out);
  for (std::string file; std::getline(files, file);) {
    if (fs::is_directory(file)) continue;
    const fs::path to = root / fs::path(file).relative_path();
    fs::create_directories(to.parent_path());
    fs::copy(file, to, fs::copy_options::copy_symlinks);
  }
}

class MinimalRoot : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    place_ = std::make_unique<TemporaryDirectory>();
    make_merged_folders(root());
    for (const char* package : {"libc6", "libgcc-s1", "libstdc++6"}) copy_package(package, root());
    for (const char* name : {"proc", "dev", "opt"}) fs::create_directory(root() / name);
    write_file(root() / "dev/null", "");   // no device: the worker only reads from it
    bundle("shop", {"--seeds", "initial_data"});
  }
  static void TearDownTestSuite() { place_.reset(); }

  static fs::path root() { return place_->path() / "root"; }
  static void bundle(const std::string& name, std::vector<std::string> options) {
    options.insert(options.end(), {"--plugins", CAIRN_TEST_PLUGINS, "--plugins", CAIRN_OPTIONAL_SEEDS "/*"});
    BundleMaker().require(root() / "opt" / name, options);
  }

  /// In namespaces of its own, so that no rights are needed and nothing has to be unmounted.
  static Finished inside(const std::string& program, std::vector<std::string> words, std::map<std::string, std::optional<std::string>> environment = {}) {
    const std::string path = "PATH=$PATH:/usr/sbin:/sbin";
    Command command{.argv = {"unshare", getuid() == 0 ? "-m" : "-rm", "sh", "-c",
                             path + "; mount --rbind /proc \"$0/proc\" && exec chroot \"$0\" \"$@\"", root().string(), program},
                    .environment = without_postgres_variables()};
    for (const char* name : {"DATABASE_URL", "CAIRN_PLUGINS", "CAIRN_DATABASE"}) command.environment[name] = std::nullopt;
    for (auto& [name, value] : environment) command.environment[name] = value;
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    return run(command);
  }

  static std::string require_inside(std::vector<std::string> words, std::map<std::string, std::optional<std::string>> environment = {}) {
    const Finished finished = inside("/opt/shop/bin/cairn", std::move(words), std::move(environment));
    EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
    return finished.out;
  }

 private:
  inline static std::unique_ptr<TemporaryDirectory> place_;
};

TEST_F(MinimalRoot, holds_no_library_that_is_not_of_the_base_system) {
  for (const auto& [name, content] : tree_of(root() / "usr"))
    EXPECT_EQ(name.find("libcrypto"), std::string::npos) << name;
}

TEST_F(MinimalRoot, runs_the_bundle) {
  EXPECT_EQ(require_inside({"version"}).substr(0, 6), "cairn ");
  EXPECT_EQ(require_inside({"history"}),
            "853113448960 -> 2864583ca021 (head), seed initial data\n"
            "37a02ec8662a -> 853113448960, template sanity test\n"
            "000000000001 -> 37a02ec8662a, init schema\n"
            "<base> -> 000000000001, baseline schema collapse\n");
}

TEST_F(MinimalRoot, holds_exactly_the_seeds_that_were_chosen) {
  struct Row { const char* name; const char* seeds; std::string heads; };
  const Row table[] = {
      {"none", "", "853113448960 (head)\n"},
      {"two", "initial_data,tax_settings", "2864583ca021 (effective head)\n9b1f4c7e2a60 (tax_settings) (head)\n"},
  };
  TestDatabase database;
  const DelayProxy proxy(database.server().socket_path());
  const std::string url = proxy.url(database.name(), superuser);
  for (const Row& row : table) {
    bundle(row.name, {"--seeds", row.seeds});
    const std::string program = std::string("/opt/") + row.name + "/bin/cairn";
    EXPECT_EQ(inside(program, {"heads"}).out, row.heads);
    const Finished upgraded = inside(program, {"upgrade", "heads", "--database", url});
    EXPECT_EQ(upgraded.code, 0) << upgraded.err;
  }
  EXPECT_EQ(inside("/opt/two/bin/cairn", {"history"}).out.find("demo"), std::string::npos);
}

TEST_F(MinimalRoot, reaches_a_server_by_tcp_and_runs_code_in_its_worker) {
  TestDatabase database;
  const DelayProxy proxy(database.server().socket_path());
  const std::string url = proxy.url(database.name(), superuser);
  require_inside({"upgrade", "heads", "--database", url});
  EXPECT_EQ(require_inside({"current", "--database", url}), "2864583ca021 (head)\n");
  EXPECT_EQ(database.value("SELECT count(*) > 0 FROM core.organizations"), "t");   // the seed is C++
  require_inside({"downgrade", "base", "--database", url});
  EXPECT_EQ(require_inside({"current", "--database", url}), "base: nothing is applied\n");
}

/// SCRAM needs OpenSSL's digests, which the bundle brings along.
TEST_F(MinimalRoot, gives_a_password_by_scram) {
  TestServer server({.authentication = Authentication::password});
  TestDatabase database(server);
  database.execute("SET password_encryption = 'scram-sha-256'");
  database.execute("CREATE ROLE deploy LOGIN SUPERUSER PASSWORD 'a secret'");
  const DelayProxy proxy(server.socket_path());
  const std::string url = proxy.url(database.name(), "deploy");
  EXPECT_EQ(inside("/opt/shop/bin/cairn", {"current", "--database", url}).code, 6);
  EXPECT_EQ(require_inside({"current", "--database", url}, {{"PGPASSWORD", "a secret"}}), "base: nothing is applied\n");
}

}  // namespace
}  // namespace cairn::test
