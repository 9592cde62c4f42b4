#include "cli/transcript_check.hpp"

#include "support/file_text.hpp"

#include <gtest/gtest.h>

namespace cairn::test {

namespace {

void compare(const std::filesystem::path& file, const Transcript& expected, const Transcript& actual) {
  for (std::size_t part = 0; part < actual.parts.size(); ++part) {
    const auto* invocation = std::get_if<Invocation>(&expected.parts[part]);
    if (invocation == nullptr) continue;
    EXPECT_EQ(print_answer(invocation->expected), print_answer(std::get<Invocation>(actual.parts[part]).expected))
        << file.string() << ":" << invocation->line << "\n$ " << invocation->text
        << "\n(if the new output is right, run again with CAIRN_UPDATE_TRANSCRIPTS=1 and review the difference)";
  }
}

}  // namespace

void check_transcript(const std::filesystem::path& file, const TranscriptSetup& setup) {
  const std::string text = read_file(file);
  const Transcript expected = parse_transcript(text);
  const Played played = TranscriptRun(setup).play(expected);
  const bool updating = environment_variable("CAIRN_UPDATE_TRANSCRIPTS") == "1";
  if (!played.problem.empty()) ADD_FAILURE() << file.string() << ", " << played.problem;
  if (!updating || !played.problem.empty()) {
    compare(file, expected, played.actual);
  } else if (print_transcript(played.actual) != text) {
    write_file(file, print_transcript(played.actual));
  }
}

}  // namespace cairn::test
