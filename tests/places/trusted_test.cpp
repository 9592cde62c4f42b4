// Nothing runs of a plugin that is not the one that was meant: one of the plugins here leaves a file behind when it is
// loaded, whatever is called afterwards.
#include "support/account.hpp"
#include "support/file_text.hpp"
#include "support/runner.hpp"
#include "support/sql_plugin_file.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* nowhere = "host=/nonexistent dbname=nowhere";
constexpr const char* hold_runner_lock =
    "SELECT pg_advisory_lock(('x' || left(encode(sha256('cairn/v1\\000public\\000alembic_version'::bytea), 'hex'), 16))::bit(64)::bigint)";

class Trusted : public testing::Test {
 protected:
  Trusted() {
    fs::create_directory(plugins());
    fs::permissions(plugins(), fs::perms(0755));
    write_sql_plugin(plugins() / "a.so", {.id = "00001000", .up = "SELECT 1", .down = "SELECT 1"});
    fs::copy(CAIRN_TRACE_PLUGIN, code());
    runner_.options = {"--plugins", plugins().string()};
    runner_.directory = folder_.path();
    runner_.environment["CAIRN_TEST_TRACE"] = trace().string();
    runner_.environment["CAIRN_TRUSTED_OWNERS"] = std::nullopt;
    runner_.environment["SUDO_UID"] = std::nullopt;
    write_file(folder_ / "cairn.toml", "");
  }

  fs::path plugins() const { return folder_ / "plugins"; }
  fs::path code() const { return plugins() / "b.so"; }
  fs::path lock_file() const { return folder_ / "cairn.lock"; }
  fs::path trace() const { return folder_ / "loaded"; }
  bool was_loaded() const { return fs::exists(trace()); }

  void lock() { runner_.require(nowhere, {"lock"}); }

  /// Refused for its plugins, before the server that is not there was asked and before any of their code has run.
  std::string refused(std::vector<std::string> words) {
    const Finished finished = runner_.run(nowhere, std::move(words));
    EXPECT_EQ(finished.code, 4) << finished.out << finished.err;
    EXPECT_FALSE(was_loaded());
    return finished.err;
  }

  static void expect_part(const std::string& text, const std::string& part) { EXPECT_NE(text.find(part), std::string::npos) << text; }

  TemporaryDirectory folder_;
  Runner runner_{.program = CAIRN_BINARY};
};

TEST_F(Trusted, runs_what_the_lock_file_pins) {
  TestDatabase database;
  lock();
  runner_.require(database.url(), {"upgrade", "head", "--locked"});
  EXPECT_TRUE(was_loaded());
  EXPECT_EQ(database.value("SELECT to_regclass('of_code') IS NOT NULL"), "t");
  runner_.require(database.url(), {"downgrade", "base", "--locked", "--isolation=none"});
  EXPECT_EQ(database.value("SELECT to_regclass('of_code') IS NULL"), "t");
}

TEST_F(Trusted, runs_nothing_of_a_plugin_with_a_byte_too_many) {
  lock();
  write_file(code(), read_file(code()) + "x");
  for (const char* const command : {"upgrade", "plan"}) expect_part(refused({command, "head", "--locked"}), "b.so: revision 00001001 was rebuilt since it was locked");
  expect_part(refused({"show", "00001001", "--locked"}), "b.so: revision 00001001 was rebuilt");
  expect_part(refused({"upgrade", "base:head", "--sql", "--locked"}), "b.so: revision 00001001 was rebuilt");
}

TEST_F(Trusted, runs_nothing_of_a_damaged_plugin_and_names_all_else_too) {
  lock();
  write_file(code(), read_file(code()).substr(0, 100));
  fs::rename(plugins() / "a.so", plugins() / "c.so");
  const std::string problems = refused({"upgrade", "head", "--locked"});
  expect_part(problems, "b.so: damaged");
  expect_part(problems, "c.so: revision 00001000 is another file in the lock file: a.so");
  EXPECT_EQ(problems.find("no plugin holds it"), std::string::npos) << problems;
}

TEST_F(Trusted, runs_nothing_with_a_lock_file_that_was_tampered_with) {
  lock();
  std::string text = read_file(lock_file());
  const std::size_t digest = text.find("00001001\t") + 9;
  text[digest] = text[digest] == '0' ? '1' : '0';
  write_file(lock_file(), text);
  expect_part(refused({"upgrade", "head", "--locked"}), "b.so: revision 00001001");
  fs::permissions(lock_file(), fs::perms(0666));
  expect_part(refused({"upgrade", "head", "--locked"}), "cairn.lock can be written by everybody");
  fs::remove(lock_file());
  expect_part(refused({"upgrade", "head", "--locked"}), "there is no lock file");
}

