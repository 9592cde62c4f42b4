#include "conformance/case_file.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace cairn::conformance {

namespace {

using nlohmann::json;

using Texts = std::vector<std::string>;

/// A list that is left out, or null, is empty.
Texts read_texts(const json& item, const char* key) {
  if (!item.contains(key) || item.at(key).is_null()) return {};
  return item.at(key).get<Texts>();
}

std::vector<Revision> read_graph(const json& graph) {
  std::vector<Revision> revisions;
  for (const json& item : graph) {
    Revision revision;
    revision.id = item.at("id").get<std::string>();
    revision.down_revisions = read_texts(item, "down");
    revision.depends_on = read_texts(item, "depends_on");
    revision.labels = read_texts(item, "labels");
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

Case read_case(const json& item) {
  Case one;
  one.name = item.at("name").get<std::string>();
  one.command = item.at("command").get<std::string>();
  one.revisions = read_graph(item.at("graph"));
  one.rows = read_texts(item, "current");
  one.targets = read_targets(item);
  one.options = item.value("options", json::object());
  one.expect = item.value("expect", json());
  one.expect_error = item.value("expect_error", "");
  one.deliberate = item.value("deliberate", "");
  if (one.expect.is_null() && one.expect_error.empty()) throw std::runtime_error("it says neither expect nor expect_error");
  return one;
}

/// The case as far as it can be named.
std::string name_of(const json& item, std::size_t place) {
  const bool named = item.is_object() && item.contains("name") && item.at("name").is_string();
  return named ? item.at("name").get<std::string>() : "case " + std::to_string(place + 1);
}

}  // namespace

CaseFile read_cases(const std::filesystem::path& file) {
  CaseFile found;
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("cannot be opened");
  const json list = json::parse(stream);
  if (!list.is_array()) throw std::runtime_error("holds no list of cases");
  for (std::size_t place = 0; place < list.size(); ++place) {
    try {
      found.cases.push_back(read_case(list[place]));
    } catch (const std::exception& error) {
      found.unreadable.push_back(name_of(list[place], place) + ": " + error.what());
    }
  }
  return found;
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
