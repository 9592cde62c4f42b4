#include "base/text.hpp"
#include "sql/body.hpp"

namespace cairn {

namespace {

std::string enclosed(std::string_view text, char quote, std::string_view doubled) {
  if (!is_valid_utf8(text)) throw Error(Category::usage, "text is not valid UTF-8 and cannot be sent to the server");
  std::string quoted(1, quote);
  for (const char c : text) {
    if (doubled.find(c) != doubled.npos) quoted += c;
    quoted += c;
  }
  return quoted + quote;
}

}  // namespace

std::string quote_literal(std::string_view text) {
  return text.find('\\') == text.npos ? enclosed(text, '\'', "'") : "E" + enclosed(text, '\'', "'\\");
}

std::string quote_identifier(std::string_view name) { return enclosed(name, '"', "\""); }

}  // namespace cairn