TEST_F(Trusted, may_be_asked_for_by_cairn_toml_and_by_the_environment) {
  lock();
  fs::remove(plugins() / "a.so");
  write_file(folder_ / "cairn.toml", "[trust]\nlocked = true\n");
  expect_part(refused({"heads"}), "revision 00001000 is in the lock file, and no plugin holds it");
  write_file(folder_ / "cairn.toml", "");
  runner_.environment["CAIRN_LOCKED"] = "true";
  expect_part(refused({"heads"}), "revision 00001000 is in the lock file, and no plugin holds it");
}

/// While it waits for the lock of another runner, the plugin is exchanged: between the check and the loading.
class Exchanged : public Trusted, public testing::WithParamInterface<const char*> {};

TEST_P(Exchanged, is_not_run) {
  TestDatabase database;
  lock();
  database.execute(hold_runner_lock);
  Command command{.argv = {CAIRN_BINARY, "upgrade", "head", "--plugins", plugins().string()}, .environment = runner_.environment,
                  .directory = folder_.path()};
  command.environment["CAIRN_DATABASE"] = database.url();
  if (*GetParam() != '\0') command.argv.emplace_back(GetParam());
  Process process(command);
  ASSERT_TRUE(process.await_output("waiting for the runner lock")) << process.out() << process.err();
  fs::copy(CAIRN_TRACE_PLUGIN, plugins() / "new");
  fs::rename(plugins() / "new", code());
  database.execute("SELECT pg_advisory_unlock_all()");
  const Finished finished = process.wait();
  EXPECT_EQ(finished.code, 4) << finished.out << finished.err;
  expect_part(finished.err, "b.so: was changed or replaced after it had been collected");
  EXPECT_FALSE(was_loaded());
  EXPECT_EQ(database.value("SELECT to_regclass('cairn_journal') IS NULL"), "t") << "nothing was written";
}

INSTANTIATE_TEST_SUITE_P(Plugin, Exchanged, testing::Values("", "--locked", "--isolation=none"));

/// Files of another account, for whom only root can make some. An ordinary user has but what belongs to root: that is trusted.
class OfAnother : public Trusted {
 protected:
  void give(const fs::path& path) const {
    if (account_) { EXPECT_EQ(::lchown(path.c_str(), account_->uid, account_->gid), 0); }
  }

  std::optional<Account> account_ = server_account();
};

TEST_F(OfAnother, are_refused_unless_their_owner_is_named) {
  if (!account_) return runner_.require("", {"heads"}), void();
  TestDatabase database;
  give(code());
  const std::string problem = refused({"upgrade", "head"});
  expect_part(problem, "b.so: belongs to " + account_->name);
  expect_part(problem, "CAIRN_TRUSTED_OWNERS=" + account_->name);
  runner_.environment["CAIRN_TRUSTED_OWNERS"] = account_->name;
  EXPECT_EQ(runner_.run(nowhere, {"heads"}).code, 0);
  runner_.environment["CAIRN_TRUSTED_OWNERS"] = std::nullopt;
  runner_.environment["SUDO_UID"] = std::to_string(account_->uid);
  runner_.require(database.url(), {"upgrade", "head"});
  EXPECT_TRUE(was_loaded());
}

TEST_F(OfAnother, are_run_when_a_lock_file_of_ones_own_pins_them) {
  TestDatabase database;
  lock();
  for (const fs::path& path : {plugins(), code(), plugins() / "a.so"}) give(path);
  runner_.require(database.url(), {"upgrade", "head", "--locked"});
  EXPECT_TRUE(was_loaded());
  if (!account_) return;
  fs::remove(trace());
  give(lock_file());
  expect_part(refused({"upgrade", "head", "--locked"}), "cairn.lock belongs to " + account_->name);
}

TEST_F(OfAnother, are_not_made_trusted_by_a_cairn_toml_of_that_account) {
  write_file(folder_ / "cairn.toml", "[trust]\nowners = [\"root\", \"54321\"]\n");
  EXPECT_EQ(runner_.run(nowhere, {"heads"}).code, 0);
  if (!account_) return;
  give(folder_ / "cairn.toml");
  expect_part(refused({"heads"}), "cairn.toml says whose plugins are run");
}

TEST_F(OfAnother, may_run_what_belongs_to_root) {
  if (!account_) return runner_.require("", {"heads"}), void();
  const TemporaryDirectory theirs(TemporaryDirectory::default_parent(), account_);
  fs::permissions(folder_.path(), fs::perms(0755));
  Command command{.argv = {CAIRN_BINARY, "heads", "--plugins", plugins().string()}, .directory = theirs.path(), .account = account_};
  const Finished finished = run(command);
  EXPECT_EQ(finished.code, 0) << finished.err;
}

}  // namespace
}  // namespace cairn::test
