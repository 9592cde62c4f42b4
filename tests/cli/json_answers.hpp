#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace cairn::test {

using Json = nlohmann::ordered_json;

/// A JSON answer that stands in a transcript.
struct JsonAnswer {
  std::string where;   ///< file and line
  int code = 0;        ///< the exit code expected there
  Json document;
};

/// Those of all transcripts of the folder. Throws what Json::parse throws for one that is no JSON.
std::vector<JsonAnswer> read_json_answers(const std::filesystem::path& transcripts);

}  // namespace cairn::test
