#include "worker/step_conclusion.hpp"

#include "worker/clean_text.hpp"
#include "worker/host_table.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

constexpr std::size_t most_message_bytes = 1000;

/// A report as the code gave it: its first line is the message, further lines go to the detail.
Error clean_report(const Error& report, StepFunction function) {
  const std::string text = clean_text(report.message(), most_text_bytes);
  const std::size_t line_end = text.find('\n');
  const std::string rest = line_end == text.npos ? std::string() : text.substr(line_end + 1);
  std::string message = clean_text(text.substr(0, line_end), most_message_bytes);
  if (message.empty()) message = fmt::format("{} failed without saying why", name_of(function));
  std::string detail = clean_text(report.detail(), most_text_bytes);
  if (!rest.empty()) detail = detail.empty() ? rest : rest + "\n" + detail;
  Error clean(Category::revision, std::move(message));
  clean.detail(std::move(detail)).hint(clean_text(report.hint(), most_text_bytes));
  if (!report.place()) return clean;
  Place place = *report.place();
  place.file = clean_text(place.file, most_message_bytes);
  return std::move(clean.at(std::move(place)));
}

Error with_report(Error failure, const std::optional<Error>& report) {
  if (!report) return failure;
  const std::string said = clean_text(report->message(), most_message_bytes);
  if (said.empty() || said == failure.message()) return failure;
  return std::move(failure.context("its code said: " + said));
}

}  // namespace

const CollectedLibrary& require_library(const Libraries& libraries, const Revision& revision) {
  const auto found = libraries.find(revision.id);
  if (found == libraries.end())
    throw Error(Category::internal, "no library is known for the code of revision " + revision.id);
  return found->second;
}

void require_functions(const Revision& revision, const std::string& path, std::uint32_t functions) {
  const auto require = [&](bool promised, StepFunction function) {
    if (!promised || has_function(functions, function)) return;
    throw Error(Category::plugin,
                fmt::format("{}: its metadata promise {}, but its code has none", path, name_of(function)))
        .hint("Build it again from its sources, with the SDK of this Cairn.");
  };
  require(true, StepFunction::upgrade);
  require(revision.reversible, StepFunction::downgrade);
  require(revision.has_verify, StepFunction::verify);
}

void load_each(std::span<const Revision* const> revisions, const std::function<void(const Revision&)>& load) {
  std::vector<Error> problems;
  for (const Revision* revision : revisions) {
    if (revision->kind != RevisionKind::code) continue;
    try {
      load(*revision);
    } catch (Error& error) {
      if (error.category() != Category::plugin) throw;
      problems.push_back(std::move(error));
    }
  }
  throw_all(std::move(problems));
}

Error cannot_load(const Revision& revision, Error error) {
  return std::move(error.prefix("revision " + revision.id + " cannot be loaded: "));
}

std::vector<StepFunction> functions_for(Direction direction, std::uint32_t functions) {
  if (direction == Direction::down) return {StepFunction::downgrade};
  if (has_function(functions, StepFunction::verify)) return {StepFunction::upgrade, StepFunction::verify};
  return {StepFunction::upgrade};
}

std::optional<Error> conclude(StepFunction function, CallEnd end, StepGuard& guard) {
  guard.close();
  if (guard.fatal()) std::rethrow_exception(guard.fatal());
  if (guard.gave_up() && end.reported) return clean_report(*end.reported, function);
  if (guard.failure() != nullptr) return with_report(*guard.failure(), end.reported);
  if (end.succeeded) return guard.find_left_open();
  return clean_report(end.reported.value_or(Error(Category::revision, "")), function);
}

void log_stray_calls(StepHost& host, const Revision& revision, std::uint64_t calls) {
  if (calls == 0) return;
  host.log(LogLevel::warning,
           fmt::format("the code of revision {} or an earlier one made {} outside of its step; all were refused",
                       revision.id, count_of(static_cast<std::size_t>(calls), "call")));
}

}  // namespace cairn
