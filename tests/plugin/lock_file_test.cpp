#include "base/error.hpp"
#include "plugin/plugin_lock.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cairn::test {
namespace {

const std::string one(64, '1');
const std::string two(64, '2');

TEST(LockFile, is_read_as_it_was_written) {
  const std::vector<LockedRevision> revisions{{"b 2", two, "", "with blanks/and # signs.so", ""}, {"a1", one, "sql-1:" + two, "a.so", ""}};
  const std::vector<LockedRevision> read = parse_lock_text(make_lock_text(revisions), "cairn.lock");
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].id, "a1");
  EXPECT_EQ(read[0].source_digest, "sql-1:" + two);
  EXPECT_EQ(read[1].id, "b 2");
  EXPECT_EQ(read[1].sha256, two);
  EXPECT_EQ(read[1].source_digest, "");
  EXPECT_EQ(read[1].file, "with blanks/and # signs.so");
}

TEST(LockFile, may_be_in_any_order_with_comments_and_blank_lines) {
  const std::string text = "\n# x\nformat 1\nb1\t" + one + "\t-\tb.so\n\n# y\na1\t" + two + "\t-\ta.so";
  EXPECT_EQ(parse_lock_text(text, "f").size(), 2u);
  EXPECT_TRUE(parse_lock_text("format 1\n", "f").empty());
}

struct DamageRow {
  const char* name;
  std::string text;
  std::size_t line;
  const char* message;
};

TEST(LockFile, tells_what_is_wrong_and_where) {
  const std::string good = "a1\t" + one + "\t-\ta.so\n";
  const DamageRow rows[] = {
      {"empty", "", 0, "the lock file is damaged: it does not say its format"},
      {"no format", good, 1, "the lock file is damaged: it does not begin with its format"},
      {"no number", "format one\n", 1, "the lock file is damaged: it does not say its format"},
      {"a number and more", "format 1x\n", 1, "the lock file is damaged: it does not say its format"},
      {"newer", "# x\nformat 2\nwhatever\n", 2, "the lock file is in format 2, and this Cairn reads format 1"},
      {"a digest that is cut", "format 1\na1\t" + one.substr(1) + "\t-\ta.so\n", 2, "the lock file is damaged: it has a line that is no revision"},
      {"letters that are no digits", "format 1\na1\t" + std::string(64, 'G') + "\t-\ta.so\n", 2, "the lock file is damaged: it has a line that is no revision"},
      {"a field too many", "format 1\na1\t" + one + "\t-\ta.so\tx\n", 2, "the lock file is damaged: it has a line that is no revision"},
      {"a field too few", "format 1\na1\t" + one + "\t-\n", 2, "the lock file is damaged: it has a line that is no revision"},
      {"an empty id", "format 1\n\t" + one + "\t-\ta.so\n", 2, "the lock file is damaged: it has a line that is no revision"},
      {"a conflict", "format 1\n<<<<<<< ours\n", 2, "the lock file is damaged: it has a line that is no revision"},
      {"an id twice", "format 1\n" + good + good, 3, "the lock file is damaged: it names revision \"a1\" twice"},
  };
  for (const DamageRow& row : rows) try {
      parse_lock_text(row.text, "the.lock");
      ADD_FAILURE() << row.name;
    } catch (const Error& error) {
      EXPECT_EQ(error.category(), Category::plugin) << row.name;
      EXPECT_EQ(error.message(), row.message) << row.name;
      ASSERT_TRUE(error.place().has_value()) << row.name;
      EXPECT_EQ(error.place()->file, "the.lock") << row.name;
      EXPECT_EQ(error.place()->line, row.line) << row.name;
      EXPECT_FALSE(error.hint().empty()) << row.name;
      EXPECT_TRUE(error.also().empty()) << row.name;
    }
}

struct DifferenceRow {
  const char* name;
  std::vector<LockedRevision> pinned;
  std::vector<LockedRevision> found;
  std::vector<std::string> messages;
};

TEST(LockFile, names_every_difference_by_what_became_of_the_revision) {
  const LockedRevision pin{"a1", one, two, "a.so", ""};
  const auto found = [](std::string sha256, std::string digest, std::string file) {
    return LockedRevision{"a1", std::move(sha256), std::move(digest), file, "/p/" + file};
  };
  const DifferenceRow rows[] = {
      {"the same", {pin}, {found(one, two, "a.so")}, {}},
      {"only the digest of the source differs", {pin}, {found(one, one, "a.so")}, {}},
      {"rebuilt", {pin}, {found(two, two, "a.so")}, {"/p/a.so: revision a1 was rebuilt since it was locked; the digest of its source is the same"}},
      {"edited", {pin}, {found(two, one, "a.so")}, {"/p/a.so: revision a1 was edited since it was locked"}},
      {"no digest of the source", {pin}, {found(two, "", "a.so")}, {"/p/a.so: revision a1 is another file than the one that was locked"}},
      {"moved", {pin}, {found(one, two, "b.so")}, {"/p/b.so: revision a1 is another file in the lock file: a.so"}},
      {"missing", {pin}, {}, {"revision a1 is in the lock file, and no plugin holds it"}},
      {"new", {}, {found(one, two, "a.so")}, {"/p/a.so: revision a1 is not in the lock file"}},
      {"twice", {pin}, {found(one, two, "a.so"), found(one, two, "b.so")}, {"/p/b.so: revision a1 is another file in the lock file: a.so"}},
  };
  for (const DifferenceRow& row : rows) {
    std::vector<std::string> messages;
    for (const Error& error : find_lock_differences(row.pinned, row.found)) {
      messages.push_back(error.message());
      EXPECT_EQ(error.category(), Category::plugin) << row.name;
      EXPECT_FALSE(error.hint().empty()) << row.name;
    }
    EXPECT_EQ(messages, row.messages) << row.name;
  }
}

TEST(LockFile, names_differences_in_the_order_of_ids) {
  const std::vector<LockedRevision> pinned{{"c", one, "", "c.so", ""}, {"a", one, "", "a.so", ""}};
  const std::vector<LockedRevision> found{{"d", one, "", "d.so", "d.so"}, {"b", one, "", "b.so", "b.so"}};
  const std::vector<Error> differences = find_lock_differences(pinned, found);
  ASSERT_EQ(differences.size(), 4u);
  for (std::size_t i = 0; i < differences.size(); ++i)
    EXPECT_NE(differences[i].message().find(std::string("revision ") + "abcd"[i] + " is"), std::string::npos) << differences[i].message();
}

}  // namespace
}  // namespace cairn::test
