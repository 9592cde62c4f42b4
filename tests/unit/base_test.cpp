#include "base/digest.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cairn {
namespace {

TEST(ExitCode, every_category_has_one_of_its_own) {
  std::set<int> codes;
  for (const ExitCode& row : exit_codes()) codes.insert(row.code);
  EXPECT_EQ(codes.size(), exit_codes().size());
  EXPECT_EQ(exit_code(Category::history).code, 8);
}

TEST(Utf8, accepts_what_the_server_accepts) {
  struct Case { const char* name; std::string text; bool valid; };
  const Case cases[] = {
      {"ascii", "abc", true},
      {"two to four bytes", "é€😀", true},
      {"lone continuation", "a\x80", false},
      {"overlong", "\xC0\xAF", false},
      {"surrogate", "\xED\xA0\x80", false},
      {"cut short", "\xE2\x82", false},
      {"nul", std::string("a\0b", 3), false},
  };
  for (const Case& c : cases) EXPECT_EQ(is_valid_utf8(c.text), c.valid) << c.name;
}

TEST(Place, counts_characters_not_bytes) {
  const std::string sql = "SELECT 1;\nSELECT 'é€', nope;\n";
  const Place place = place_in(sql, sql.find("nope"), "up.sql");
  EXPECT_EQ(place.line, 2u);
  EXPECT_EQ(place.column, 14u);
  EXPECT_EQ(place.excerpt, "SELECT 'é€', nope;");
  EXPECT_EQ(describe(place), "up.sql, line 2, column 14");
}

TEST(Text, finds_the_byte_of_a_character) {
  EXPECT_EQ(byte_offset_of_character("aé€b", 3), 6u);
  EXPECT_EQ(byte_offset_of_character("ab", 9), 2u);
}

TEST(Text, suggests_only_what_is_near) {
  const std::vector<std::string> words{"upgrade", "downgrade", "current"};
  EXPECT_EQ(nearest_word("upgarde", words), "upgrade");
  EXPECT_EQ(nearest_word("zzz", words), std::nullopt);
}

TEST(Text, cuts_at_characters_and_hides_control_bytes) {
  EXPECT_EQ(printable("a\x1b[31mb", 100), "a?[31mb");
  EXPECT_EQ(printable("aé", 2), "a… (3 bytes in all)");
}

TEST(Error, carries_all_problems_of_a_stage) {
  try {
    throw_all({Error(Category::graph, "one"), Error(Category::graph, "two").hint("do this")});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "one");
    ASSERT_EQ(error.also().size(), 1u);
    EXPECT_EQ(error.also().front().hint(), "do this");
  }
}

TEST(Error, changes_its_category_with_all_that_came_along) {
  Error error(Category::plugin, "one");
  error.also(Error(Category::plugin, "two").hint("do this")).recategorise(Category::revision);
  EXPECT_EQ(error.category(), Category::revision);
  EXPECT_EQ(error.also().front().category(), Category::revision);
  EXPECT_EQ(error.also().front().hint(), "do this");
}

TEST(Digest, is_sha256) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace cairn
