#include "authoring/cpp_metadata.hpp"
#include "authoring/header_text.hpp"
#include "authoring/revision_source.hpp"
#include "authoring/sql_header.hpp"
#include "base/error.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

Revision full_revision() {
  Revision revision;
  revision.id = "d4";
  revision.down_revisions = {"b2", "c3"};
  revision.depends_on = {"seeds", "a1"};
  revision.labels = {"reports"};
  revision.message = "Say \"no\"\nto \\ tricks";
  revision.author = "Ana <ana@example.org>";
  revision.date = "2025-12-03";
  revision.purpose = "One line";
  revision.estimated_ms = 90000;
  revision.phase = "expand";
  revision.release = "v2";
  revision.min_server_version = 150000;
  revision.transactional = revision.reversible = revision.retryable = false;
  revision.seed = true;
  revision.accepts = {{"column-dropped", "nobody \"reads\" it"}, {"column-json", "read whole"}};
  return revision;
}

TEST(SqlHeader, states_everything_that_is_not_ordinary) {
  EXPECT_EQ(sql_header(full_revision()),
            "-- cairn: id = d4\n"
            "-- cairn: down_revision = b2, c3\n"
            "-- cairn: depends_on = seeds, a1\n"
            "-- cairn: labels = reports\n"
            "-- cairn: message = Say \"no\" to \\ tricks\n"
            "-- cairn: author = Ana <ana@example.org>\n"
            "-- cairn: date = 2025-12-03\n"
            "-- cairn: purpose = One line\n"
            "-- cairn: estimated_runtime = 90 s\n"
            "-- cairn: phase = expand\n"
            "-- cairn: release = v2\n"
            "-- cairn: min_server_version = 150000\n"
            "-- cairn: transaction = none\n"
            "-- cairn: retryable = no\n"
            "-- cairn: irreversible = yes\n"
            "-- cairn: seed = yes\n"
            "-- cairn: accept = column-dropped: nobody \"reads\" it\n"
            "-- cairn: accept = column-json: read whole\n");
}

TEST(SqlHeader, of_a_base_says_that_it_is_one) {
  Revision revision;
  revision.id = "a1";
  EXPECT_EQ(sql_header(revision), "-- cairn: id = a1\n-- cairn: down_revision = none\n");
}

TEST(CppMetadata, stands_in_the_order_of_the_struct) {
  EXPECT_EQ(cpp_metadata(full_revision()),
            ".id = \"d4\", .down_revision = {\"b2\", \"c3\"}, .message = \"Say \\\"no\\\" to \\\\ tricks\",\n"
            "    .author = \"Ana <ana@example.org>\", .date = \"2025-12-03\", .purpose = \"One line\", .estimated_ms = 90000,\n"
            "    .labels = {\"reports\"}, .depends_on = {\"seeds\", \"a1\"}, .seed = true, .non_transactional = true,\n"
            "    .not_retryable = true, .phase = \"expand\", .release = \"v2\", .min_server_version = 150000,\n"
            "    .accept = {\"column-dropped: nobody \\\"reads\\\" it\", \"column-json: read whole\"}");
}

TEST(RuntimeText, uses_the_largest_unit_that_is_exact) {
  const std::pair<std::uint32_t, const char*> table[] = {
      {0, "0 ms"}, {1, "1 ms"}, {1500, "1500 ms"}, {2000, "2 s"}, {90000, "90 s"}, {120000, "2 min"}, {7200000, "2 h"}};
  for (const auto& [milliseconds, text] : table) EXPECT_EQ(runtime_text(milliseconds), text);
}

TEST(RuntimeText, is_understood_as_the_build_understands_it) {
  const std::pair<const char*, std::optional<std::uint32_t>> table[] = {
      {"500 ms", 500}, {"500ms", 500}, {" 2  min ", 120000}, {"1 s", 1000}, {"1193 h", 4294800000U}, {"0 ms", 0},
      {"1194 h", {}}, {"99999999999999999999 ms", {}}, {"1", {}}, {"s", {}}, {"", {}}, {"1 day", {}}, {"-1 s", {}}, {"1.5 s", {}}};
  for (const auto& [text, milliseconds] : table) EXPECT_EQ(parse_runtime(text), milliseconds) << text;
}

TEST(RevisionSource, becomes_a_folder_of_its_own) {
  RevisionSource source{.revision = {}, .up = "CREATE TABLE t ();", .down = "DROP TABLE t;\n", .verify = ""};
  source.revision.id = "a1";
  source.revision.message = "Table T";
  const std::vector<NewFile> files = make_files(source);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].path, "a1_table_t/up.sql");
  EXPECT_EQ(files[0].text, "-- cairn: id = a1\n-- cairn: down_revision = none\n-- cairn: message = Table T\n\nCREATE TABLE t ();\n");
  EXPECT_EQ(files[1].path, "a1_table_t/down.sql");
  EXPECT_EQ(files[1].text, "DROP TABLE t;\n");
}

TEST(RevisionSource, has_no_downgrade_when_it_is_irreversible) {
  RevisionSource source{.revision = {}, .up = "", .down = "ignored", .verify = "SELECT 1 WHERE false"};
  source.revision.id = "a1";
  source.revision.reversible = false;
  const std::vector<NewFile> files = make_files(source);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[1].path, "a1/verify.sql");
}

TEST(FolderName, is_no_path_and_means_nothing_to_a_build) {
  for (const char* id : {"a1", "1.2", "853113448960", "año", "A_b"}) EXPECT_NO_THROW(require_folder_name(id)) << id;
  for (const char* id : {"", ".", ".a", "a/b", "a;b", "a b", "$a", "a\xFF", "a\n", "<a>"})
    EXPECT_THROW(require_folder_name(id), Error) << id;
}

}  // namespace
}  // namespace cairn
