// A project of somebody's own, from nothing to a migrated database, with what an installation has and no more.
#include "places/installed.hpp"
#include "support/file_text.hpp"
#include "support/test_database.hpp"

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// The id in "revisions/<id>_<slug>/up.sql".
std::string id_in(const std::string& path) {
  const std::string name = fs::path(path).parent_path().filename().string();
  return name.substr(0, name.find('_'));
}

class Project : public Installed {
 protected:
  Project() : project_(folder() / "my shop") {
    fs::remove_all(project_);
    runner_.directory = folder();
    runner_.require("", {"init", project_.string()});
    runner_.directory = project_;
  }

  /// Makes the files of a revision; the path of the first.
  std::string make(std::vector<std::string> words) const { return first_line(runner_.require("", std::move(words))); }

  void write(const fs::path& file, const std::string& text) const { write_file(project_ / file, text); }
  void add(const fs::path& file, const std::string& text) const { write(file, read_file(project_ / file) + text); }
  std::string build_folder() const { return (project_ / "build").string(); }

  void configure() const {
    require({.argv = {CAIRN_CMAKE, "-S", project_.string(), "-B", build_folder(), "-G", "Ninja", "-DCMAKE_PREFIX_PATH=" + prefix().string(),
                      "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Wshadow -Werror", "-DCMAKE_CXX_COMPILER=" CAIRN_COMPILER}});
  }
  void build() const { require({.argv = {CAIRN_CMAKE, "--build", build_folder()}, .deadline = std::chrono::minutes(3)}); }

  std::string current() const { return runner_.require(database_.url(), {"current"}); }

  const fs::path project_;
  TestDatabase database_;
};

TEST_F(Project, goes_from_nothing_to_a_migrated_database_and_back) {
  configure();
  build();
  const std::string customers = make({"revision", "-m", "create customers"});
  add(customers, "CREATE TABLE customers (id bigint PRIMARY KEY);\n");
  write(fs::path(customers).parent_path() / "down.sql", "DROP TABLE customers;\n");
  const std::string orders = make({"revision", "-m", "create \"orders\" \\ here", "--cpp"});
  const std::string reports = make({"revision", "-m", "reports", "--head", id_in(customers), "--splice", "--branch-label", "reports"});
  const std::string seed = make({"revision", "-m", "demo data", "--seed", "--head", id_in(customers), "--splice"});
  EXPECT_TRUE(seed.starts_with("seeds/")) << seed;
  const std::string merge = make({"merge"});
  build();   // nobody has touched a CMakeLists.txt or configured anew

  runner_.require(database_.url(), {"upgrade", id_in(merge)});
  EXPECT_EQ(current(), id_in(merge) + " (reports) (head)\n");
  runner_.require(database_.url(), {"upgrade", "heads"});
  EXPECT_EQ(database_.value("SELECT to_regclass('customers') IS NOT NULL"), "t");

  // What nobody has written does not pass as done; the merge has nothing to undo.
  runner_.require(database_.url(), {"stamp", "--purge", id_in(merge)});
  const Finished refused = runner_.run(database_.url(), {"downgrade", "base"});
  EXPECT_EQ(refused.code, 9);
  EXPECT_NE(refused.err.find("is not written yet"), std::string::npos) << refused.err;
  write(fs::path(reports).parent_path() / "down.sql", "-- nothing was done\n");
  std::string code = read_file(project_ / orders);
  code.replace(code.find("static void downgrade"), code.npos, "static void downgrade(cairn::Database&) {}\n");
  write(orders, code);
  build();
  runner_.require(database_.url(), {"accept", "--all"});   // both were applied before their way back was written
  runner_.require(database_.url(), {"downgrade", "base"});
  EXPECT_EQ(current(), "base: nothing is applied\n");
  EXPECT_EQ(database_.value("SELECT to_regclass('customers') IS NULL"), "t");
}

TEST_F(Project, builds_whatever_ids_and_messages_are_taken) {
  configure();
  constexpr const char* message = "50% of; [it] ${x} \"q\" \\ 'a' ñ = $1 <b> #c";
  for (const char* id : {"0001", "año", "v1.2", "A_b", "853113448960"})
    for (const auto& [kind, ending] : {std::pair("--sql-files", "s"), std::pair("--cpp", "c")})
      make({"revision", "--rev-id", std::string(id) + ending, kind, "-m", message});
  build();
  runner_.require(database_.url(), {"upgrade", "head"});
  EXPECT_NE(runner_.require(database_.url(), {"show", "head"}).find(std::string("Message:           ") + message + "\n"), std::string::npos);
  EXPECT_EQ(current(), "853113448960c (head)\n");
}

TEST_F(Project, forgets_a_revision_that_is_removed) {
  configure();
  make({"revision", "-m", "stays", "--rev-id", "a1"});
  const std::string removed = make({"revision", "-m", "goes", "--rev-id", "b2"});
  build();
  fs::remove_all(project_ / fs::path(removed).parent_path());
  EXPECT_EQ(runner_.run("", {"revision", "-m", "next"}).code, 4);
  build();
  const std::string next = make({"revision", "-m", "next"});
  EXPECT_NE(read_file(project_ / next).find("-- cairn: down_revision = a1\n"), std::string::npos);
}

}  // namespace
}  // namespace cairn::test
