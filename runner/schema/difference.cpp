#include "schema/difference.hpp"

#include "base/text.hpp"
#include "schema/definition.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace cairn {

namespace {

constexpr std::size_t most_shown = 120;

std::string shown(const std::string& value) { return value.empty() ? "none" : printable(value, most_shown); }

/// How many bytes of the beginning need not be shown, since both have them: up to a little before they part.
std::size_t skipped_beginning(std::string_view a, std::string_view b) {
  constexpr std::size_t most_shown_before = 20;
  const auto [end, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  auto at = static_cast<std::size_t>(end - a.begin());
  at = at > 2 * most_shown_before ? at - most_shown_before : 0;
  while (at > 0 && (static_cast<unsigned char>(a[at]) & 0xC0U) == 0x80U) --at;   // not within a character
  return at;
}

/// Of long values the part where they part: a reader does not want to compare pages.
std::string shown_apart(const std::string& before, const std::string& after) {
  const bool is_long = before.size() > most_shown || after.size() > most_shown;
  const std::size_t from = is_long ? skipped_beginning(before, after) : 0;
  const auto part = [&](const std::string& value) { return from == 0 ? shown(value) : "…" + shown(value.substr(from)); };
  return fmt::format("{}, now {}", part(before), part(after));
}

std::string describe_members(const std::string& before, const std::string& after) {
  std::map<std::string, std::pair<std::string, std::string>> both;
  for (auto& [key, value] : members_of(before)) both[key].first = value;
  for (auto& [key, value] : members_of(after)) both[key].second = value;
  std::string text;
  for (const auto& [key, values] : both) {
    if (values.first == values.second) continue;
    text += fmt::format("{}{}{}{}", text.empty() ? "" : "; ", key, key.empty() ? "" : ": ", shown_apart(values.first, values.second));
  }
  return text;
}

/// Of a table with many rows: their digest says only that they are others.
std::string describe_rows(const Difference& difference) {
  auto before = members_of(difference.before);
  auto after = members_of(difference.after);
  const bool other = before["number"] == after["number"];
  return fmt::format("changed: rows {} ({}: {})", printable(difference.identity, 300), other ? "not the same" : "number",
                     other ? fmt::format("{} rows before and after", before["number"])
                           : fmt::format("{}, now {}", before["number"], after["number"]));
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
    case Change::changed:
      if (difference.kind == "rows") return describe_rows(difference);
      break;
  }
  return with_members("changed");
}

}  // namespace cairn
