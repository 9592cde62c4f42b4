#include "schema/difference.hpp"

#include "base/text.hpp"
#include "schema/definition.hpp"

#include <fmt/core.h>

#include <map>
#include <string_view>
#include <tuple>

namespace cairn {

namespace {

constexpr std::size_t most_shown = 120;

std::string shown(const std::string& value) { return value.empty() ? "none" : printable(value, most_shown); }

std::string describe_members(const std::string& before, const std::string& after) {
  std::map<std::string, std::pair<std::string, std::string>> both;
  for (auto& [key, value] : members_of(before)) both[key].first = value;
  for (auto& [key, value] : members_of(after)) both[key].second = value;
  std::string text;
  for (const auto& [key, values] : both) {
    if (values.first == values.second) continue;
    text += fmt::format("{}{}{}{}, now {}", text.empty() ? "" : "; ", key, key.empty() ? "" : ": ",
                        shown(values.first), shown(values.second));
  }
  return text;
}

Difference make(Change change, const SchemaObject& object) {
  const bool old = change == Change::missing;
  return {change, object.kind, object.identity, old ? object.definition : "", old ? "" : object.definition};
}

}  // namespace

std::vector<Difference> compare(const Snapshot& before, const Snapshot& after) {
  std::vector<Difference> differences;
  auto old = before.objects.begin();
  auto now = after.objects.begin();
  while (old != before.objects.end() || now != after.objects.end()) {
    const bool only_old = now == after.objects.end() ||
        (old != before.objects.end() && std::tie(old->kind, old->identity) < std::tie(now->kind, now->identity));
    const bool only_now = !only_old && (old == before.objects.end() ||
        std::tie(now->kind, now->identity) < std::tie(old->kind, old->identity));
    if (only_old) differences.push_back(make(Change::missing, *old));
    else if (only_now) differences.push_back(make(Change::left_over, *now));
    else if (old->definition != now->definition)
      differences.push_back({classify(*old, *now), old->kind, old->identity, old->definition, now->definition});
    if (!only_now) ++old;
    if (!only_old) ++now;
  }
  return differences;
}

std::string describe(const Difference& difference) {
  const std::string object =
      printable(difference.identity.empty() ? difference.kind : difference.kind + " " + difference.identity, 300);
  const auto with_members = [&](std::string_view what) {
    return fmt::format("{}: {} ({})", what, object, describe_members(difference.before, difference.after));
  };
  switch (difference.change) {
    case Change::left_over: return "left over: " + object;
    case Change::missing: return "missing: " + object;
    case Change::order: return with_members("order only");
    case Change::white_space: return "white space only: " + object;
    case Change::times: return with_members("times only");
    case Change::changed: break;
  }
  return with_members("changed");
}

}  // namespace cairn
