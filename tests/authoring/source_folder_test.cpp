#include "authoring/source_folder.hpp"

#include "support/file_text.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

namespace fs = std::filesystem;

class SourceFolder : public testing::Test {
 protected:
  void write(const fs::path& file, std::string_view text) const {
    fs::create_directories((root() / file).parent_path());
    test::write_file(root() / file, text);
  }

  /// "stem id: files", one to a line.
  std::string found() const {
    std::string text;
    for (const RevisionFiles& source : read_sources(std::vector<fs::path>{root()})) {
      text += source.stem + " " + source.revision.id + ":";
      for (const fs::path& file : source.files) text += " " + file.lexically_relative(root()).string();
      text += source.problem ? " (" + source.problem->text + ")\n" : "\n";
    }
    return text;
  }

  fs::path root() const { return directory_ / "revisions"; }

 private:
  test::TemporaryDirectory directory_;
};

TEST_F(SourceFolder, holds_revisions_in_every_form_that_the_build_takes) {
  write("b2_folder/up.sql", "-- cairn: id = b2\n");
  write("b2_folder/down.sql", "");
  write("b2_folder/verify.sql", "");
  write("c3_flat.up.sql", "-- cairn: id = c3\n");
  write("c3_flat.verify.sql", "");
  write("d4_code/revision.cpp", "CAIRN_REVISION(.id = \"d4\")");
  write("e5_code.cpp", "CAIRN_REVISION(.id = \"e5\")");
  write("deep/below/seed.cpp", "CAIRN_REVISION(.id = \"f6\", .seed = true)");
  EXPECT_EQ(found(),
            "b2_folder b2: b2_folder/up.sql b2_folder/down.sql b2_folder/verify.sql\n"
            "c3_flat c3: c3_flat.up.sql c3_flat.verify.sql\n"
            "d4_code d4: d4_code/revision.cpp\n"
            "seed f6: deep/below/seed.cpp\n"
            "e5_code e5: e5_code.cpp\n");
}

TEST_F(SourceFolder, passes_over_what_is_no_revision) {
  write(".a1_hidden/up.sql", "-- cairn: id = a1\n");
  write("helper.cpp", "int helper() { return 1; }");
  write("README.md", "");
  write("notes/down.sql", "");
  fs::create_directory_symlink(root(), root() / "again");
  EXPECT_EQ(found(), "");
}

TEST_F(SourceFolder, that_is_not_there_holds_nothing) { EXPECT_EQ(found(), ""); }

TEST_F(SourceFolder, tells_what_cannot_be_read_without_a_build) {
  write("a1_x/up.sql", "SELECT 1;\n");
  EXPECT_EQ(found(), "a1_x : a1_x/up.sql (the header states no id)\n");
}

}  // namespace
}  // namespace cairn
