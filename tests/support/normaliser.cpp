#include "support/normaliser.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

namespace cairn::test {

namespace {

struct Rule {
  const char* pattern;
  const char* shown;
};

/// In this order: a time must not be taken for a duration.
const Rule rules[] = {
    {R"(\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|UTC|[+-]\d\d(:?\d\d)?))?)", "<time>"},
    {R"(\b\d\d:\d\d:\d\d\b)", "<duration>"},
    {R"re(("[mu]s": ?)\d+)re", "$1<ms>"},
    {R"(\b(ok|alike) (< )?\d+(\.\d+)? (ms|s|min)\b)", "$1 <ms>"},
    {R"re(((ok|alike) <ms>) +)re", "$1  "},   // a column is as wide as its longest time
    {R"( {2,}\d+ ms\b)", "  <ms>"},
    {R"(\b(\d+ ?min )?\d+(\.\d+)? ?(us|ms|s|min|seconds?|minutes?)\b)", "<ms>"},
    {R"((pid|process|backend|PID|Process)( id)?([ :=]+|": ?)\d+)", "$1$2$3<pid>"},
    {R"(libpq \d+(\.\d+)*)", "libpq <version>"},
    {R"re(("libpq": ")[0-9.]+)re", "$1<version>"},
    {R"re(("(server_version|major)": )\d+)re", "$1<number>"},
    {R"(PostgreSQL \d+(\.\d+)*( \([^)]*\))?)", "PostgreSQL <version>"},
    {R"((<host>:)\d+)", "$1<pid>"},
    {R"(\b[0-9a-f]{64}\b)", "<digest>"},
    {R"((/run/cairn/|/tmp/cairn-\d+-)[0-9a-f]{12}\b)", "<sockets>"},
    {R"(/tmp/[A-Za-z0-9_.-]*[A-Za-z0-9]{6}\b)", "<tmp>"},
};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool stands_alone(const std::string& text, std::size_t at, const std::string& value) {
  const std::size_t end = at + value.size();
  const bool open_before = at == 0 || !is_word(text[at - 1]) || !is_word(value.front());
  const bool open_behind = end == text.size() || !is_word(text[end]) || !is_word(value.back());
  return open_before && open_behind;
}

void replace_all(std::string& text, const std::string& value, const std::string& shown) {
  for (std::size_t at = text.find(value); at != std::string::npos; at = text.find(value, at)) {
    const bool alone = stands_alone(text, at, value);
    if (alone) text.replace(at, value.size(), shown);
    at += alone ? shown.size() : value.size();
  }
}

/// What a terminal shows of a line that was written over: blanks went over the status before anything else did.
void drop_overwritten(std::string& text) {
  for (std::size_t back = text.find('\r'); back != std::string::npos; back = text.find('\r')) {
    const std::size_t begin = text.rfind('\n', back) + 1;   // npos + 1 is 0
    text.erase(begin, back + 1 - begin);
  }
}

}  // namespace

void Normaliser::add(const std::string& value, const std::string& name) {
  if (value.empty()) return;
  values_.emplace_back(value, "<" + name + ">");
  std::stable_sort(values_.begin(), values_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

std::string Normaliser::apply(std::string text) const {
  drop_overwritten(text);
  for (const auto& [value, shown] : values_) replace_all(text, value, shown);
  for (const Rule& rule : rules) text = std::regex_replace(text, std::regex(rule.pattern), rule.shown);
  return text;
}

}  // namespace cairn::test
