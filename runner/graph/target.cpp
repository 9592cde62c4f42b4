#include "graph/target.hpp"

#include "base/text.hpp"
#include "graph/target_error.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr long most_steps = 1'000'000;

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  throw TargetError(TargetProblem::malformed,
                    Error(Category::graph, fmt::format("\"{}\" is not a target: {}", printable(text, 100), why))
                        .hint("Write an id, the beginning of one, a label, \"head\", \"heads\" or \"base\", with "
                              "\"+N\" or \"-N\" behind it if you like, and with \"LABEL@\" before it."));
}

/// "+3", "-12".
long parse_offset(std::string_view offset, std::string_view text) {
  const std::string_view digits = offset.substr(1);
  if (digits.empty()) refuse(text, fmt::format("a number is missing after \"{}\"", offset));
  long number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') refuse(text, fmt::format("\"{}\" is not a number", printable(digits, 40)));
    number = std::min(number * 10 + (c - '0'), most_steps);
  }
  return offset.front() == '-' ? -number : number;
}

}  // namespace

Target parse_target(std::string_view text) {
  if (text.find(':') != text.npos)
    throw TargetError(TargetProblem::range,
                      Error(Category::graph, fmt::format("\"{}\" is a range, and one target is wanted", printable(text, 100)))
                          .hint("Give the end of the range alone; ranges are for \"history\" and for \"--sql\"."));
  Target target{.text = std::string(text), .branch = {}, .atom = {}, .offset = {}};
  std::string_view rest = text;
  if (const std::size_t at = rest.find('@'); at != rest.npos) {
    target.branch = std::string(rest.substr(0, at));
    rest.remove_prefix(at + 1);
    if (target.branch->empty()) refuse(text, "nothing stands before \"@\"");
    if (target.branch->find_first_of("+-") != std::string::npos) refuse(text, "\"+\" and \"-\" go behind the \"@\"");
    if (rest.find('@') != rest.npos) refuse(text, "it has more than one \"@\"");
  }
  const std::size_t sign = rest.find_first_of("+-");
  target.atom = std::string(rest.substr(0, sign));
  if (sign != rest.npos) target.offset = parse_offset(rest.substr(sign), text);
  if (target.atom.empty() && !target.offset) refuse(text, text.empty() ? "it is empty" : "nothing stands behind \"@\"");
  return target;
}

TargetRange parse_target_range(std::string_view text) {
  TargetRange range{.text = std::string(text), .from = {}, .to = {}};
  if (text.empty()) return range;
  const std::size_t colon = text.find(':');
  if (colon == text.npos || text.find(':', colon + 1) != text.npos)
    throw TargetError(TargetProblem::range,
                      Error(Category::graph, fmt::format("\"{}\" is not a range", printable(text, 100)))
                          .hint("Write \"FROM:TO\", \"FROM:\" or \":TO\"."));
  if (colon > 0) range.from = std::string(text.substr(0, colon));
  if (colon + 1 < text.size()) range.to = std::string(text.substr(colon + 1));
  return range;
}

}  // namespace cairn
