#include "plugin/plugin_lock.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "plugin/source_digest.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace cairn {

namespace {

using ById = std::map<std::string_view, const LockedRevision*>;

void require_writable_name(const PluginFile& plugin) {
  const bool control = std::any_of(plugin.name.begin(), plugin.name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (control || !is_valid_utf8(plugin.name))
    throw Error(Category::plugin, fmt::format("\"{}\" has a name that no lock file can hold", printable(plugin.path, 500)))
        .hint("Give the file a name in UTF-8 without control characters.");
}

LockedRevision without_source(const PluginFile& plugin) {
  return {.id = plugin.revision.id, .sha256 = plugin.sha256, .source_digest = {}, .file = plugin.name, .path = plugin.path};
}

LockedRevision lock_plugin(const PluginFile& plugin) {
  require_writable_name(plugin);
  LockedRevision locked = without_source(plugin);
  locked.source_digest = read_source_digest(plugin, plugin.revision);
  return locked;
}

Error missing(const LockedRevision& pinned) {
  return Error(Category::plugin, fmt::format("revision {} is in the lock file, and no plugin holds it", pinned.id))
      .hint(fmt::format("Install {} again; if it is gone on purpose, run \"cairn lock\".", pinned.file));
}

Error not_pinned(const LockedRevision& found) {
  return Error(Category::plugin, fmt::format("{}: revision {} is not in the lock file", found.path, found.id))
      .hint("Move it away; if it belongs here, run \"cairn lock\".");
}

Error moved(const LockedRevision& pinned, const LockedRevision& found) {
  return Error(Category::plugin, fmt::format("{}: revision {} is another file in the lock file: {}", found.path, found.id, pinned.file))
      .hint("Put the file back where it was; if it was moved on purpose, run \"cairn lock\".");
}

std::string how_it_differs(const LockedRevision& pinned, const LockedRevision& found) {
  if (pinned.source_digest.empty() || found.source_digest.empty()) return "is another file than the one that was locked";
  return pinned.source_digest == found.source_digest ? "was rebuilt since it was locked; the digest of its source is the same"
                                                     : "was edited since it was locked";
}

Error changed(const LockedRevision& pinned, const LockedRevision& found) {
  return Error(Category::plugin, fmt::format("{}: revision {} {}", found.path, found.id, how_it_differs(pinned, found)))
      .detail(fmt::format("SHA-256 in the lock file: {}\nSHA-256 of the plugin:    {}", pinned.sha256, found.sha256))
      .hint("Install the plugin that was locked; if this one is meant, run \"cairn lock\" and have the change reviewed.");
}

ById by_id(std::span<const LockedRevision> revisions) {
  ById index;
  for (const LockedRevision& one : revisions) index.emplace(one.id, &one);
  return index;
}

std::optional<Error> compare(const ById& pinned, const LockedRevision& found) {
  const auto known = pinned.find(found.id);
  if (known == pinned.end()) return not_pinned(found);
  if (known->second->file != found.file) return moved(*known->second, found);
  if (known->second->sha256 != found.sha256) return changed(*known->second, found);
  return std::nullopt;
}

}  // namespace

std::vector<LockedRevision> lock_plugins(std::span<const PluginFile> plugins) {
  std::vector<LockedRevision> locked;
  std::vector<Error> problems;
  for (const PluginFile& plugin : plugins) {
    try {
      locked.push_back(lock_plugin(plugin));
    } catch (const Error& error) {
      problems.push_back(error);
    }
  }
  throw_all(std::move(problems));
  std::stable_sort(locked.begin(), locked.end(), [](const LockedRevision& a, const LockedRevision& b) { return a.id < b.id; });
  return locked;
}

std::vector<Error> find_lock_differences(std::span<const LockedRevision> pinned, std::span<const PluginFile> found) {
  const ById pins = by_id(pinned);
  std::vector<LockedRevision> revisions;
  revisions.reserve(found.size());
  for (const PluginFile& plugin : found) {
    revisions.push_back(without_source(plugin));
    const auto pin = pins.find(plugin.revision.id);
    if (pin != pins.end() && pin->second->sha256 != plugin.sha256) revisions.back().source_digest = read_source_digest(plugin, plugin.revision);
  }
  return find_lock_differences(pinned, revisions);
}

std::vector<Error> find_lock_differences(std::span<const LockedRevision> pinned, std::span<const LockedRevision> found) {
  const ById pins = by_id(pinned);
  const ById there = by_id(found);
  std::map<std::string_view, std::vector<Error>> differences;
  for (const LockedRevision& one : pinned)
    if (!there.contains(one.id)) differences[one.id].push_back(missing(one));
  for (const LockedRevision& one : found)
    if (auto difference = compare(pins, one)) differences[one.id].push_back(std::move(*difference));
  std::vector<Error> all;
  for (auto& [id, errors] : differences) std::move(errors.begin(), errors.end(), std::back_inserter(all));
  return all;
}

}  // namespace cairn
