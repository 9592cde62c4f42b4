// The transcript harness, with a script in place of cairn.
#include "cli/transcript_check.hpp"
#include "support/file_text.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

const char* stand_in = R"(#!/bin/sh
case "$1" in
  echo) shift; printf '%s\n' "$@" ;;
  fail) echo "error: no" >&2; exit 9 ;;
  where) echo "in $(pwd) with $CAIRN_DATABASE and ${DATABASE_URL-nothing}" ;;
  marks) printf '$ x\n2> y\n[exit 3]\n\\z\n\n# last\n' ;;
  cat) cat ;;
  terminal) test -t 1 && echo out; test -t 2 && echo err >&2; : ;;
  query) psql -X -A -t -d "$CAIRN_DATABASE" -c "$2" ;;
  hang) exec psql -X -q -d "$CAIRN_DATABASE" -c 'SELECT pg_sleep(1000)' ;;
esac
)";

class TranscriptHarness : public testing::Test {
 protected:
  TranscriptHarness() {
    write("cairn", stand_in);
    fs::permissions(directory_.path() / "cairn", fs::perms::owner_all);
    setup_.programs = directory_.path();
  }

  fs::path write(const std::string& name, const std::string& text) {
    write_file(directory_ / name, text);
    return directory_.path() / name;
  }

  std::string played(const std::string& text) {
    const Played result = TranscriptRun(setup_).play(parse_transcript(text));
    EXPECT_EQ(result.problem, "");
    return print_transcript(result.actual);
  }

  std::string problem(const std::string& text) { return TranscriptRun(setup_).play(parse_transcript(text)).problem; }

  TemporaryDirectory directory_;
  TranscriptSetup setup_;
};

struct Case {
  const char* name;
  const char* text;   ///< plays to itself
};

const Case cases[] = {
    {"output and exit code", "# why\n\n$ cairn echo a 'b c' \"d\"\na\nb c\nd\n\n$ cairn fail\n2> error: no\n[exit 9]\n"},
    {"values are shown by name", "$ cairn where\nin <dir> with <url> and nothing\n"},
    {"variables", "$ cairn echo ${DATABASE} '${DATABASE}'\n<database>\n${DATABASE}\n"},
    {"environment", "! env A=${DIR}\n$ B=2 sh -c 'echo $A $B'\n<dir> 2\n! unset A\n$ sh -c 'echo ${A-none}'\nnone\n"},
    {"lines that look like ours", "$ cairn marks\n\\$ x\n\\2> y\n\\[exit 3]\n\\\\z\n\n\\# last\n"},
    {"sql", "! sql: CREATE TABLE t AS SELECT 7 AS a\n! sql: SELECT a, NULL FROM t => 7 NULL\n$ cairn query 'TABLE t'\n7\n"},
    {"files", "! file sub/a.toml <<END\nurl = ${URL}\n\n# kept\nEND\n$ cat sub/a.toml\nurl = <url>\n\n\\# kept\n"},
    {"input", "! stdin <<EOF\none\ntwo\nEOF\n$ cairn cat\none\ntwo\n$ cairn cat\n"},
    {"a terminal", "! terminal\n$ cairn terminal\nout\nerr\n! terminal stderr\n$ cairn terminal\n2> err\n$ cairn terminal\n"},
    {"a plugin", "! plugin p/a.so <<END\nid: a\nup: CREATE TABLE t ();\\n\nflag: seed\nEND\n$ sh -c 'grep -c \"CREATE TABLE\" p/a.so'\n1\n"},
    {"a signal", "! signal INT once: SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(1000)' AND "
                 "datname = current_database() AND pid <> pg_backend_pid() => 1\n"
                 "$ cairn hang\n2> Cancel request sent\n2> ERROR:  canceling statement due to user request\n[exit 1]\n"},
    {"another session", "! other: BEGIN; CREATE TABLE t ()\n! sql: SELECT to_regclass('t') IS NULL => t\n"
                        "! other: COMMIT\n! sql: SELECT to_regclass('t') IS NULL => f\n"},
};

TEST_F(TranscriptHarness, plays_what_happened) {
  for (const Case& row : cases) EXPECT_EQ(played(row.text), row.text) << row.name;
}

TEST_F(TranscriptHarness, gives_each_transcript_a_database_of_its_own) {
  EXPECT_EQ(problem("! sql: CREATE TABLE t ()\n"), "");
  EXPECT_EQ(problem("! sql: CREATE TABLE t ()\n"), "");
}

struct Broken {
  const char* text;
  const char* problem;
};

TEST_F(TranscriptHarness, names_the_line_of_a_directive_that_fails) {
  const Broken rows[] = {
      {"# x\n! sql: SELECT 1 => 2\n", "line 2: SELECT 1\n  expected: 2\n  it gave:  1"},
      {"! swing a\n", "line 1: no directive \"swing\""},
      {"! env A\n", "line 1: expected NAME=value"},
      {"! plugin a.so <<END\ncolour: red\nEND\n", "line 1: not a line of a plugin: colour: red"},
      {"$ cairn ${NOTHING}\n", "line 1: no variable ${NOTHING} for: cairn ${NOTHING}"},
      {"$ cairn 'open\n", "line 1: an open quote in: cairn 'open"},
      {"$ not-a-program\n", "line 1: cannot run not-a-program: no such program in PATH"},
  };
  for (const Broken& row : rows) EXPECT_EQ(problem(row.text), row.problem);
}

TEST(Transcript, refuses_a_block_without_end_and_stray_text) {
  for (const char* text : {"! file a <<END\nx\n", "stray\n"}) {
    EXPECT_THROW(parse_transcript(text), std::runtime_error) << text;
  }
}

TEST_F(TranscriptHarness, fails_when_the_output_differs) {
  const fs::path file = write("a.transcript", "$ cairn echo new\nold\n");
  EXPECT_NONFATAL_FAILURE(check_transcript(file, setup_), "$ cairn echo new");
  EXPECT_EQ(read_file(file), "$ cairn echo new\nold\n");
}

TEST_F(TranscriptHarness, rewrites_the_file_when_told) {
  const fs::path file = write("a.transcript", "# kept\n$ cairn echo new\nold\n\n# kept too\n$ cairn fail\n");
  setenv("CAIRN_UPDATE_TRANSCRIPTS", "1", 1);
  check_transcript(file, setup_);
  unsetenv("CAIRN_UPDATE_TRANSCRIPTS");
  EXPECT_EQ(read_file(file),
            "# kept\n$ cairn echo new\nnew\n\n# kept too\n$ cairn fail\n2> error: no\n[exit 9]\n");
}

}  // namespace
}  // namespace cairn::test
