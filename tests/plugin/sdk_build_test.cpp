// What the author of a revision sees from the compiler, and what the compiler makes of a good one.
#include "base/error.hpp"
#include "plugin/inspection.hpp"
#include "plugin/plugin_file.hpp"
#include "support/file_text.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

Finished shell(const std::string& line) { return run({.argv = {"sh", "-c", line}}); }

const std::string compiler =
    std::string("LC_ALL=C '") + CAIRN_TEST_COMPILER + "' -std=c++20 -fPIC -I'" + CAIRN_TEST_SDK + "/include' ";
const std::string link = "-shared -Wl,-z,defs,--version-script='" CAIRN_TEST_SDK "/cmake/exports.map' ";
const std::string both =
    "\nstatic void upgrade(cairn::Database& db) { db.execute(\"SELECT 1\"); }"
    "\nstatic void downgrade(cairn::Database&) {}\n";

std::string revision(const std::string& metadata) {
  return "#include <cairn/revision.hpp>\nCAIRN_REVISION(" + metadata + ")" + both;
}

struct Refusal {
  const char* name;
  std::string source;
  const char* sentence;
};

TEST(SdkBuild, refuses_bad_metadata_with_a_sentence) {
  const Refusal cases[] = {
      {"no id", revision(".message = \"x\""), "this revision has no id: begin its metadata with .id = "},
      {"empty id", revision(".id = \"\""), "this revision has no id"},
      {"33 characters", revision(".id = \"012345678901234567890123456789012\""), "is longer than 32 characters"},
      {"@", revision(".id = \"a@b\""), "contains one of @ - + : which mean something on the command line"},
      {"-", revision(".id = \"a-b\""), "contains one of @ - + :"},
      {"+", revision(".id = \"a+b\""), "contains one of @ - + :"},
      {":", revision(".id = \"a:b\""), "contains one of @ - + :"},
      {"blank", revision(".id = \"a b\""), "contains a blank, a comma, a quote"},
      {"head", revision(".id = \"head\""), "choose another .id"},
      {"parent", revision(".id = \"a\", .down_revision = {\"b\", \"\"}"), ".down_revision names something that cannot be an id"},
      {"dependency", revision(".id = \"a\", .depends_on = \"b@c\""), ".depends_on names something"},
      {"label", revision(".id = \"a\", .labels = {\"base\"}"), "choose other .labels"},
      {"date", revision(".id = \"a\", .date = \"30.11.2025\""), ".date is not a date: write 2025-11-30"},
      {"phase", revision(".id = \"a\", .phase = \"later\""), ".phase is one of expand, switch and contract"},
      {"server", revision(".id = \"a\", .min_server_version = 15"), "150000 for PostgreSQL 15"},
      {"acceptance without a reason", revision(".id = \"a\", .accept = {\"column-dropped: \"}"), ".accept holds a rule and why"},
      {"acceptance without a rule", revision(".id = \"a\", .accept = \"It is fine\""), ".accept holds a rule and why"},
      {"two revisions", revision(".id = \"a\"") + "CAIRN_REVISION(.id = \"b\")\n", "cairn_only_one_revision_per_source_file"},
      {"forgotten flag", revision(".id = \"a\"") + "static void verify(cairn::Database&) {}\n",
       "set_verify_true_in_the_metadata"},
      {"irreversible with a downgrade", "#include <cairn/revision.hpp>\nCAIRN_IRREVERSIBLE_REVISION(.id = \"a\")" + both,
       "an_irreversible_revision_has_no_downgrade"},
  };
  const TemporaryDirectory scratch;
  for (const Refusal& expected : cases) {
    write_file(scratch / "x.cpp", expected.source);
    const Finished ran = shell(compiler + "-fsyntax-only " + (scratch / "x.cpp").string());
    EXPECT_NE(ran.code, 0) << expected.name;
    EXPECT_NE(ran.err.find(expected.sentence), std::string::npos) << expected.name << ": " << ran.err;
  }
}

TEST(SdkBuild, refuses_at_the_link_what_the_compiler_cannot_see) {
  const std::string no_downgrade =
      "#include <cairn/revision.hpp>\nCAIRN_REVISION(.id = \"a\")\nstatic void upgrade(cairn::Database&) {}\n";
  const TemporaryDirectory scratch;
  write_file(scratch / "a.cpp", revision(".id = \"a\""));
  write_file(scratch / "b.cpp", revision(".id = \"b\""));
  write_file(scratch / "no_downgrade.cpp", no_downgrade);
  write_file(scratch / "no_verify.cpp", revision(".id = \"a\", .verify = true"));
  write_file(scratch / "undefined.cpp", revision(".id = \"a\"") + "extern \"C\" int PQexec(); int x() { return PQexec(); }\n");
  const Refusal cases[] = {
      {"two in one library", "a.cpp b.cpp", "cairn_only_one_revision_per_library"},
      {"no downgrade", "no_downgrade.cpp", "downgrade(cairn::sdk::Database&)"},
      {"no verify", "no_verify.cpp", "verify(cairn::sdk::Database&)"},
      {"an undefined function", "undefined.cpp", "PQexec"},
  };
  for (const Refusal& expected : cases) {
    const Finished ran = shell("cd '" + scratch.path().string() + "' && " + compiler + link + expected.source + " -o x.so");
    EXPECT_NE(ran.code, 0) << expected.name;
    EXPECT_NE(ran.err.find(expected.sentence), std::string::npos) << expected.name << ": " << ran.err;
  }
}

