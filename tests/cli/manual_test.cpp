// Manual pages, as groff reads them.
#include "support/process.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace cairn::test {
namespace {

/// The page of the program, then that of each command.
std::vector<std::vector<std::string>> pages() {
  std::vector<std::vector<std::string>> all{{"man"}};
  std::istringstream commands(run({.argv = {CAIRN_BINARY, "--document", "commands"}}).out);
  for (std::string command; std::getline(commands, command);) all.push_back({"man", command});
  return all;
}

std::string page(const std::vector<std::string>& words) {
  std::vector<std::string> argv{CAIRN_BINARY, "--document"};
  argv.insert(argv.end(), words.begin(), words.end());
  return run({.argv = argv}).out;
}

/// What man shows, with lines so long that none is broken.
Finished format(const std::string& text) {
  return run({.argv = {"groff", "-man", "-Tutf8", "-k", "-P-cbou", "-ww", "-rLL=2000n"}, .input = text});
}

TEST(ManualPages, are_read_without_a_warning) {
  EXPECT_GT(pages().size(), 10u);
  for (const auto& words : pages()) {
    const Finished finished = format(page(words));
    EXPECT_TRUE(finished.ok()) << words.back();
    EXPECT_EQ(finished.err, "") << words.back();
  }
}

/// Whatever the help says, the page says: nothing of it may be taken for an instruction.
TEST(ManualPages, lose_nothing_of_the_help) {
  for (const auto& words : pages()) {
    if (words.size() == 1) continue;
    const std::string shown = format(page(words)).out;
    std::istringstream help(run({.argv = {CAIRN_BINARY, "help", words.back()}}).out);
    for (std::string line; std::getline(help, line);) {
      const std::size_t begin = line.find_first_not_of(' ');
      if (begin == line.npos || line.ends_with(':') || line.starts_with("usage:")) continue;
      // An option's line has two columns.
      const std::size_t gap = line.find("  ", line[begin] == '-' ? begin : line.size());
      const std::string first = line.substr(begin, std::min(gap, line.size()) - begin);
      EXPECT_NE(shown.find(first), shown.npos) << words.back() << ": " << first << "\n" << shown;
    }
  }
}

TEST(ManualPages, are_the_same_whenever_they_are_printed) {
  for (const auto& words : pages()) {
    EXPECT_NE(page(words).find("\"1\" \"\" \"Cairn "), std::string::npos) << "a date, or none where it was";
    EXPECT_EQ(page(words), page(words));
  }
}

}  // namespace
}  // namespace cairn::test
