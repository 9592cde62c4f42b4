#include "sql/substitution.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace cairn {

namespace {

/// What is wrong with the value of a placeholder, as a predicate of "variable x"; empty when nothing is.
std::string problem_of(const Placeholder& placeholder, const std::string& value) {
  if (!is_valid_utf8(value)) return "is not text: its value is not valid UTF-8, or holds a NUL character";
  if (placeholder.quoting == Placeholder::Quoting::name && value.empty()) return "is empty, and a name is wanted here";
  return "";
}

Error not_given(const Placeholder& placeholder) {
  return Error(Category::configuration, fmt::format("variable \"{}\" is not given", placeholder.variable))
      .hint(fmt::format("Give it with -x {0}=VALUE, or under [variables] in cairn.toml. If no variable is meant, put a blank "
                        "behind the colon.", placeholder.variable));
}

/// One problem for each variable, at the first place that needs it.
void require_values(const Body& body, const Variables& variables) {
  std::vector<Error> problems;
  std::set<std::string_view> told;
  const auto tell = [&](const Placeholder& placeholder, Error error) {
    if (!told.insert(placeholder.variable).second) return;
    problems.push_back(std::move(error.at(place_in(body.text, placeholder.begin, body.source))));
  };
  for (const Placeholder& placeholder : body.placeholders) {
    const auto found = variables.find(placeholder.variable);
    if (found == variables.end()) {
      tell(placeholder, not_given(placeholder));
    } else if (const std::string problem = problem_of(placeholder, found->second); !problem.empty()) {
      tell(placeholder, Error(Category::configuration, fmt::format("variable \"{}\" {}", placeholder.variable, problem))
                            .hint(fmt::format("Give another value with -x {}=VALUE.", placeholder.variable)));
    }
  }
  throw_all(std::move(problems));
}

/// With blanks around it, so that it cannot become one token with its neighbours (E, U&, a further quote).
std::string quoted(const Placeholder& placeholder, const std::string& value) {
  const bool name = placeholder.quoting == Placeholder::Quoting::name;
  return " " + (name ? quote_identifier(value) : quote_literal(value)) + " ";
}

/// Moves the offsets of the statements behind what has been put in before them.
void move_statements(Body& body) {
  std::size_t passed = 0;   // placeholders that end before the present offset
  const auto move = [&](std::size_t& offset) {
    while (passed < body.placeholders.size() && body.placeholders[passed].end <= offset) ++passed;
    if (passed > 0) offset += body.values[passed - 1].end - body.placeholders[passed - 1].end;
  };
  for (Statement& statement : body.statements) {
    move(statement.begin);
    move(statement.end);
  }
}

/// What the author wrote: the text before values were put in.
std::string_view written_text(const Body& body) { return body.values.empty() ? body.text : body.written; }

/// The byte of it that a byte of the text comes from.
std::size_t written_offset(const Body& body, std::size_t offset) {
  const auto behind = std::upper_bound(body.values.begin(), body.values.end(), offset,
                                       [](std::size_t byte, const ValueSpan& value) { return byte < value.begin; });
  if (behind == body.values.begin()) return offset;
  const ValueSpan& value = *std::prev(behind);
  const Placeholder& placeholder = body.placeholders[static_cast<std::size_t>(behind - body.values.begin()) - 1];
  return offset < value.end ? placeholder.begin : placeholder.end + (offset - value.end);
}

}  // namespace

Body substitute(Body body, const Variables& variables) {
  if (body.placeholders.empty()) return body;
  require_values(body, variables);
  std::string text;
  std::size_t copied = 0;
  for (const Placeholder& placeholder : body.placeholders) {
    text.append(body.text, copied, placeholder.begin - copied);
    const std::size_t begin = text.size();
    text += quoted(placeholder, variables.find(placeholder.variable)->second);
    body.values.push_back({begin, text.size()});
    copied = placeholder.end;
  }
  text.append(body.text, copied);
  move_statements(body);
  body.written = std::exchange(body.text, std::move(text));
  return body;
}

Place place_in_body(const Body& body, std::size_t offset) {
  return place_in(written_text(body), written_offset(body, offset), body.source);
}

std::vector<Place> places_of_statements(const Body& body) {
  const std::string_view text = written_text(body);
  std::vector<Place> places;
  std::size_t line_begin = 0;
  std::size_t lines = 0;
  for (const Statement& statement : body.statements) {
    const std::size_t offset = written_offset(body, statement.begin);
    for (std::size_t end = text.find('\n', line_begin); end < offset; end = text.find('\n', line_begin)) {
      line_begin = end + 1;
      ++lines;
    }
    places.push_back(place_in(text.substr(line_begin), offset - line_begin, body.source));
    places.back().line += lines;
  }
  return places;
}

}  // namespace cairn