TEST(SdkBuild, compiles_without_warnings_and_few_lines) {
  const TemporaryDirectory scratch;
  write_file(scratch / "x.cpp", revision(".id = \"a\", .labels = \"core\""));
  const Finished ran = shell(compiler + "-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Werror -fsyntax-only " +
                      (scratch / "x.cpp").string());
  EXPECT_EQ(ran.code, 0) << ran.err;
  const Finished expanded = shell(compiler + "-E -P " + (scratch / "x.cpp").string());
  EXPECT_EQ(expanded.code, 0);
  EXPECT_LT(std::count(expanded.out.begin(), expanded.out.end(), '\n'), 1500) << "a standard header has crept in";
}

/// Static state, templates and exceptions of the standard library are what used to leak symbols.
const std::string heavy =
    "#include <cairn/revision.hpp>\n#include <cairn/std.hpp>\n#include <regex>\n"
    "CAIRN_REVISION(.id = \"heavy\")\n"
    "template <class T> struct Counter { static inline int value = 0; };\ninline int counter = 0;\n"
    "int shown() { return ++Counter<int>::value + ++counter; }\n"
    "static void upgrade(cairn::Database& db) { if (std::regex_match(std::string(\"a\"), std::regex(\"a+\"))) db.execute(\"x\"); }\n"
    "static void downgrade(cairn::Database&) { shown(); }\n";

TEST(SdkBuild, exports_one_symbol_whatever_the_revision_uses) {
  const TemporaryDirectory scratch;
  write_file(scratch / "heavy.cpp", heavy);
  const Finished ran = shell(compiler + link + "-O1 " + (scratch / "heavy.cpp").string() + " -o " + (scratch / "heavy.so").string());
  ASSERT_EQ(ran.code, 0) << ran.err;
  const Inspection inspection = inspect_plugin(scratch / "heavy.so");
  EXPECT_EQ(inspection.dynamic.exported, std::vector<std::string>{"cairn_plugin_v1"});
  EXPECT_EQ(inspection.dynamic.unique_count, 0U);
  EXPECT_TRUE(inspection.problems.empty());
}

/// With a variable that g++ makes unique, so that all libraries share it.
const std::string shared_state = revision(".id = \"a\"") + "inline int counter = 0;\nint shown() { return ++counter; }\n";

/// A library of a revision that was linked in this way; what inspect says against it.
std::string problems_of(const std::string& source, const std::string& flags) {
  const TemporaryDirectory scratch;
  write_file(scratch / "x.cpp", source);
  const std::string library = (scratch / "x.so").string();
  const Finished ran = shell(compiler + "-shared " + (scratch / "x.cpp").string() + " -o " + library + " " + flags);
  EXPECT_EQ(ran.code, 0) << ran.err;
  std::string text;
  for (const std::string& problem : inspect_plugin(library).problems) text += problem + "\n";
  return text;
}

TEST(SdkBuild, inspection_finds_what_a_linker_lets_pass) {
  const std::string plain = revision(".id = \"a\"");
  const std::string mapped = "-Wl,-z,defs,--version-script='" CAIRN_TEST_SDK "/cmake/exports.map' ";
  EXPECT_EQ(problems_of(plain, mapped), "");
  EXPECT_NE(problems_of(shared_state, "").find("symbols instead of one: link it with Cairn's exports.map"), std::string::npos);
  EXPECT_NE(problems_of(plain, mapped + "-Wl,--no-as-needed -l:libpq.so.5").find("needs libpq.so.5: a revision has no connection"),
            std::string::npos);
  EXPECT_NE(problems_of("int answer = 42;", "").find("a library without Cairn's metadata note"), std::string::npos);
}

#ifndef __clang__
TEST(SdkBuild, inspection_finds_unique_symbols) {   // which clang never makes
  const std::string text = problems_of(shared_state, "");
  EXPECT_NE(text.find("exports 1 unique symbol (STB_GNU_UNIQUE)"), std::string::npos) << text;
}
#endif

struct Survival {
  const char* flags;
  const char* command;
};

TEST(SdkBuild, keeps_the_note_through_optimising_and_stripping) {
  const Survival cases[] = {
      {"-O0", ":"},
      {"-O2", "strip x.so"},
      {"-O2", "strip -s x.so"},
      {"-O2", "strip --remove-section=.comment --remove-section=.note --strip-unneeded x.so"},
      {"-O2", "objcopy -S x.so"},
      {"-Os -ffunction-sections -fdata-sections -Wl,--gc-sections", "strip x.so"},
      {"-O2 -flto", "strip -s x.so"},
      {"-O2 -flto -ffunction-sections -fdata-sections -Wl,--gc-sections -s", ":"},
  };
  const TemporaryDirectory scratch;
  const std::string folder = "cd '" + scratch.path().string() + "' && ";
  write_file(scratch / "x.cpp", revision(".id = \"kept\", .labels = \"core\""));
  for (const Survival& expected : cases) {
    const Finished ran = shell(folder + compiler + link + expected.flags + " x.cpp -o x.so && " + expected.command);
    ASSERT_EQ(ran.code, 0) << expected.flags << ran.err;
    EXPECT_EQ(read_plugin(scratch / "x.so").revision.id, "kept") << expected.flags << " " << expected.command;
  }
}

TEST(SdkBuild, keeps_the_sql_notes_through_stripping) {
  const TemporaryDirectory scratch;
  fs::copy(CAIRN_TEST_REVISIONS "/fixture_chain/sql0002_verified.so", scratch / "x.so");
  for (const char* const command : {"strip -s x.so", "strip --remove-section=.comment --remove-section=.note x.so"}) {
    ASSERT_EQ(shell("cd '" + scratch.path().string() + "' && " + command).code, 0);
    EXPECT_EQ(read_plugin(scratch / "x.so").notes.size(), 4U) << command;
  }
}

}  // namespace
}  // namespace cairn::test
