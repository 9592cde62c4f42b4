#include "report/changes_report.hpp"

#include "base/text.hpp"
#include "engine/failure.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

std::string_view word(ChangeState state) {
  switch (state) {
    case ChangeState::edited: return "edited";
    case ChangeState::unchanged: return "unchanged";
    case ChangeState::not_applied: return "not applied";
    case ChangeState::unknown: return "unknown";
  }
  return "unknown";
}

std::string_view verdict(ChangeState state) {
  switch (state) {
    case ChangeState::edited: return "was edited after it had been applied";
    case ChangeState::unchanged: return "was not edited";
    case ChangeState::not_applied: return "is not applied";
    case ChangeState::unknown: return "is applied, and the journal does not say from what text";
  }
  return "";
}

std::string row(std::string_view name, std::string_view value) {
  return value.empty() ? std::string() : fmt::format("  {}{}\n", padded(std::string(name) + ":", 10), value);
}

Ink ink_of(std::string_view line) {
  if (line.starts_with("@@")) return Ink::cyan;
  if (line.starts_with("+")) return Ink::green;
  return line.starts_with("-") ? Ink::red : Ink::plain;
}

std::string painted(const std::string& diff, const Format& format) {
  std::string text;
  for (std::size_t at = 0; at < diff.size();) {
    const std::size_t end = std::min(diff.find('\n', at), diff.size());
    const std::string line = printable(diff.substr(at, end - at), end - at);
    text += paint(format, ink_of(line), line) + "\n";
    at = end + 1;
  }
  return text;
}

std::string text_of(const ShownChange& change, const Format& format) {
  std::string text = fmt::format("{} {}\n", name_of(*change.revision), verdict(change.state));
  text += row("Journal", change.applied);
  if (change.state == ChangeState::edited) text += row("Then", change.digest_before) + row("Now", change.digest);
  text += row("Files", join(change.files, ", "));
  if (!change.commit.empty()) text += row("Commit", fmt::format("{} of {}", change.commit, change.commit_date));
  text += row("Note", change.note);
  return change.diff.empty() ? text : text + "\n" + painted(change.diff, format);
}

Json json_of(const ShownChange& change) {
  return {{"id", change.revision->id}, {"message", change.revision->message}, {"state", word(change.state)}, {"applied", change.applied},
          {"digest_before", change.digest_before}, {"digest", change.digest}, {"files", change.files}, {"commit", change.commit},
          {"commit_date", change.commit_date}, {"diff", change.diff}, {"note", change.note}};
}

}  // namespace

std::string render_changes(const std::vector<ShownChange>& changes, const Format& format) {
  std::string text;
  if (format.kind == Kind::text) {
    for (const ShownChange& change : changes) text += (text.empty() ? "" : "\n") + text_of(change, format);
    return text;
  }
  Json document = make_document("show", Category::none);
  document["changes"] = Json::array();
  for (const ShownChange& change : changes) document["changes"].push_back(json_of(change));
  return print(document);
}

}  // namespace cairn
