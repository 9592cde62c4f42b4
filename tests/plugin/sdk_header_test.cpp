// The header of a SQL revision: the script that reads it names file and line of every mistake.
#include "support/file_text.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cairn::test {
namespace {

struct Case {
  const char* name;
  std::string up;
  std::string message;   ///< empty: the header is good
  bool with_down = true;
};

/// One SQL revision in a folder, made into C++ as the build does it.
class Folder {
 public:
  Folder(const std::string& up, bool with_down) {
    write_file(scratch_ / "up.sql", up);
    write_file(scratch_ / "keywords", "");
    if (with_down) write_file(scratch_ / "down.sql", "SELECT 1;\n");
    const std::string base = scratch_.path().string();
    finished_ = run({.argv = {CAIRN_TEST_CMAKE, "-DOUT=" + base + "/out.cpp", "-DUP=" + base + "/up.sql",
                              "-DDOWN=" + (with_down ? base + "/down.sql" : ""), "-DVERIFY=",
                              "-DKEYWORDS=" + base + "/keywords", "-DTARGET=t", "-DNAME=abc_shop", "-DBASE=" + base,
                              "-P", CAIRN_TEST_SDK "/cmake/CairnSqlSource.cmake"}});
  }

  bool succeeded() const { return finished_.ok(); }
  std::string output() const { return finished_.out + finished_.err; }
  std::string source() const { return read_file(scratch_ / "out.cpp"); }

