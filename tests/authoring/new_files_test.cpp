#include "authoring/new_files.hpp"
#include "base/error.hpp"

#include "support/file_text.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cairn {
namespace {

namespace fs = std::filesystem;
using test::read_file;
using test::write_file;

/// Everything below a folder, hidden things too, but the lock of the test's own directory.
std::vector<std::string> names_below(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (!entry.is_directory()) names.push_back(fs::relative(entry.path(), folder).string());
  std::sort(names.begin(), names.end());
  return names;
}

class NewFiles : public testing::Test {
 protected:
  fs::path folder() const { return directory_ / "project/revisions"; }

  std::string refused(std::span<const NewFile> files) const try {
    create_files(folder(), files);
    return "";
  } catch (const Error& error) {
    return error.message() + "\n" + error.detail();
  }

  const std::vector<NewFile> files_ = {{"a1_x/up.sql", "SELECT 1;\n"}, {"a1_x/down.sql", ""}, {"README.md", "hello\n"}};

 private:
  test::TemporaryDirectory directory_;
};

TEST_F(NewFiles, are_made_with_the_folders_they_need) {
  const std::vector<fs::path> paths = create_files(folder(), files_);
  EXPECT_EQ(paths, (std::vector<fs::path>{folder() / "a1_x/up.sql", folder() / "a1_x/down.sql", folder() / "README.md"}));
  EXPECT_EQ(names_below(folder()), (std::vector<std::string>{"README.md", "a1_x/down.sql", "a1_x/up.sql"}));
  EXPECT_EQ(read_file(folder() / "a1_x/up.sql"), "SELECT 1;\n");
  EXPECT_TRUE(fs::is_empty(folder() / "a1_x/down.sql"));
}

TEST_F(NewFiles, may_be_named_relative_to_the_working_directory) {
  const fs::path before = fs::current_path();
  fs::create_directories(folder());
  fs::current_path(folder());
  EXPECT_EQ(create_files("new/er/", files_).front(), "new/er/a1_x/up.sql");
  EXPECT_EQ(create_files(".", files_).front(), "./a1_x/up.sql");
  EXPECT_EQ(create_files("more/.", files_).front(), "more/./a1_x/up.sql");
  fs::current_path(before);
  EXPECT_EQ(names_below(folder()), (std::vector<std::string>{"README.md", "a1_x/down.sql", "a1_x/up.sql", "more/README.md",
                                                             "more/a1_x/down.sql", "more/a1_x/up.sql", "new/er/README.md",
                                                             "new/er/a1_x/down.sql", "new/er/a1_x/up.sql"}));
}

TEST_F(NewFiles, can_be_read_by_whoever_may_read_other_files) {
  create_files(folder(), files_);
  write_file(folder() / "other", "");
  EXPECT_EQ(fs::status(folder() / "README.md").permissions(), fs::status(folder() / "other").permissions());
  EXPECT_EQ(fs::status(folder() / "a1_x").permissions(), fs::status(folder()).permissions());
}

TEST_F(NewFiles, touch_nothing_that_exists_and_name_all_of_it) {
  fs::create_directories(folder() / "a1_x");
  fs::create_symlink("nowhere", folder() / "README.md");
  EXPECT_EQ(refused(files_), "2 files and folders exist already\n" + (folder() / "a1_x").string() + "\n" +
                                 (folder() / "README.md").string() + "\nNo file was made, and none was touched.");
  EXPECT_TRUE(fs::is_empty(folder() / "a1_x"));
  EXPECT_EQ(fs::read_symlink(folder() / "README.md"), "nowhere");
}

TEST_F(NewFiles, are_all_missing_when_one_cannot_be_made) {
  const std::vector<NewFile> files = {files_[0], {"b/" + std::string(300, 'n'), ""}};
  EXPECT_EQ(refused(files), "cannot write " + (folder() / files[1].path).string() + ": File name too long\nNo file was made.");
  EXPECT_FALSE(fs::exists(folder().parent_path()));
}

TEST_F(NewFiles, leave_a_folder_that_was_there_as_it_was) {
  fs::create_directories(folder());
  write_file(folder() / "kept", "text");
  const std::vector<NewFile> files = {files_[0], {"b/" + std::string(300, 'n'), ""}};
  EXPECT_NE(refused(files), "");
  EXPECT_EQ(names_below(folder()), std::vector<std::string>{"kept"});
}

TEST_F(NewFiles, need_a_folder_that_can_be_one) {
  fs::create_directories(folder().parent_path());
  write_file(folder(), "a file");
  EXPECT_NE(refused(files_), "");
  EXPECT_EQ(read_file(folder()), "a file");
}

TEST_F(NewFiles, may_replace_one_that_is_there_and_leave_nothing_else) {
  fs::create_directories(folder());
  replace_file(folder() / "a.lock", "one");
  replace_file(folder() / "a.lock", "two");
  fs::create_symlink("a.lock", folder() / "link");
  replace_file(folder() / "link", "three");
  EXPECT_TRUE(fs::is_symlink(folder() / "link"));
  EXPECT_EQ(read_file(folder() / "a.lock"), "three");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder()), {}), 2) << "the file and the link";
}

TEST_F(NewFiles, replace_no_folder_and_make_none) {
  fs::create_directories(folder() / "a.lock");
  for (const char* name : {"a.lock", "missing/a.lock"}) {
    EXPECT_THROW(replace_file(folder() / name, "text"), Error) << name;
    EXPECT_EQ(names_below(folder()), std::vector<std::string>{}) << name;
  }
}

}  // namespace
}  // namespace cairn
