#include "plugin_folder.hpp"

#include "support/file_text.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

/// Up, refused on the way down, down.
void go_through(const std::string& plugin, const std::string& isolation) {
  SCOPED_TRACE(plugin + " " + isolation);
  PluginFolder folder(plugin);
  folder.runner.options.push_back(isolation);
  const Finished up = folder.run({"upgrade", "head"});
  EXPECT_EQ(up.code, 0) << up.err;
  EXPECT_EQ(folder.database.value("SELECT count(*) FROM plain"), "1000");
  folder.database.execute("INSERT INTO plain VALUES (0)");
  const Finished refused = folder.run({"downgrade", "base"});
  EXPECT_EQ(refused.code, 9);
  EXPECT_NE(refused.err.find("the table holds rows that are not ours"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("plain.c, line"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("Move them away first."), std::string::npos) << refused.err;
  folder.database.execute("DELETE FROM plain WHERE id = 0");
  const Finished down = folder.run({"downgrade", "base"});
  EXPECT_EQ(down.code, 0) << down.err;
  EXPECT_EQ(folder.database.value("SELECT to_regclass('plain') IS NULL"), "t");
}

TEST(PlainC, is_enough_for_a_revision) {
  go_through("abi_plain/c0ffee000001.so", "--isolation=process");
  go_through("abi_plain/c0ffee000001.so", "--isolation=none");
}

TEST(PlainC, stands_in_the_document_as_it_is) {
  const std::filesystem::path root = CAIRN_TEST_ROOT;
  const std::string listing = "```c\n" + read_file(root / "tests/plugin/c/plain.c") + "```\n";
  EXPECT_NE(read_file(root / "docs/plugin-abi.md").find(listing), std::string::npos)
      << "docs/plugin-abi.md does not show tests/plugin/c/plain.c";
}

TEST(NewerHeader, is_served_where_the_plugin_asks_for_the_oldest_minor) {
  go_through("abi_newer_header/c0ffee000001.so", "--isolation=process");
  go_through("abi_newer_header/c0ffee000001.so", "--isolation=none");
}

}  // namespace
}  // namespace cairn::test
