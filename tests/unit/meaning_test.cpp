#include "sql/meaning.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cairn {
namespace {

struct Pair {
  const char* name;
  std::string one;
  std::string other;
};

class SameMeaning : public testing::TestWithParam<Pair> {};
class OtherMeaning : public testing::TestWithParam<Pair> {};

TEST_P(SameMeaning, has_one_text) { EXPECT_EQ(meaning_of(GetParam().one), meaning_of(GetParam().other)); }
TEST_P(OtherMeaning, has_another_text) { EXPECT_NE(meaning_of(GetParam().one), meaning_of(GetParam().other)); }

const std::string copy = "COPY t FROM stdin;\n1\ta b\n\\.\n";

const Pair same[] = {
    {"indentation", "CREATE TABLE t (a int, b int);", "CREATE TABLE t (\n\ta int,\n\tb int\n);\n"},
    {"line_comment", "SELECT 1;", "-- why\nSELECT 1; -- how"},
    {"block_comment", "SELECT 1, 2;", "SELECT 1,/* nested /* too */ */2;"},
    {"header_lines", "SELECT 1;", "-- cairn: id = a\n-- cairn: message = one\n\nSELECT 1;"},
    {"comment_glued_to_a_token", "SELECT 1", "SELECT 1--x\n"},
    {"windows_line_ends", "SELECT 1,\n2;\n", "SELECT 1,\r\n2;\r\n"},
    {"byte_order_mark", "SELECT 1", "\xEF\xBB\xBFSELECT 1"},
    {"last_semicolon", "SELECT 1", "SELECT 1;"},
    {"empty_statements", "SELECT 1; SELECT 2", ";;SELECT 1;; ;SELECT 2;"},
    {"case_of_words", "select A from Public.T", "SELECT a FROM public.t"},
    {"restrict_lines", "\\restrict abc\nSELECT 1;\n\\unrestrict abc\n", "SELECT 1;"},
    {"restrict_keys", "\\restrict abc\nSELECT 1;\n", "\\restrict xyz\nSELECT 1;\n"},
    {"blanks_around_copy", copy, "-- data\nCOPY   t\nFROM STDIN ;\n1\ta b\n\\.\n\n"},
    {"placeholder_in_blanks", "SELECT 1+:'a'", "SELECT 1 + :'a'"},
    {"only_comments", "", "-- nothing\n"},
};

const Pair other[] = {
    {"other_word", "DROP TABLE a", "DROP TABLE b"},
    {"order_of_statements", "SELECT 1; SELECT 2", "SELECT 2; SELECT 1"},
    {"where_a_statement_ends", "SELECT 1; TABLE t", "SELECT 1 TABLE; t"},
    {"blank_in_a_string", "SELECT 'a b'", "SELECT 'a  b'"},
    {"case_in_a_string", "SELECT 'a'", "SELECT 'A'"},
    {"comment_in_a_string", "SELECT 'a--b'", "SELECT 'a'--b'"},
    {"indentation_in_a_dollar_quote", "DO $$BEGIN NULL; END$$", "DO $$BEGIN  NULL; END$$"},
    {"line_end_in_a_dollar_quote", "DO $$\nBEGIN END$$", "DO $$\r\nBEGIN END$$"},
    {"case_of_a_quoted_name", "SELECT \"a\"", "SELECT \"A\""},
    {"quotes_of_a_name", "SELECT a", "SELECT \"a\""},
    {"operator_cut_in_two", "SELECT a<=b", "SELECT a< =b"},
    {"number_cut_in_two", "SELECT 1.5", "SELECT 1 .5"},
    {"words_joined", "SELECT ab", "SELECT a b"},
    {"token_that_looks_measured", "SELECT \"a1:b\"", "SELECT \"a\" \"b\""},
    {"kind_of_quote", "SELECT 'a'", "SELECT $$a$$"},
    {"blank_in_copy_data", copy, "COPY t FROM stdin;\n1\ta  b\n\\.\n"},
    {"blank_line_in_copy_data", copy, "COPY t FROM stdin;\n\n1\ta b\n\\.\n"},
    {"comment_in_copy_data", copy, "COPY t FROM stdin;\n1\ta b\n--x\n\\.\n"},
    {"data_of_which_copy", copy + "COPY t FROM stdin;\n\\.\n", "COPY t FROM stdin;\n\\.\n" + copy},
    {"data_that_look_like_a_copy", "COPY t FROM stdin;\na1:b\n\\.\n", "COPY t FROM stdin;\na\n\\.\nCOPY t FROM stdin;\nb\n\\.\n"},
    {"placeholder_or_slice", "SELECT a [1 :'b']", "SELECT a [1:'b']"},
    {"blank_in_a_placeholder", "SELECT 1 + :'a'", "SELECT 1 + : 'a'"},
    {"quoting_of_a_placeholder", "SELECT :'a'", "SELECT :\"a\""},
    {"not_read_to_its_end", "SELECT 'a", "SELECT  'a"},
    {"refused_in_a_revision", "BEGIN; SELECT 1", "BEGIN;  SELECT 1"},
    {"not_unicode", "SELECT '\xE9'", "SELECT  '\xE9'"},
    {"text_that_looks_like_a_meaning", ";6:select1:1", "SELECT 1"},
};

std::string name_of(const testing::TestParamInfo<Pair>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Rows, SameMeaning, testing::ValuesIn(same), name_of);
INSTANTIATE_TEST_SUITE_P(Rows, OtherMeaning, testing::ValuesIn(other), name_of);

// Journals and lock files hold digests of this text: a change here needs a new name of the rule.
TEST(Meaning, is_written_down_for_good) {
  EXPECT_EQ(meaning_of("-- a\nSELECT :'v', 'x y';\nCOPY t\n FROM stdin;\n1\n\\.\n"),
            ";6:select4::'v'1:,5:'x y';4:copy1:t4:from5:stdinc2:1\n");
  EXPECT_EQ(meaning_of("SELECT 'a"), "b9:SELECT 'a");
}

}  // namespace
}  // namespace cairn
