#include "support/process.hpp"
#include "support/server_programs.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

// No double quotes, with which CMake itself does not find the compiler's library folder, and no comma, at which the
// compiler cuts what it hands to the linker.
constexpr const char* awkward_name =
    "a folder with spaces and a name so long that no socket could be in it because one hundred and twenty characters are here";

/// The sources alone, as from a tarball, in a path that is long and has spaces. They belong to somebody who is not
/// root. Whatever is started there is stopped at the end.
class Clone {
 public:
  Clone() : folder_(TemporaryDirectory::default_parent(), owner_) {
    fs::create_directory(path());
    for (const auto& entry : fs::directory_iterator(CAIRN_SOURCE_DIR)) {
      const std::string name = entry.path().filename().string();
      if (name != "build" && name != ".git" && name != ".cairn")
        fs::copy(entry.path(), path() / name, fs::copy_options::recursive);
    }
    if (owner_) run({.argv = {"chown", "-R", owner_->name + ":", folder_.path().string()}});
  }
  Clone(const Clone&) = delete;
  Clone& operator=(const Clone&) = delete;
  ~Clone() { as_owner({"db", "stop"}); }

  fs::path path() const { return folder_.path() / awkward_name; }

  Finished as_we_are(const std::vector<std::string>& words) const { return tools_run(words, std::nullopt); }
  Finished as_owner(const std::vector<std::string>& words) const { return tools_run(words, owner_); }

  /// What belongs to another user than the sources do.
  std::vector<std::string> strange_files() const {
    struct stat expected{};
    stat(path().c_str(), &expected);
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(path())) {
      struct stat status{};
      if (lstat(entry.path().c_str(), &status) == 0 && status.st_uid != expected.st_uid)
        found.push_back(fs::relative(entry.path(), path()).string());
    }
    return found;
  }

 private:
  Finished tools_run(const std::vector<std::string>& words, const std::optional<Account>& account) const {
    Command command{.argv = {(path() / "tools/run").string()}, .environment = without_postgres_variables(), .directory = "/",
                    .deadline = std::chrono::minutes(30), .account = account};
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    for (const char* name : {"CAIRN_DATABASE", "DATABASE_URL", "CAIRN_PLUGINS", "TERM"}) command.environment[name] = std::nullopt;
    command.environment["CI"] = "true";
    if (account) command.environment["HOME"] = folder_.path().string();
    return run(command);
  }

  std::optional<Account> owner_ = server_account();
  TemporaryDirectory folder_;
};

TEST(Clone, is_migrated_by_one_command_whoever_gives_it) {
  const Clone clone;
  ASSERT_GT(clone.path().string().size(), 120u);
  const Finished first = clone.as_we_are({"upgrade", "head"});
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(first.out.ends_with("local database is at 2864583ca021 (head)\n")) << first.out;
  EXPECT_EQ(clone.strange_files(), std::vector<std::string>{});

  const Finished owners = clone.as_owner({"current"});
  EXPECT_EQ(owners.out, "2864583ca021 (head)\n") << owners.err;
  EXPECT_EQ(owners.err, "") << "there was nothing to install and nothing to build";
  const Finished down = clone.as_we_are({"downgrade", "base"});
  EXPECT_EQ(down.code, 0) << down.err;
  EXPECT_EQ(clone.as_owner({"upgrade", "head"}).code, 0);
  EXPECT_EQ(clone.strange_files(), std::vector<std::string>{});
}

}  // namespace
}  // namespace cairn::test
