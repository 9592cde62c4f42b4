#include "engine/failure.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace cairn {

namespace {

constexpr std::array<std::string_view, 3> retryable{"55P03", "40P01", "40001"};
constexpr std::string_view verify_marker = "cairn: verify found ";
constexpr std::size_t most_of_a_message = 2000;

bool is_one_of_retryable(std::string_view sqlstate) {
  return std::find(retryable.begin(), retryable.end(), sqlstate) != retryable.end();
}

/// What stands between the marker and the end of a message that our own SQL raised through a failing cast.
std::optional<std::string> raised(const std::string& message, std::string_view marker) {
  const std::size_t start = message.find(marker);
  if (start == message.npos) return std::nullopt;
  std::string text = printable(message.substr(start + marker.size()), most_of_a_message);
  if (text.ends_with('"')) text.pop_back();
  return text;
}

/// "{a,b}", as the server writes an array, as "a, b"; the empty one as "none".
std::string plain_rows(std::string_view array) {
  if (array == "{}" || !array.starts_with('{') || !array.ends_with('}')) return array == "{}" ? "none" : std::string(array);
  std::string text;
  for (const char c : array.substr(1, array.size() - 2)) text += c == ',' ? std::string(", ") : std::string(1, c);
  return text;
}

/// "{a,b}, expected {a}" as "a, b; expected a".
std::string plain_difference(const std::string& text) {
  constexpr std::string_view between = ", expected ";
  const std::size_t at = text.find(between);
  if (at == text.npos) return text;
  return fmt::format("{}; expected {}", plain_rows(std::string_view(text).substr(0, at)),
                     plain_rows(std::string_view(text).substr(at + between.size())));
}

std::string_view verb(const Step& step) { return step.direction == Direction::up ? "upgrade" : "downgrade"; }

Error rows_changed(const Step& step, const std::string& found) {
  return Error(Category::history, fmt::format("the version rows changed while {} was being {}d: they are {}", name_of(*step.revision),
                                              verb(step), found))
      .detail("The step was rolled back. Another program wrote the version table without Cairn's lock.")
      .hint("Look at \"cairn current\", and run the command again if that is what you expect.");
}

std::string failed_phrase(const Step& step) {
  return fmt::format("{} failed{}", name_of(*step.revision), step.direction == Direction::down ? " in its downgrade" : "");
}

std::string_view place_of(Part part) {
  switch (part) {
    case Part::begin: return " before its first statement";
    case Part::bookkeeping: return " while recording it";
    case Part::commit: return " at COMMIT";
    default: return "";
  }
}

}  // namespace

std::string name_of(const Revision& revision) {
  return revision.message.empty() ? "revision " + revision.id : fmt::format("revision {} \"{}\"", revision.id, revision.message);
}

Error make_server_error(const ServerFailure& failure, std::optional<Place> place) {
  Error error(Category::revision, printable(failure.message, most_of_a_message));
  error.sqlstate(failure.sqlstate);
  if (!failure.detail.empty()) error.detail(printable(failure.detail, most_of_a_message));
  if (!failure.hint.empty()) error.hint(printable(failure.hint, most_of_a_message));
  if (!failure.context.empty()) error.context(printable(failure.context, most_of_a_message));
  if (place) error.at(std::move(*place));
  return error;
}

Error make_step_error(const Step& step, const ServerFailure& failure, const Fault& fault) {
  if (fault.part == Part::bookkeeping) {
    if (const auto found = raised(failure.message, rows_changed_marker)) return rows_changed(step, plain_difference(*found));
    if (failure.sqlstate == "23505")
      return rows_changed(step, "not the expected ones: " + printable(failure.message, most_of_a_message));
  }
  if (const auto offending = raised(failure.message, verify_marker)) {
    Error error(Category::revision, fmt::format("{} failed its verify step: it found {}", name_of(*step.revision), *offending));
    if (fault.place) error.at(*fault.place);
    return error;
  }
  return make_server_error(failure, fault.place).prefix(fmt::format("{}{}: ", failed_phrase(step), place_of(fault.part)));
}

Error make_step_error(const Step& step, Error error) {
  return std::move(error.prefix(failed_phrase(step) + ": "));
}

Error interrupted_error(const Step& step) {
  return Error(Category::interrupted, "interrupted during " + name_of(*step.revision))
      .detail("The statement was cancelled on the server and the revision rolled back.")
      .hint("Run the same command again to go on from here.");
}

Error interrupted_before_error(const Step& step) {
  return Error(Category::interrupted, "interrupted before " + name_of(*step.revision))
      .hint("Run the same command again to go on from here.");
}

Error lost_error(const std::optional<ServerFailure>& failure) {
  Error error(Category::connection, "the connection to the server was lost during the run");
  // 08006 is libpq's own way to say the same.
  if (!failure || failure->sqlstate.empty() || failure->sqlstate == "08006") return error;
  return std::move(error.sqlstate(failure->sqlstate).context("the server said: " + printable(failure->message, most_of_a_message)));
}

bool is_retryable(const ServerFailure& failure) { return is_one_of_retryable(failure.sqlstate); }
bool is_retryable(const Error& error) { return is_one_of_retryable(error.sqlstate()); }

}  // namespace cairn
