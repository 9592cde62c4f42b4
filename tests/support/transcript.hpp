#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cairn::test {

/// What a command is expected to print, or printed.
struct Answer {
  std::vector<std::string> out;
  std::vector<std::string> err;
  int code = 0;

  bool operator==(const Answer&) const = default;
};

/// Lines that only a reader needs: comments and blank lines.
struct Prose {
  std::vector<std::string> lines;
};

/// "! verb argument", with the lines of its <<END block if it has one.
struct Directive {
  std::string verb;
  std::string argument;
  std::vector<std::string> block;
  std::vector<std::string> source;
  std::size_t line = 0;
};

/// "$ NAME=value program arguments".
struct Invocation {
  std::string text;
  Answer expected;
  std::size_t line = 0;
};

using TranscriptPart = std::variant<Prose, Directive, Invocation>;

/// A transcript file. Its grammar, line by line:
///
///   # comment
///   ! sql: CREATE TABLE t ()      runs in the test's database
///   ! sql: SELECT a FROM t => 1 2 the same, and its cells have to read so
///   ! other: BEGIN; LOCK TABLE t  runs in a second session that lives as long as the transcript
///   ! env NAME=value              for all later commands; "! unset NAME" takes a variable away
///   ! file PATH <<END             creates a file, with the lines up to END; ${NAME} is replaced
///   ! plugin PATH <<END           creates a SQL revision: lines "id: a", "down_revision: b", "depends_on: c",
///                                 "label: x", "message: …", "up: …", "down: …", "verify: …", "phase: …",
///                                 "min_server_version: 160000", "file: a/up.sql", "flag: seed" (or non_transactional,
///                                 not_retryable); \n in a value is a line break
///   ! stdin <<END                 input of the next command
///   ! terminal                    the next command's streams are a terminal; "! terminal stderr": that one only
///   ! signal INT once: SELECT … => 1   sent to the next command as soon as the query answers so; also TERM, KILL
///   $ NAME=value cairn upgrade head    a program of PATH, without a shell; see split_words
///   a line of its standard output
///   2> a line of its standard error
///   [exit 9]                      absent: 0
///
/// Behind a command, blank lines end the expectation only when nothing more follows. A printed line that would
/// read as one of the above is written with a backslash in front.
struct Transcript {
  std::vector<TranscriptPart> parts;
};

/// Throws std::runtime_error naming the line of a directive that makes no sense.
Transcript parse_transcript(std::string_view text);

/// The file again. An answer is written in the fixed order above.
std::string print_transcript(const Transcript& transcript);

/// The expectation as it stands in a file, for comparing as text.
std::string print_answer(const Answer& answer);

/// Lines of a program's output, without a last empty one.
std::vector<std::string> split_lines(std::string_view text);

/// Blank lines at the end of standard output cannot be told from those before the next command: both sides of a
/// comparison are taken without them.
void drop_last_blank_lines(std::vector<std::string>& lines);

/// Words of a command line: quotes ' and ", backslash, and ${NAME} of the variables, also within quotes " ".
/// Throws std::runtime_error for an open quote or an unknown variable.
std::vector<std::string> split_words(std::string_view text, const std::map<std::string, std::string>& variables);

}  // namespace cairn::test
