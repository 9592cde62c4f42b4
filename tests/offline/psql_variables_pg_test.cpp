#include "script_database.hpp"

#include "offline/psql_text.hpp"

#include <gtest/gtest.h>

// What reaches the server through psql is what was written.

namespace cairn::test {
namespace {

/// The server logs every statement as it got it. Texts that psql, or a shell behind it, could take for something of its own.
const char* const texts[] = {
    "SELECT (ARRAY[1,2,3])[1:USER]",
    "SELECT (ARRAY[1,2,3])[1:x] FROM (SELECT 2) AS t (x)",
    "SELECT a[:USER], a[USER:], a[:] FROM t",
    "SELECT 1 AS \":USER\", ':USER', $$:USER$$, $q$ :'USER' $q$",
    "SELECT a[1:'2'::int], a[:\"x\"]",
    "SELECT 'it''s' /* :USER */, E'\\\\ \\':USER', U&'\\0041', B'1'",
    "SELECT `x`",
    "SELECT 'ñ', '😀' AS número",
};

TEST(PsqlVariables, are_never_put_into_a_revision) {
  TestServer server({.settings = {{"log_statement", "all"}}});
  TestDatabase database(server);
  std::string script = "\\set ON_ERROR_STOP off\n\\set x 99\n";
  for (const char* text : texts) script += escape_for_psql(text) + ";\n";
  apply_script(database, script);
  for (const char* text : texts) EXPECT_NE(server.log().find(text), std::string::npos) << text;
}

TEST(PsqlVariables, would_be_put_in_without_care) {
  TestServer server({.settings = {{"log_statement", "all"}}});
  TestDatabase database(server);
  apply_script(database, "\\set x 99\nSELECT (ARRAY[1,2,3])[1:x];\n");
  EXPECT_NE(server.log().find("[199]"), std::string::npos) << server.log();
}

}  // namespace
}  // namespace cairn::test
