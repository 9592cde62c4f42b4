#include "report/server_report.hpp"

#include "base/text.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

std::string row(std::string_view name, std::string_view value) { return fmt::format("{}{}\n", padded(name, 12), value); }

}  // namespace

std::string render(const ServerReport& report, const Format& format) {
  if (format.kind == Kind::text) {
    std::string text = row("local", report.process > 0 ? fmt::format("{}, pid {}", report.state, report.process) : report.state);
    if (report.major > 0) text += row("server", fmt::format("PostgreSQL {}, run by {}", report.major, report.user));
    return text + row("data", report.data) + row("socket", report.socket) + row("log", report.log) + row("url", report.url);
  }
  Json document = make_document("db", Category::none);
  document["local"] = {{"state", report.state}, {"pid", report.process}, {"major", report.major}, {"user", report.user},
                       {"data", report.data}, {"socket", report.socket}, {"log", report.log}, {"url", report.url}};
  return print(document);
}

std::string render(const ConnectionReport& report, const Format& format) {
  if (format.kind == Kind::text) {
    const std::string at = report.rows.empty() ? "base" : join(report.rows, ", ");
    return row("connection", "works: " + report.name) +
           row("server", fmt::format("PostgreSQL {}.{}{}", report.facts_version / 10000, report.facts_version % 10000,
                                     report.standby ? ", a standby" : report.read_only ? ", read-only" : "")) +
           row("database", report.database) + row("user", report.user) + row("at", at);
  }
  Json document = make_document("db", Category::none);
  document["connection"] = {{"name", report.name}, {"server_version", report.facts_version}, {"database", report.database},
                            {"user", report.user}, {"standby", report.standby}, {"read_only", report.read_only},
                            {"rows", report.rows}};
  return print(document);
}

std::string render_url(const std::string& url, const Format& format) {
  if (format.kind == Kind::text) return url + "\n";
  Json document = make_document("db", Category::none);
  document["url"] = url;
  return print(document);
}

}  // namespace cairn
