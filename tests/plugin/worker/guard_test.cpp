#include "recording_host.hpp"

#include "worker/output_lines.hpp"
#include "worker/step_guard.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

/// One letter per call: ( ) < are savepoint begin, release and rollback; f a call that fails, q one that
/// does not; [ ] begin and end a COPY, d writes to it, ! gives it up;
/// { } begin and end one that is read, r reads from it: the second time there is nothing left.
void call(StepGuard& guard, char letter) {
  switch (letter) {
    case '(': return guard.savepoint(SavepointAction::begin, {});
    case ')': return guard.savepoint(SavepointAction::release, {});
    case '<': return guard.savepoint(SavepointAction::rollback, {});
    case 'f': return guard.execute("fail", {});
    case 'q': return static_cast<void>(guard.query("q", {}, {}));
    case '[': return guard.begin_copy_in("copy", {});
    case 'd': return guard.write_copy("d");
    case ']': return static_cast<void>(guard.end_copy_in({}));
    case '!': return static_cast<void>(guard.end_copy_in("no more"));
    case '{': return guard.begin_copy_out("copy", {});
    case 'r': return static_cast<void>(guard.read_copy());
    case '}': return static_cast<void>(guard.end_copy_out());
    default: FAIL() << letter;
  }
}

struct Case {
  const char* calls;
  const char* failed;    ///< which of them failed, by position: '.' or 'x'
  const char* failure;   ///< what is left in the end
};

const Case cases[] = {
    {"qq", "..", ""},
    {"qfqq", ".xxx", "the server says no"},
    {"(q)q", "....", ""},
    {"(f<q", ".x..", ""},
    {"(f)<q", ".xx..", ""},
    {"((f<q)q", "..x....", ""},
    {"((f(<<q", "..xx...", ""},
    {"(f<f<q", ".x.xxx", "the server says no"},
    {"f(<", "xxx", "the server says no"},
    {"<", "x", "a savepoint was rolled back, but none is open"},
    {")", "x", "a savepoint was released, but none is open"},
    {"(<<", "..x", "a savepoint was rolled back, but none is open"},
    {"[d]", "...", ""},
    {"[d]d", "...x", "COPY data were written, but no COPY ... FROM STDIN is open"},
    {"]", "x", "a COPY ... FROM STDIN was ended, but none is open"},
    {"[[", ".x", "copy_in was called inside a COPY, which must be ended first"},
    {"([q]<q", "..xx..", ""},
    {"([<]<q", "..xx..", ""},
    {"([!<q", "..x..", ""},
    {"{rr}q", ".....", ""},
    {"{rrr}", ".....", ""},
    {"{}q", ".xx", "the COPY was given up"},
    {"({}<q", "..x..", ""},
    {"{q", ".x", "query was called inside a COPY, which must be ended first"},
    {"{[", ".x", "copy_in was called inside a COPY, which must be ended first"},
    {"{{", ".x", "copy_out was called inside a COPY, which must be ended first"},
    {"[{", ".x", "copy_out was called inside a COPY, which must be ended first"},
    {"{rd", "..x", "COPY data were written, but no COPY ... FROM STDIN is open"},
    {"[r", ".x", "COPY data were read, but no COPY ... TO STDOUT is open"},
    {"[}", ".x", "a COPY ... TO STDOUT was ended, but none is open"},
    {"{]", ".x", "a COPY ... FROM STDIN was ended, but none is open"},
    {"r", "x", "COPY data were read, but no COPY ... TO STDOUT is open"},
    {"({q}<q", "..xx..", ""},
};

TEST(StepGuard, lets_only_a_savepoint_recover_from_a_failure) {
  for (const Case& row : cases) {
    SCOPED_TRACE(row.calls);
    RecordingHost host;
    host.copy_out_bytes = 1;
    StepGuard guard(host);
    std::string failed;
    for (const char letter : std::string_view(row.calls)) {
      try {
        call(guard, letter);
        failed += '.';
      } catch (const HostCallFailed&) {
        failed += 'x';
      }
    }
    EXPECT_EQ(failed, row.failed);
    EXPECT_EQ(guard.failure() == nullptr ? "" : guard.failure()->message(), row.failure);
  }
}

TEST(OutputLines, cuts_lines_and_keeps_the_latest) {
  OutputLines output;
  output.add("one\ntw");
  output.add("o\n\n");
  output.add(std::string(5000, 'x') + "\nlast");
  EXPECT_EQ(output.take(), (std::vector<std::string>{"one", "two", std::string(1000, 'x')}));
  EXPECT_EQ(output.dropped(), 4000U);
  output.finish();
  EXPECT_EQ(output.take(), std::vector<std::string>{"last"});
  EXPECT_TRUE(output.last_words().starts_with("one\ntwo\nxxx"));
}

TEST(OutputLines, shows_no_more_than_its_bound_in_one_step) {
  OutputLines output;
  for (int i = 0; i < 1000; ++i) output.add(std::string(999, 'x') + "\n");
  EXPECT_EQ(output.take().size(), 65U);
  EXPECT_EQ(output.dropped(), 935U * 999U);
  output.start_step();
  output.add("next\n");
  EXPECT_EQ(output.take(), std::vector<std::string>{"next"});
}

}  // namespace
}  // namespace cairn::test
