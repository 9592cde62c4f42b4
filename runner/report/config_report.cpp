#include "report/config_report.hpp"

#include "base/text.hpp"
#include "report/columns.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

// What is longer pushes its origin to the right, so that one long path does not push all of them.
constexpr std::size_t value_width = 20;

std::string shown_value(const ShownSetting& setting) {
  if (!setting.missing.empty()) return fmt::format("({} is not set)", setting.missing);
  return setting.values.empty() ? "-" : cut_to_columns(setting.values.front(), 400);
}

/// A list has a line for each further value.
std::string rows_of(const ShownSetting& setting, std::size_t key_width) {
  std::string text = fmt::format("{}  {}  {}\n", padded(setting.key, key_width), padded(shown_value(setting), value_width), setting.origin);
  for (std::size_t i = 1; i < setting.values.size(); ++i)
    text += fmt::format("{}  {}\n", padded("", key_width), cut_to_columns(setting.values[i], 400));
  return text;
}

Json to_json(const ShownSetting& setting) {
  Json json = {{"key", setting.key}, {"values", setting.values}};
  Json origin = {{"kind", setting.origin_kind}};
  if (!setting.origin_name.empty()) origin["name"] = setting.origin_name;
  if (!setting.file.empty()) {
    origin["file"] = setting.file;
    origin["line"] = setting.line;
  }
  json["origin"] = std::move(origin);
  if (!setting.missing.empty()) json["missing"] = setting.missing;
  return json;
}

}  // namespace

std::string render(const ConfigReport& report, const Format& format) {
  if (format.kind == Kind::json) {
    Json document = make_document("config", Category::none);
    if (report.project_file) document["project_file"] = *report.project_file;
    if (report.environment) document["environment"] = *report.environment;
    document["configuration"] = Json::array();
    for (const ShownSetting& setting : report.settings) document["configuration"].push_back(to_json(setting));
    document["notices"] = report.notices;
    return print(document);
  }
  std::size_t keys = 0;
  for (const ShownSetting& setting : report.settings) keys = std::max(keys, columns_of(setting.key));
  std::string text;
  for (const ShownSetting& setting : report.settings) text += rows_of(setting, keys);
  return text;
}

std::string render(const ShownSetting& setting, const Format& format) {
  if (format.kind == Kind::json) {
    Json document = make_document("config", Category::none);
    document["configuration"] = Json::array({to_json(setting)});
    return print(document);
  }
  std::string text;
  for (const std::string& value : setting.values) text += printable(value, 100000) + "\n";
  return text;
}

}  // namespace cairn
