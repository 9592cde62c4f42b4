#include "plugin/body_reader.hpp"

#include "base/error.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::uint64_t most_sql = 1024 * 1024 * 1024;   // what the server takes as one text

Error about(const PluginFile& plugin, const std::string& reason) {
  return Error(Category::plugin, fmt::format("{}: {}", plugin.revision.origin, reason));
}

const NoteRef& require_sql_note(const PluginFile& plugin, std::uint32_t type) {
  const auto note = std::find_if(plugin.notes.begin(), plugin.notes.end(),
                                 [&](const NoteRef& candidate) { return candidate.type == type; });
  if (note == plugin.notes.end()) throw about(plugin, fmt::format("holds no SQL note of type {}", type));
  if (note->size > most_sql)
    throw about(plugin, "its SQL is larger than 1 GiB, more than a server takes at once")
        .hint("Load the data with COPY from a C++ revision.");
  return *note;
}

std::string note_in(const std::string& bytes, const NoteRef& note) {
  std::string text(note.size, '\0');
  MemoryBytes(bytes).read(note.offset, text);
  return text;
}

}  // namespace

std::string read_sql_text(const PluginFile& plugin, std::uint32_t note_type) {
  const NoteRef& note = require_sql_note(plugin, note_type);
  if (!plugin.sha256.empty()) return note_in(read_collected(plugin.path, plugin.identity, plugin.sha256), note);
  try {
    const FileBytes file(plugin.path);
    require_collected(file, plugin.identity);
    std::string text(note.size, '\0');
    file.read(note.offset, text);
    return text;
  } catch (Error& error) {
    throw error.prefix(plugin.revision.origin + ": ");
  }
}

std::string sql_source_name(const PluginFile& plugin, std::uint32_t note_type) {
  const std::string& name = note_type == CAIRN_NOTE_SQL_UP     ? plugin.up_file
                            : note_type == CAIRN_NOTE_SQL_DOWN ? plugin.down_file
                                                               : plugin.verify_file;
  return name.empty() ? plugin.revision.origin : name;
}

}  // namespace cairn
