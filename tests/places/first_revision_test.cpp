// The beginning of docs/authoring.md, done by somebody who takes it literally: every command line and every file.
#include "places/installed.hpp"
#include "support/file_text.hpp"
#include "support/test_database.hpp"

#include <algorithm>
#include <sstream>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

struct Block {
  std::string language;   ///< empty: commands and what they print
  std::string text;
};

/// The fenced blocks of the section with this heading.
std::vector<Block> blocks_of(const std::string& document, const std::string& heading) {
  std::istringstream lines(document);
  std::vector<Block> blocks;
  bool inside = false;
  bool fenced = false;
  for (std::string line; std::getline(lines, line);) {
    if (!fenced && line.starts_with("## ")) inside = line == "## " + heading;
    if (!inside) continue;
    if (line.starts_with("```")) {
      fenced = !fenced;
      if (fenced) blocks.push_back({line.substr(3), ""});
    } else if (fenced) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

std::string replaced(std::string text, const std::string& word, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += by.size()) text.replace(at, word.size(), by);
  return text;
}

class Reader : public Installed {
 protected:
  Reader() : place_(folder() / "my work") { fs::create_directory(place_); }

  void follow(const Block& block) {
    if (block.language == "sql") write_sql(block.text);
    if (block.language == "cpp") write_code(block.text);
    if (!block.language.empty()) return;
    std::istringstream lines(block.text);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with("$ ")) type(line.substr(2));
  }

  TestDatabase database_;
  std::string printed_;   ///< by all commands so far

 private:
  void type(const std::string& line) {
    if (line.starts_with("cd ")) {
      place_ /= line.substr(3);
      return;
    }
    const Finished done = run({.argv = {"sh", "-c", replaced(line, "PREFIX", "'" + prefix().string() + "'")},
                               .environment = {{"PATH", (prefix() / "bin").string() + ":" + environment_variable("PATH")},
                                               {"CAIRN_DATABASE", database_.url()}, {"CXX", CAIRN_COMPILER}},
                               .directory = place_, .deadline = std::chrono::minutes(3)});
    if (!done.ok()) throw std::runtime_error(line + " failed:\n" + done.out + done.err);
    printed_ += done.out + done.err;
    if (line.starts_with("cairn revision")) note_files(done.out);
  }

  void note_files(const std::string& printed) {
    std::istringstream lines(printed);
    files_.clear();
    for (std::string line; std::getline(lines, line);) files_.push_back(place_ / line);
  }

  /// The first one goes below the header of up.sql, the next one takes the place of down.sql.
  void write_sql(const std::string& text) {
    const fs::path file = files_.at(0);
    files_.erase(files_.begin());
    write_file(file, (file.filename() == "up.sql" ? read_file(file) : "") + text);
  }

  void write_code(const std::string& functions) {
    const std::string text = read_file(files_.at(0));
    write_file(files_.at(0), text.substr(0, text.find("static void upgrade")) + functions);
  }

  fs::path place_;
  std::vector<fs::path> files_;
};

TEST_F(Reader, gets_from_an_empty_folder_to_two_applied_revisions) {
  const std::vector<Block> blocks = blocks_of(read_file(CAIRN_DOCS "/authoring.md"), "Your first revision in five minutes");
  ASSERT_GE(blocks.size(), 7U);
  for (const Block& block : blocks) follow(block);
  EXPECT_EQ(database_.value("SELECT count(*) FROM alembic_version"), "1");
  EXPECT_EQ(database_.column("SELECT attname FROM pg_attribute WHERE attrelid = 'customers'::regclass AND attnum > 0 ORDER BY attnum"),
            (std::vector<std::string>{"id", "name", "number"}));
  EXPECT_NE(printed_.find("100% tests passed, 0 tests failed out of 1"), std::string::npos) << printed_;
}

}  // namespace
}  // namespace cairn::test
