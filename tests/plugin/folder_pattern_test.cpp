#include "base/error.hpp"
#include "plugin/folder_pattern.hpp"
#include "support/file_text.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

class FolderPattern : public testing::Test {
 protected:
  FolderPattern() {
    for (const char* folder : {"vendor/b/plugins", "vendor/a/plugins", "vendor/B/plugins", "vendor/.hidden/plugins", "vendor/a1", "odd[1]/x"})
      fs::create_directories(directory_.path() / folder);
    write_file(directory_.path() / "vendor/file", "");
  }

  std::string found(const std::vector<std::string>& patterns) {
    std::vector<fs::path> paths;
    for (const std::string& pattern : patterns) paths.push_back(directory_.path() / pattern);
    std::string text;
    for (const fs::path& folder : find_folders(paths)) text += (text.empty() ? "" : " ") + fs::relative(folder, directory_.path()).string();
    return text;
  }

  TemporaryDirectory directory_;
};

TEST_F(FolderPattern, stands_for_the_folders_it_matches_in_bytewise_order) {
  EXPECT_EQ(found({"vendor/*/plugins"}), "vendor/B/plugins vendor/a/plugins vendor/b/plugins");
  EXPECT_EQ(found({"vendor/?"}), "vendor/B vendor/a vendor/b");
  EXPECT_EQ(found({"vendor/[a-z]*"}), "vendor/a vendor/a1 vendor/b");
  EXPECT_EQ(found({"vendor/b", "vendor/a*"}), "vendor/b vendor/a vendor/a1");
}

TEST_F(FolderPattern, is_none_where_a_folder_has_that_very_name) { EXPECT_EQ(found({"odd[1]/x"}), "odd[1]/x"); }

TEST_F(FolderPattern, leaves_a_plain_path_to_who_reads_it) { EXPECT_EQ(found({"nowhere"}), "nowhere"); }

TEST_F(FolderPattern, is_an_error_where_it_matches_no_folder) {
  try {
    found({"vendor/f*", "vendor/a", "none/*", "vendor/**/plugins"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::configuration);
    EXPECT_TRUE(error.message().ends_with("vendor/f*")) << error.message();
    ASSERT_EQ(error.also().size(), 2u);
    EXPECT_TRUE(error.also()[0].message().ends_with("none/*"));
    EXPECT_TRUE(error.also()[1].message().ends_with("vendor/**/plugins holds \"**\", which is not a pattern here"));
  }
}

}  // namespace
}  // namespace cairn::test
