#include "report/diagram.hpp"

#include "base/text.hpp"
#include "report/columns.hpp"

#include <fmt/core.h>

#include <cctype>

namespace cairn {

namespace {

/// In a label "\N" and its like have a meaning, and so has "&amp;".
std::string dot_text(std::string_view text) {
  std::string quoted;
  for (const char c : one_line(text)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
    if (c == '&') quoted += "amp;";
  }
  return quoted;
}

/// Names are compared as they stand, so "&" must not be written otherwise there.
std::string dot_name(const DrawnItem& item) {
  std::string quoted;
  for (const char c : one_line(item.name)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return fmt::format("\"{}\"", quoted);
}

/// Whatever sign Mermaid might understand is written as its number.
std::string mermaid_text(std::string_view text) {
  std::string quoted;
  for (const char c : one_line(text)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x80 || std::isalnum(byte) != 0 || std::string_view(" .,_-()/").find(c) != std::string_view::npos;
    if (plain) quoted += c;
    else quoted += fmt::format("#{};", static_cast<unsigned>(byte));
  }
  return quoted;
}

template <typename Quote>
std::string label_of(const DrawnItem& item, Quote quote, std::string_view line_break) {
  std::vector<std::string> lines;
  for (const std::string& line : item.lines) lines.push_back(quote(line));
  return join(lines, line_break);
}

}  // namespace

std::string make_dot(std::span<const DrawnItem> items) {
  std::string text = "digraph revisions {\n  rankdir=TB;\n  node [shape=box];\n";
  for (const DrawnItem& item : items) text += fmt::format("  {} [label=\"{}\"];\n", dot_name(item), label_of(item, dot_text, "\\n"));
  for (const DrawnItem& item : items) {
    for (const std::size_t parent : item.parents) text += fmt::format("  {} -> {};\n", dot_name(item), dot_name(items[parent]));
    for (const std::size_t other : item.dependencies)
      text += fmt::format("  {} -> {} [style=dashed];\n", dot_name(item), dot_name(items[other]));
  }
  return text + "}\n";
}

std::string make_mermaid(std::span<const DrawnItem> items) {
  std::string text = "flowchart TB\n";
  for (std::size_t i = 0; i < items.size(); ++i)
    text += fmt::format("  n{}[\"{}\"]\n", i, label_of(items[i], mermaid_text, "<br/>"));
  for (std::size_t i = 0; i < items.size(); ++i) {
    for (const std::size_t parent : items[i].parents) text += fmt::format("  n{} --> n{}\n", i, parent);
    for (const std::size_t other : items[i].dependencies) text += fmt::format("  n{} -.-> n{}\n", i, other);
  }
  return text;
}

}  // namespace cairn
