#include "alembic/step_marker.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace cairn {

namespace {

std::vector<std::string> split_ids(std::string_view text) {
  std::vector<std::string> ids;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(", "), text.size());
    if (comma > 0) ids.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 2, text.size()));
  }
  return ids;
}

std::string_view without_end_blanks(std::string_view text) {
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

/// Behind the direction: "a, b -> c". Either side may be empty, and an editor may have taken the last blank away.
std::optional<StepMarker> find_marker(std::string_view line, std::string_view word, Direction direction) {
  const std::string lead = fmt::format("-- Running {} ", word);
  if (!line.starts_with(lead)) return std::nullopt;
  const std::string rest(line.substr(lead.size()));
  const std::size_t arrow = rest.find(" ->");
  if (arrow == rest.npos) return std::nullopt;
  const auto from = split_ids(without_end_blanks(rest.substr(0, arrow)));
  std::string_view behind = std::string_view(rest).substr(arrow + 3);
  if (behind.starts_with(' ')) behind.remove_prefix(1);
  const auto to = split_ids(without_end_blanks(behind));
  const auto& one = direction == Direction::up ? to : from;
  if (one.size() != 1) return std::nullopt;
  StepMarker marker;
  marker.direction = direction;
  marker.revision = one.front();
  marker.parents = direction == Direction::up ? from : to;
  return marker;
}

}  // namespace

std::vector<StepMarker> find_step_markers(const InputText& script, std::size_t begin, std::size_t end) {
  std::vector<StepMarker> markers;
  std::size_t at = begin;
  if (at > 0 && script.text[at - 1] != '\n') at = std::min(script.text.find('\n', at), end - 1) + 1;
  while (at < end) {
    const std::size_t line_end = std::min(script.text.find('\n', at), script.text.size());
    const std::string_view line = script.view(at, line_end);
    auto marker = find_marker(line, "upgrade", Direction::up);
    if (!marker) marker = find_marker(line, "downgrade", Direction::down);
    if (marker) {
      marker->begin = at;
      marker->behind = std::min(line_end + 1, script.text.size());
      markers.push_back(std::move(*marker));
    }
    at = line_end + 1;
  }
  return markers;
}

std::optional<std::string> find_marker_problem(const StepMarker& marker, const RevisionGraph& graph) {
  const auto node = graph.find(marker.revision);
  const std::string shown = printable(marker.revision, 64);
  if (!node) return fmt::format("the script runs revision {}, and no file of the project is that revision", shown);
  const std::vector<std::string>& parents = graph.revision(*node).down_revisions;
  if (std::set(parents.begin(), parents.end()) == std::set(marker.parents.begin(), marker.parents.end())) return std::nullopt;
  const auto say = [](const std::vector<std::string>& ids) { return ids.empty() ? std::string("nothing") : join(ids, ", "); };
  return fmt::format("in the script revision {} follows {}, in its file {}", shown, printable(say(marker.parents), 200), say(parents));
}

}  // namespace cairn