 private:
  TemporaryDirectory scratch_;
  Finished finished_;
};

std::string header(const std::string& lines) { return "-- cairn: id = abc\n" + lines + "\nSELECT 1;\n"; }

TEST(SqlHeader, names_file_and_line_of_every_mistake) {
  const Case cases[] = {
      {"good", header("-- cairn: message = x"), ""},
      {"no id", "SELECT 1;\n", "up.sql:1: error: this revision has no id: write -- cairn: id = "},
      {"unknown key", header("-- cairn: messsage = x"), "up.sql:2: error: unknown key \"messsage\"; the keys are id, message"},
      {"no equals sign", header("-- cairn: message x"), "up.sql:2: error: write -- cairn: key = value"},
      {"twice", header("-- cairn: id = abc"), "up.sql:2: error: id is stated twice; the first is at up.sql:1"},
      {"behind a statement", header("") + "-- cairn: seed = yes\n", "up.sql: error: a \"-- cairn:\" line stands behind the first"},
      {"33 characters", "-- cairn: id = 012345678901234567890123456789012\n", "up.sql:1: error: the id is 33 characters long"},
      {"id with -", "-- cairn: id = abc-d\n", "up.sql:1: error: the id contains one of @ - + :"},
      {"id with a quote", "-- cairn: id = abc\"\n", "up.sql:1: error: the id contains a blank, a comma, a quote"},
      {"reserved", "-- cairn: id = head\n", "up.sql:1: error: head, heads, base and current mean something"},
      {"other name", "-- cairn: id = ab\n", "up.sql:1: error: the id is \"ab\", but the name \"abc_shop\" does not begin with it"},
      {"parent", header("-- cairn: down_revision = a, b+1"), "up.sql:2: error: down_revision holds whole ids"},
      {"empty parent", header("-- cairn: down_revision = a,,b"), "not \"\""},
      {"label", header("-- cairn: labels = two words"), "up.sql:2: error: labels holds names without @ : quotes and blanks"},
      {"date", header("-- cairn: date = yesterday"), "up.sql:2: error: date is a date like 2025-11-30"},
      {"phase", header("-- cairn: phase = later"), "up.sql:2: error: phase is expand, switch or contract, not \"later\""},
      {"runtime", header("-- cairn: estimated_runtime = soon"), "up.sql:2: error: estimated_runtime is a number and ms, s, min or h"},
      {"long runtime", header("-- cairn: estimated_runtime = 99999 h"), "up.sql:2: error: estimated_runtime is at most 49 days"},
      {"transaction", header("-- cairn: transaction = one"), "up.sql:2: error: transaction is none (leave the line out"},
      {"switch", header("-- cairn: seed = maybe"), "up.sql:2: error: seed is yes or no, not \"maybe\""},
      {"server", header("-- cairn: min_server_version = new"), "up.sql:2: error: min_server_version is like 15, 15.4 or 150004"},
      {"acceptance without a reason", header("-- cairn: accept = column-dropped:"), "up.sql:2: error: accept is a rule and why its finding"},
      {"acceptance without a rule", header("-- cairn: accept = it is fine"), "not \"it is fine\""},
      {"no down.sql", header(""), "up.sql:1: error: there is no down.sql: write one, or state -- cairn: irreversible = yes", false},
      {"irreversible and down.sql", header("-- cairn: irreversible = yes"), "up.sql:2: error: irreversible = yes contradicts the down.sql"},
      {"byte order mark", "\xEF\xBB\xBF-- cairn: id = abc\n", "up.sql:1: error: the file begins with a byte order mark"},
  };
  for (const Case& expected : cases) {
    const Folder folder(expected.up, expected.with_down);
    EXPECT_EQ(folder.succeeded(), expected.message.empty()) << expected.name << ": " << folder.output();
    EXPECT_NE(folder.output().find(expected.message), std::string::npos) << expected.name << ": " << folder.output();
  }
}

TEST(SqlHeader, reports_all_mistakes_together) {
  const Folder folder(header("-- cairn: seed = maybe\n-- cairn: phase = later\n-- cairn: nothing = 1"), false);
  for (const char* const place : {"up.sql:1: ", "up.sql:2: ", "up.sql:3: ", "up.sql:4: "})
    EXPECT_NE(folder.output().find(place), std::string::npos) << place;
}

struct Value {
  const char* line;
  const char* member;
};

TEST(SqlHeader, understands_the_forms_of_a_value) {
  const Value cases[] = {
      {"-- cairn: estimated_runtime = 500 ms", ".estimated_ms = 500u"},
      {"-- cairn: estimated_runtime = 2s", ".estimated_ms = 2000u"},
      {"-- cairn: estimated_runtime = 1 min", ".estimated_ms = 60000u"},
      {"--cairn:estimated_runtime=1h", ".estimated_ms = 3600000u"},
      {"-- cairn: min_server_version = 15", ".min_server_version = 150000u"},
      {"-- cairn: min_server_version = 15.4\r", ".min_server_version = 150004u"},
      {"-- cairn: min_server_version = 150008", ".min_server_version = 150008u"},
      {"-- cairn: min_server_version = 16.08", ".min_server_version = 160008u"},
      {"-- cairn: down_revision = none", ".down_revision = {}"},
      {"-- cairn: down_revision =", ".down_revision = {}"},
      {"-- cairn: down_revision = a ,b", ".down_revision = {\"a\", \"b\"}"},
      {"-- cairn: seed = yes", ".seed = true"},
      {"-- cairn: retryable = no", ".not_retryable = true"},
      {"-- cairn: transaction = none", ".non_transactional = true"},
      {"-- cairn: message = a = \"b\" \\n ; [c] ${d} \\", ".message = \"a = \\\"b\\\" \\\\n ; [c] ${d} \\\\\""},
      {"-- cairn: accept = a-b: c; \"d\": e\n-- cairn: accept = f:g", ".accept = {\"a-b: c; \\\"d\\\": e\", \"f:g\"}"},
      {"-- cairn: author = \"); system(\"x", ".author = \"\\\"); system(\\\"x\""},
  };
  for (const Value& expected : cases) {
    const Folder folder(header(expected.line), true);
    EXPECT_TRUE(folder.succeeded()) << expected.line << folder.output();
    EXPECT_NE(folder.source().find(expected.member), std::string::npos) << expected.line << "\n" << folder.source();
  }
}

}  // namespace
}  // namespace cairn::test
