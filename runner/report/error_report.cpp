#include "report/error_report.hpp"

#include "report/excerpt.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

/// Continuation lines stand under the first, so that a long detail stays one block.
std::string field(const Format& format, std::string_view name, std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::string indented;
  for (const char c : text) {
    indented += c;
    if (c == '\n') indented += "    ";
  }
  return fmt::format("  {} {}\n", paint(format, Ink::dim, std::string(name) + ":"), indented);
}

std::string one(const Error& error, const Format& format) {
  std::string text = fmt::format("{} {}\n", paint(format, Ink::red, "error:"), error.message());
  if (!error.sqlstate().empty()) text += field(format, "sqlstate", error.sqlstate());
  if (!error.detail().empty()) text += field(format, "detail", error.detail());
  for (const std::string& line : error.context()) text += field(format, "context", line);
  if (error.place()) {
    text += field(format, "at", describe(*error.place()));
    if (!error.place()->excerpt.empty()) text += render_excerpt(*error.place());
  }
  if (!error.database().empty()) text += field(format, "database", error.database());
  if (!error.hint().empty()) text += field(format, "hint", error.hint());
  return text;
}

}  // namespace

std::string render_error(const Error& error, const Format& format) {
  std::string text = one(error, format);
  for (const Error& other : error.also()) text += render_error(other, format);
  return text;
}

std::string render_error_document(std::string_view command, const Error& error) {
  Json document = make_document(command, error.category());
  document["error"] = to_json(error);
  return print(document);
}

}  // namespace cairn
