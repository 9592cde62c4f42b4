// Which seeds may be chosen: the CMake functions of this project, on a tree of revisions that are hardly more than headers.
#include "support/file_text.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

class Tree {
 public:
  Tree() {
    write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.25)\nproject(Tree LANGUAGES NONE)\n"
                            "include(" CAIRN_SOURCE_DIR "/cmake/RevisionLinks.cmake)\n"
                            "include(" CAIRN_SOURCE_DIR "/cmake/Seeds.cmake)\n"
                            "find_seeds(known)\nrequire_known(\"${known}\" ${SEEDS})\nrequire_whole_selection(${SEEDS})\n");
    write("revisions/a1_first/up.sql", "-- cairn: id = a1\nCREATE TABLE a ();\n");
    write("revisions/b1_second.cpp", "// CAIRN's second\nCAIRN_IRREVERSIBLE_REVISION(.id = \"b1\", .down_revision = {\"a1\"})\n");
    write("seeds/also/up.sql", "-- cairn: id = c0\n-- cairn: depends_on = f1\n");
    write("seeds/first/up.sql", "-- cairn: id = f1\n-- cairn: down_revision = b1\n-- cairn: labels = start\nSELECT ';[';\n");
    write("seeds/more/revision.cpp", "#include <x>\nCAIRN_REVISION(.id = \"d1\",\n  .labels = {\"x\", \"more\"}, .depends_on = {\n"
                                     "    \"a1\", \"start\"}, .seed = true)\n");
    write("seeds/most/up.sql", "-- cairn: id=e1\n-- cairn: down_revision = none\n-- cairn: depends_on = more, elsewhere\n");
  }

  void write(const char* file, const std::string& text) const {
    fs::create_directories((folder_.path() / file).parent_path());
    write_file(folder_.path() / file, text);
  }

  /// CMake breaks the lines of its messages; here they are one.
  std::string complaint(const std::string& seeds) const {
    const Finished finished = run({.argv = {CAIRN_CMAKE, "-S", folder_.path().string(), "-B", (folder_.path() / "build").string(),
                                            "-DSEEDS=" + seeds}});
    std::string words;
    for (const char letter : finished.err)
      if (const char next = letter == '\n' ? ' ' : letter; next != ' ' || !words.ends_with(' ')) words += next;
    return words;
  }

 private:
  TemporaryDirectory folder_;
};

struct Selection {
  const char* seeds;
  const char* complaint;   ///< a part of what is said; empty: it is taken
};

const Selection selections[] = {
    {"", ""},
    {"first", ""},
    {"more;first", ""},
    {"first;more;most", ""},
    {"first;lost", "CAIRN_SEEDS names an unknown seed \"lost\". Known seeds: also, first, more, most"},
    {"more", "more rests on first (f1), which is not selected Configure with -DCAIRN_SEEDS=\"more;first\""},
    {"more;also", "more rests on first (f1), which is not selected also rests on first (f1), which is not selected "
                  "Configure with -DCAIRN_SEEDS=\"more;also;first\""},
    {"most", "most rests on more (d1), which is not selected more rests on first (f1), which is not selected "
             "Configure with -DCAIRN_SEEDS=\"most;more;first\""},
};

TEST(SeedSelection, is_whole_or_refused_with_the_names) {
  const Tree tree;
  for (const Selection& selection : selections) {
    const std::string complaint = tree.complaint(selection.seeds);
    if (*selection.complaint == '\0') {
      EXPECT_EQ(complaint, "") << selection.seeds;
    } else {
      EXPECT_NE(complaint.find(selection.complaint), std::string::npos) << selection.seeds << ": " << complaint;
    }
  }
}

TEST(SeedSelection, goes_by_the_chain_too) {
  const Tree tree;
  tree.write("revisions/c1_third/up.sql", "-- cairn: id = c1\n-- cairn: down_revision = f1, b1\n");
  EXPECT_NE(tree.complaint("").find("a revision of the chain rests on first (f1), which is not selected"), std::string::npos);
  EXPECT_EQ(tree.complaint("first"), "");
}

TEST(SeedSelection, is_asked_again_when_a_source_changes) {
  const Tree tree;
  EXPECT_EQ(tree.complaint("first"), "");
  tree.write("seeds/first/up.sql", "-- cairn: id = f1\n-- cairn: depends_on = d1\n");
  EXPECT_NE(tree.complaint("first").find("first rests on more (d1)"), std::string::npos);
}

TEST(SeedSelection, needs_an_id_that_can_be_read) {
  const Tree tree;
  tree.write("seeds/more/revision.cpp", "CAIRN_REVISION(.id = MY_ID)\n");
  EXPECT_NE(tree.complaint("first").find("no id found"), std::string::npos);
}

}  // namespace
}  // namespace cairn::test
