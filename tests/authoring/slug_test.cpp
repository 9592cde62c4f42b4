#include "authoring/slug.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

struct SlugRow {
  const char* message;
  const char* slug;
};

TEST(Slug, is_made_of_the_words_of_the_message) {
  const SlugRow table[] = {
      {"add category id to expenses", "add_category_id_to_expenses"},
      {"Add  Category-ID,  to (all) expenses!", "add_category_id_to_all_expenses"},
      {"__already_a_slug__", "already_a_slug"},
      {"don't drop users' names", "dont_drop_users_names"},
      {"Añade índice a ventas", "anade_indice_a_ventas"},
      {"Straße, Øresund, Œuvre, Łódź", "strasse_oresund_oeuvre_lodz"},
      {"e\xCC\x81t\xCC\x81", "et"},
      {"../../etc/passwd", "etc_passwd"},
      {"v2.0 → v2.1", "v2_0_v2_1"},
      {"用户表", ""},
      {"用户 table", "table"},
      {"!?", ""},
      {"", ""},
  };
  for (const SlugRow& row : table) EXPECT_EQ(make_slug(row.message), row.slug) << row.message;
}

TEST(Slug, ends_at_a_word_when_the_message_is_long) {
  EXPECT_EQ(make_slug("make every foreign key of the journal deferrable"), "make_every_foreign_key_of_the_journal");
  EXPECT_EQ(make_slug("1234567890 234567890 234567890 234567890"), "1234567890_234567890_234567890_234567890");
  EXPECT_EQ(make_slug("1234567890 234567890 234567890 2345678901"), "1234567890_234567890_234567890");
  EXPECT_EQ(make_slug(std::string(50, 'x')), std::string(longest_slug, 'x'));
}

TEST(Slug, makes_the_name_of_a_revision_with_its_id) {
  EXPECT_EQ(revision_name("a1b2", "users"), "a1b2_users");
  EXPECT_EQ(revision_name("a1b2", "用户"), "a1b2");
}

}  // namespace
}  // namespace cairn
