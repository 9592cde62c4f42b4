#include "report/error_report.hpp"

#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

constexpr std::size_t widest_excerpt = 160;

/// Continuation lines stand under the first, so that a long detail stays one block.
std::string field(const Format& format, std::string_view name, std::string_view text) {
  std::string indented;
  for (const char c : text) {
    indented += c;
    if (c == '\n') indented += "    ";
  }
  return fmt::format("  {} {}\n", paint(format, Ink::dim, std::string(name) + ":"), indented);
}

/// The excerpt with its caret; a long line is cut so that the caret is seen.
std::string excerpt(const Place& place) {
  std::string line = place.excerpt;
  std::size_t caret = place.caret;
  for (char& c : line)
    if (c == '\t') c = ' ';
  if (line.size() > widest_excerpt) {
    // Cutting is by characters; only plain ASCII lines are shifted, others are shown from their start.
    const std::size_t skip = caret > widest_excerpt / 2 ? caret - widest_excerpt / 2 : 0;
    std::size_t byte = 0;
    for (std::size_t seen = 0; byte < line.size() && seen < skip; ++byte)
      if (byte + 1 == line.size() || (static_cast<unsigned char>(line[byte + 1]) & 0xC0U) != 0x80U) ++seen;
    std::size_t end = std::min(line.size(), byte + widest_excerpt);
    while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) ++end;
    line = (skip > 0 ? "… " : "") + line.substr(byte, end - byte) + (end < place.excerpt.size() ? " …" : "");
    caret = caret > skip ? caret - skip + (skip > 0 ? 2 : 0) : caret;
  }
  std::string text = fmt::format("      |  {}\n", line);
  if (caret > 0) text += fmt::format("      |  {}^\n", std::string(caret - 1, ' '));
  return text;
}

std::string one(const Error& error, const Format& format) {
  std::string text = fmt::format("{} {}\n", paint(format, Ink::red, "error:"), error.message());
  if (!error.sqlstate().empty()) text += field(format, "sqlstate", error.sqlstate());
  if (!error.detail().empty()) text += field(format, "detail", error.detail());
  for (const std::string& line : error.context()) text += field(format, "context", line);
  if (error.place()) {
    text += field(format, "at", describe(*error.place()));
    if (!error.place()->excerpt.empty()) text += excerpt(*error.place());
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
