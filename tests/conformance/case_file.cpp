#include "conformance/case_file.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace cairn::conformance {

namespace {

using nlohmann::json;

std::vector<Revision> read_graph(const json& graph) {
  std::vector<Revision> revisions;
  for (const json& item : graph) {
    Revision revision;
    revision.id = item.at("id").get<std::string>();
    revision.down_revisions = item.at("down").get<std::vector<std::string>>();
    revision.depends_on = item.at("depends_on").get<std::vector<std::string>>();
    revision.labels = item.at("labels").get<std::vector<std::string>>();
    revision.origin = "file " + std::to_string(revisions.size());
    revisions.push_back(std::move(revision));
  }
  return revisions;
}

std::vector<std::string> read_targets(const json& item) {
  if (!item.contains("target") || item.at("target").is_null()) return {};
  const json& target = item.at("target");
  if (target.is_string()) return {target.get<std::string>()};
  return target.get<std::vector<std::string>>();
}

}  // namespace

std::vector<Case> read_cases(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  std::vector<Case> cases;
  for (const json& item : json::parse(stream)) {
    Case one;
    one.name = item.at("name").get<std::string>();
    one.command = item.at("command").get<std::string>();
    one.revisions = read_graph(item.at("graph"));
    one.rows = item.at("current").get<std::vector<std::string>>();
    one.targets = read_targets(item);
    one.options = item.value("options", json::object());
    one.expect = item.value("expect", json());
    one.expect_error = item.value("expect_error", "");
    one.deliberate = item.value("deliberate", "");
    cases.push_back(std::move(one));
  }
  return cases;
}

std::vector<std::filesystem::path> case_files(const std::filesystem::path& folder) {
  if (std::filesystem::is_regular_file(folder)) return {folder};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace cairn::conformance
