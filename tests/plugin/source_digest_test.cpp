#include "plugin/source_digest.hpp"

#include "base/error.hpp"
#include "support/sql_plugin_file.hpp"
#include "support/temporary_directory.hpp"

#include <cairn/abi.h>

#include <gtest/gtest.h>

#include <functional>

namespace cairn {
namespace {

test::SqlPlugin example() {
  test::SqlPlugin plugin;
  plugin.id = "a1";
  plugin.down_revisions = {"p1", "p2"};
  plugin.depends_on = {"d1", "d2"};
  plugin.message = "add users";
  plugin.up = "CREATE TABLE users (id int);\n";
  plugin.down = "DROP TABLE users;\n";
  plugin.verify = "SELECT 1 WHERE false;\n";
  return plugin;
}

std::string digest_of(const test::SqlPlugin& written) {
  const test::TemporaryDirectory folder;
  const std::filesystem::path path = folder.path() / "a1.so";
  test::write_sql_plugin(path, written);
  const PluginFile plugin = read_plugin(path);
  return read_source_digest(plugin, plugin.revision);
}

struct Change {
  const char* name;
  std::function<void(test::SqlPlugin&)> make;
};

class NoChange : public testing::TestWithParam<Change> {};
class AChange : public testing::TestWithParam<Change> {};

std::string changed(const Change& change) {
  test::SqlPlugin plugin = example();
  change.make(plugin);
  return digest_of(plugin);
}

TEST_P(NoChange, leaves_the_digest) { EXPECT_EQ(changed(GetParam()), digest_of(example())); }
TEST_P(AChange, gives_another_digest) { EXPECT_NE(changed(GetParam()), digest_of(example())); }

const Change harmless[] = {
    {"layout", [](auto& p) { p.up = "-- users\ncreate table users (\n  id int\n)"; }},
    {"layout_of_the_downgrade", [](auto& p) { p.down = "DROP TABLE  users"; }},
    {"message", [](auto& p) { p.message = "add the users"; }},
    {"author_and_date", [](auto& p) { p.author = "Ann", p.date = "2026-01-01"; }},
    {"label", [](auto& p) { p.labels = {"billing"}; }},
    {"seed", [](auto& p) { p.flags = CAIRN_FLAG_SEED; }},
    {"not_retryable", [](auto& p) { p.flags = CAIRN_FLAG_NOT_RETRYABLE; }},
    {"server_version", [](auto& p) { p.min_server_version = 150000; }},
    {"phase", [](auto& p) { p.phase = "expand"; }},
    {"order_of_parents", [](auto& p) { p.down_revisions = {"p2", "p1"}; }},
    {"order_of_dependencies", [](auto& p) { p.depends_on = {"d2", "d1"}; }},
    {"file_moved", [](auto& p) { p.up_file = "elsewhere/up.sql"; }},
};

const Change edits[] = {
    {"upgrade", [](auto& p) { p.up = "CREATE TABLE users (id bigint);\n"; }},
    {"downgrade", [](auto& p) { p.down = "DROP TABLE users CASCADE;\n"; }},
    {"verify", [](auto& p) { p.verify = "SELECT 2 WHERE false;\n"; }},
    {"no_downgrade", [](auto& p) { p.down.reset(); }},
    {"no_verify", [](auto& p) { p.verify.reset(); }},
    {"empty_downgrade", [](auto& p) { p.down = ""; }},
    {"texts_exchanged", [](auto& p) { std::swap(p.up, *p.down); }},
    {"parents", [](auto& p) { p.down_revisions = {"p1"}; }},
    {"parents_joined", [](auto& p) { p.down_revisions = {"p1p2"}; }},
    {"dependencies", [](auto& p) { p.depends_on = {}; }},
    {"parent_made_a_dependency", [](auto& p) { p.down_revisions = {"p1"}, p.depends_on = {"d1", "d2", "p2"}; }},
    {"outside_a_transaction", [](auto& p) { p.flags = CAIRN_FLAG_NON_TRANSACTIONAL; }},
};

std::string name_of(const testing::TestParamInfo<Change>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Rows, NoChange, testing::ValuesIn(harmless), name_of);
INSTANTIATE_TEST_SUITE_P(Rows, AChange, testing::ValuesIn(edits), name_of);

// Journals and lock files keep these: a change here needs a new name of the rule.
TEST(SourceDigest, is_the_same_for_good) {
  EXPECT_EQ(digest_of(example()), "sql-1:9ae5d51ee5cda59ac67b399182d317d5d84fd8f3b6b7a94ec9d1ca468c13e473");
}

TEST(SourceDigest, of_code_is_what_its_build_said) {
  PluginFile plugin;
  plugin.revision.kind = RevisionKind::code;
  EXPECT_EQ(read_source_digest(plugin, plugin.revision), "");
  plugin.revision.source_digest = "abcd";
  EXPECT_EQ(read_source_digest(plugin, plugin.revision), "code-1:abcd");
}

TEST(SourceDigest, by_an_unknown_rule_is_recognised) {
  for (const char* const known : {"sql-1:00", "code-1:00"}) EXPECT_TRUE(has_known_rule(known)) << known;
  for (const char* const other : {"", "00", "sql-2:00", "sql-1", "sql-11:00"}) EXPECT_FALSE(has_known_rule(other)) << other;
}

TEST(SourceDigest, is_not_made_of_a_file_that_was_replaced) {
  const test::TemporaryDirectory folder;
  const std::filesystem::path path = folder.path() / "a1.so";
  test::write_sql_plugin(path, example());
  const PluginFile plugin = read_plugin(path);
  std::filesystem::remove(path);
  test::SqlPlugin longer = example();
  longer.up += "SELECT 1;\n";
  test::write_sql_plugin(path, longer);
  EXPECT_THROW(read_source_digest(plugin, plugin.revision), Error);
}

}  // namespace
}  // namespace cairn
