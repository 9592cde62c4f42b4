#include "cli/json_answers.hpp"

#include "support/file_text.hpp"
#include "support/transcript.hpp"

#include <regex>

namespace cairn::test {

namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// Numbers that differ from run to run stand in transcripts as <ms>, <pid> or <number>.
std::string with_numbers(const std::string& text) { return std::regex_replace(text, std::regex(R"(": <(ms|pid|number)>)"), "\": 0"); }

}  // namespace

std::vector<JsonAnswer> read_json_answers(const std::filesystem::path& transcripts) {
  std::vector<JsonAnswer> answers;
  for (const auto& entry : std::filesystem::directory_iterator(transcripts)) {
    if (entry.path().extension() != ".transcript") continue;
    for (const TranscriptPart& part : parse_transcript(read_file(entry.path())).parts) {
      const auto* invocation = std::get_if<Invocation>(&part);
      if (invocation == nullptr || invocation->expected.out.empty() || invocation->expected.out.front() != "{") continue;
      const std::string where = entry.path().filename().string() + ":" + std::to_string(invocation->line);
      answers.push_back({where, invocation->expected.code, Json::parse(with_numbers(joined(invocation->expected.out)))});
    }
  }
  return answers;
}

}  // namespace cairn::test
