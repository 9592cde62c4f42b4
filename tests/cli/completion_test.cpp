// The completion script in a real bash, asked the way bash asks when the tabulator key is pressed.
#include "support/process.hpp"
#include "support/sql_plugin_file.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

enum class Piece { blank, sign, plain };

Piece piece_of(char c) {
  if (c == ' ') return Piece::blank;
  return std::string("@><=;|&(:").find(c) != std::string::npos ? Piece::sign : Piece::plain;
}

/// As bash cuts the line: at blanks, and around runs of what else is in COMP_WORDBREAKS; what is quoted stays whole.
Words cut_like_bash(const std::string& line) {
  Words words;
  Piece last = Piece::blank;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\'') quoted = !quoted;
    const bool escaped = i > 0 && line[i - 1] == '\\';
    const Piece now = quoted || escaped ? Piece::plain : piece_of(line[i]);
    if (now != Piece::blank && now != last) words.emplace_back();
    if (now != Piece::blank) words.back() += line[i];
    last = now;
  }
  if (last == Piece::blank) words.emplace_back();
  return words;
}

Words sorted_lines(const std::string& text) {
  std::istringstream stream(text);
  Words lines;
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

constexpr const char* ask = R"bash(
  set -e
  COMP_WORDBREAKS=$' \t\n"\'@><=;|&(:'
  source <(cairn completion bash --config "$PWD/cairn.toml")
  COMP_LINE=$1 COMP_POINT=${#1}
  shift
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  set +e
  _cairn
  printf '%s\n' "${COMPREPLY[@]}"
)bash";

class Completion : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryDirectory>();
    fs::create_directories(project() / "my plugins");
    write_sql_plugin(project() / "my plugins/a.so", {.id = "1a1a", .labels = {"shop"}, .up = "SELECT 1"});
    write_sql_plugin(project() / "my plugins/b.so", {.id = "1b1b", .down_revisions = {"1a1a"}, .up = "SELECT 1"});
    std::ofstream(project() / "cairn.toml") << "plugins = [\"my plugins\"]\n";
    std::ofstream(project() / "other.toml") << "plugins = [\"nowhere\"]\n";
  }
  static void TearDownTestSuite() { folder_.reset(); }
  static fs::path project() { return folder_->path(); }

  static Finished complete(const std::string& line) {
    Words argv{"bash", "--norc", "--noprofile", "-c", ask, "bash", line};
    for (std::string& word : cut_like_bash(line)) argv.push_back(std::move(word));
    const std::string path = fs::path(CAIRN_BINARY).parent_path().string() + ":" + environment_variable("PATH");
    return run({.argv = argv,
                .environment = {{"PATH", path}, {"CAIRN_PLUGINS", std::nullopt}, {"HOME", project().string()},
                                {"CAIRN_DATABASE", "postgresql://nobody@/nowhere?host=/nonexistent"}},
                .directory = project()});
  }

 private:
  inline static std::unique_ptr<TemporaryDirectory> folder_;
};

struct Case {
  const char* line;
  Words offered;   ///< sorted; what bash puts behind the place where it cuts
};

TEST_F(Completion, offers_what_can_follow) {
  const Case rows[] = {
      {"cairn upg", {"upgrade"}},
      {"cairn help hi", {"history"}},
      {"cairn -q -d local upg", {"upgrade"}},
      {"cairn -p upgrade upg", {"upgrade"}},
      {"cairn upgrade --dry", {"--dry-run"}},
      {"cairn upgrade --no-such", {}},
      {"cairn history --rev", {"--rev-range", "--reverse"}},
      {"cairn upgrade ", {"1a1a", "1b1b", "base", "head", "heads", "shop"}},
      {"cairn upgrade 1", {"1a1a", "1b1b"}},
      {"cairn upgrade 1a1a ", {}},
      {"cairn stamp 1a1a 1b", {"1b1b"}},
      {"cairn show c", {"current"}},
      {"cairn upgrade c", {}},
      {"cairn upgrade shop@he", {"@head", "@heads"}},
      {"cairn downgrade shop@", {"@1a1a", "@1b1b", "@base", "@head", "@heads", "@shop"}},
      {"cairn history -r 1a1a:cu", {"current"}},
      {"cairn history -r cu", {"current"}},
      {"cairn history --rev-range=1a1a:1b", {"1b1b"}},
      {"cairn history -r shop@base:1b", {"1b1b"}},
      {"cairn --isolation p", {"process"}},
      {"cairn upgrade --isolation=", {"none", "process"}},
      {"cairn graph --format m", {"mermaid"}},
      {"cairn -d lo", {"local"}},
      {"cairn db st", {"start", "status", "stop"}},
      {"cairn completion ", {"bash"}},
      {"cairn db start st", {}},
      {"cairn import al", {"alembic"}},
      {"cairn import alembic my", {"my plugins"}},
      {"cairn init my", {"my plugins"}},
      {"cairn merge 1a1a 1b", {"1b1b"}},
      {"cairn revision --head sh", {"shop"}},
      {"cairn inspect my\\ plugins/a.so ca", {"cairn.toml"}},
      {"cairn --config=oth", {"other.toml"}},
      {"cairn -p my", {"my plugins"}},
      {"cairn -x ", {}},
      {"cairn heads ", {}},
      {"cairn -c other.toml upgrade s", {}},
      {"cairn --config=other.toml upgrade h", {"head", "heads"}},
      {"cairn -c other.toml -p 'my plugins' upgrade 1a", {"1a1a"}},
      {"cairn -c ~/other.toml upgrade 1", {}},
      {"cairn -p $(touch${IFS}evil) upgrade h", {"head", "heads"}},
      {"cairn nonsense --ver", {"--verbose"}},
  };
  for (const Case& row : rows) {
    const Finished finished = complete(row.line);
    EXPECT_EQ(sorted_lines(finished.out), row.offered) << row.line;
    EXPECT_EQ(finished.err, "") << row.line;
  }
  EXPECT_FALSE(fs::exists(project() / "evil")) << "what is typed must not be run";
}

/// Rows that come later are covered, too.
TEST_F(Completion, offers_the_options_of_every_command) {
  const Words commands = sorted_lines(run({.argv = {CAIRN_BINARY, "--document", "commands"}}).out);
  Words offered = sorted_lines(complete("cairn ").out);
  std::erase(offered, "help");
  EXPECT_EQ(offered, commands);
  for (const std::string& command : commands) {
    const Words options = sorted_lines(complete("cairn " + command + " --").out);
    const std::string help = run({.argv = {CAIRN_BINARY, "help", command}}).out;
    std::size_t shown = 0;
    for (std::size_t at = help.find("  --"); at != help.npos; at = help.find("  --", at + 1)) ++shown;
    for (std::size_t at = help.find(", --"); at != help.npos; at = help.find(", --", at + 1)) ++shown;
    EXPECT_EQ(options.size(), shown) << command;
    for (const std::string& option : options) EXPECT_NE(help.find(option), help.npos) << command << " " << option;
  }
}

TEST_F(Completion, script_is_the_one_that_is_installed) {
  EXPECT_EQ(run({.argv = {CAIRN_BINARY, "completion", "bash"}, .directory = "/"}).out,
            run({.argv = {CAIRN_BINARY, "--document", "completion"}}).out);
}

}  // namespace
}  // namespace cairn::test
