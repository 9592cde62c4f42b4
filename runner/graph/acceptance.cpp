#include "graph/acceptance.hpp"

#include <algorithm>

namespace cairn {

namespace {

std::string trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
  return std::string(text.substr(begin, text.find_last_not_of(blanks) + 1 - begin));
}

}  // namespace

Acceptance parse_acceptance(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  return {.rule = trimmed(text.substr(0, colon)), .reason = trimmed(text.substr(std::min(colon + 1, text.size())))};
}

std::string acceptance_text(const Acceptance& acceptance) { return acceptance.rule + ": " + acceptance.reason; }

}  // namespace cairn
