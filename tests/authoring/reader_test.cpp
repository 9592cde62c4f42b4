#include "authoring/cpp_metadata.hpp"
#include "authoring/cpp_metadata_reader.hpp"
#include "authoring/sql_header.hpp"
#include "authoring/sql_header_reader.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

std::string accepts_of(const Revision& revision) {
  std::string text;
  for (const Acceptance& acceptance : revision.accepts) text += " accepts " + acceptance.rule + "(" + acceptance.reason + ")";
  return text;
}

/// "id < parents | depends_on | labels | message", or "line: problem".
std::string described(const std::optional<ReadMetadata>& read) {
  if (!read) return "no revision";
  if (read->problem) return std::to_string(read->problem->line) + ": " + read->problem->text;
  const Revision& r = read->revision;
  return r.id + " < " + join(r.down_revisions, ",") + " | " + join(r.depends_on, ",") + " | " + join(r.labels, ",") + " | " +
         r.message + (r.seed ? " seed" : "") + (r.reversible ? "" : " irreversible") + (r.transactional ? "" : " bare") + accepts_of(r);
}

struct ReaderRow {
  const char* source;
  const char* described;
};

TEST(SqlHeaderReader, reads_the_comments_at_the_top) {
  const ReaderRow table[] = {
      {"-- cairn: id = a1\n", "a1 <  |  |  | "},
      {"\n-- hello\n  --cairn:id=a1\r\n-- cairn: down_revision = b2 , c3\nSELECT 1;\n-- cairn: labels = late\n", "a1 < b2,c3 |  |  | "},
      {"-- cairn: id = a1\n-- cairn: down_revision = none\n-- cairn: depends_on = x, y\n-- cairn: labels = l\n"
       "-- cairn: message = it's = \"so\"\n-- cairn: seed = yes\n-- cairn: irreversible = true\n-- cairn: transaction = none",
       "a1 <  | x,y | l | it's = \"so\" seed irreversible bare"},
      {"-- cairn: id = a1\n-- cairn: accept = a-b: c: d\n-- cairn: accept = e:f", "a1 <  |  |  |  accepts a-b(c: d) accepts e(f)"},
      {"SELECT 1;", "1: the header states no id"},
      {"", "1: the header states no id"},
      {"-- cairn: id = a1\n-- cairn: down_revison = b2\n", "2: there is no key \"down_revison\""},
      {"-- cairn: id = a1\n\n-- cairn: id = b2\n", "3: \"id\" is stated twice"},
      {"-- cairn: id\n", "1: the line is not of the form \"-- cairn: key = value\""},
  };
  for (const ReaderRow& row : table) EXPECT_EQ(described(read_sql_header(row.source)), row.described) << row.source;
}

TEST(CppMetadataReader, reads_what_is_written_out) {
  const ReaderRow table[] = {
      {"CAIRN_REVISION(.id = \"a1\")", "a1 <  |  |  | "},
      {"// CAIRN_REVISION(.id = \"no\")\n/* CAIRN_REVISION(.id = \"no\") */ const char* s = \"CAIRN_REVISION(\";\n"
       "auto r = R\"x(CAIRN_REVISION(.id = \"no\"))x\"; char c = '\"'; int n = 1'000;\n"
       "CAIRN_REVISION(.id = \"a\" /* so */ \"1\", .down_revision = {\"b2\", \"c3\",}, .message = \"say \\\"no\\\" \\\\\",\n"
       "  .estimated_ms = 500u, .labels = \"l\", .depends_on = {}, .seed = true, .non_transactional = false)",
       "a1 < b2,c3 |  | l | say \"no\" \\ seed"},
      {"#include <x>\nCAIRN_IRREVERSIBLE_REVISION(.id = \"a1\", .non_transactional = true)", "a1 <  |  |  |  irreversible bare"},
      {"CAIRN_REVISION(.id = \"a1\", .accept = {\"a-b: c\", \"d: e\"})", "a1 <  |  |  |  accepts a-b(c) accepts d(e)"},
      {"CAIRN_REVISION(.id = \"a1\", .accept = reasons)", "1: there is no .accept, or its value is of another type"},
      {"int main() {}", "no revision"},
      {"", "no revision"},
      {"CAIRN_REVISION(.id = name)", "1: there is no .id, or its value is of another type"},
      {"\nCAIRN_REVISION(.id = \"a1\",\n  .down_revision = parents)", "3: there is no .down_revision, or its value is of another type"},
      {"CAIRN_REVISION(.id = \"a1\", .down_revision = {parent})", "1: .down_revision is not written out"},
      {"CAIRN_REVISION(.id = \"a1\", .message = R\"(x)\")", "1: .message is not written out"},
      {"CAIRN_REVISION(.id = \"a\\x31\")", "1: .id is not written out"},
      {"CAIRN_REVISION(.id = \"a1\", .sed = true)", "1: there is no .sed, or its value is of another type"},
      {"CAIRN_REVISION(metadata)", "1: there is no \".\" where one belongs"},
      {"CAIRN_REVISION(.id = \"a1\"", "1: there is no \",\" where one belongs"},
      {"CAIRN_REVISION(.message = \"x\")", "1: no .id is stated"},
      {"#define IF 1\n#if IF\nCAIRN_REVISION(.id = \"a1\")\n#else\n#endif", "2: an #if stands above the metadata"},
      {"CAIRN_REVISION(\"unterminated", "1: there is no \".\" where one belongs"},
  };
  for (const ReaderRow& row : table) EXPECT_EQ(described(read_cpp_metadata(row.source)), row.described) << row.source;
}

TEST(Readers, understand_what_the_writers_write) {
  Revision revision;
  revision.id = "d4";
  revision.down_revisions = {"b2", "c3"};
  revision.depends_on = {"seeds"};
  revision.labels = {"reports"};
  revision.message = "Say \"no\" to \\ and ' and ?";
  revision.author = "Ana, of shop = north";
  revision.seed = true;
  revision.transactional = false;
  revision.accepts = {{"a-b", "\"c\": \\ d"}, {"e", "f"}};
  EXPECT_EQ(described(read_sql_header(sql_header(revision))), described(ReadMetadata{revision, {}}));
  EXPECT_EQ(described(read_cpp_metadata("CAIRN_REVISION(" + cpp_metadata(revision) + ")")), described(ReadMetadata{revision, {}}));
}

}  // namespace
}  // namespace cairn
