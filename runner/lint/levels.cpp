#include "lint/levels.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::string_view off = "off";

std::vector<std::string> rule_ids() {
  std::vector<std::string> ids;
  for (const Rule& rule : rules()) ids.emplace_back(rule.id);
  return ids;
}

Error no_such_rule(const std::string& id) {
  const auto near = nearest_word(id, rule_ids());
  return Error(Category::configuration, fmt::format("\"{}\" of [smoke.rules] is no rule", printable(id, 100)))
      .hint(near ? fmt::format("Did you mean \"{}\"?", *near) : std::string("docs/lint.md lists the rules."));
}

Error no_such_level(const std::string& id, const std::string& level) {
  return Error(Category::configuration, fmt::format("\"{}\" is no level for the rule \"{}\"", printable(level, 100), id))
      .hint("A level is error, warning, note or off.");
}

const Acceptance* find_acceptance(const Finding& finding, std::span<const Revision> revisions) {
  const auto revision = std::find_if(revisions.begin(), revisions.end(), [&](const Revision& one) { return one.id == finding.revision; });
  if (revision == revisions.end()) return nullptr;
  const auto& accepts = revision->accepts;
  const auto found = std::find_if(accepts.begin(), accepts.end(), [&](const Acceptance& one) { return one.rule == finding.rule; });
  return found == accepts.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Level> find_level(std::string_view name) {
  for (const Level level : {Level::note, Level::warning, Level::error})
    if (name == name_of(level)) return level;
  return std::nullopt;
}

Levels::Levels(const WrittenLevels& written) {
  std::vector<Error> problems;
  for (const auto& [id, name] : written) {
    if (find_rule(id) == nullptr) problems.push_back(no_such_rule(id));
    else if (name != off && !find_level(name)) problems.push_back(no_such_level(id, name));
    else levels_[id] = find_level(name);
  }
  throw_all(std::move(problems));
}

std::vector<Finding> Levels::apply(std::vector<Finding> findings) const {
  std::vector<Finding> judged;
  for (Finding& finding : findings) {
    const auto set = levels_.find(finding.rule);
    if (set != levels_.end() && !set->second) continue;
    if (set != levels_.end()) finding.level = *set->second;
    judged.push_back(std::move(finding));
  }
  return judged;
}

void accept(std::span<Finding> findings, std::span<const Revision> revisions) {
  for (Finding& finding : findings)
    if (const Acceptance* acceptance = find_acceptance(finding, revisions)) finding.accepted = acceptance->reason;
}

}  // namespace cairn
