#include "plugin/plugin_file.hpp"

#include "base/digest.hpp"
#include "base/error.hpp"
#include "plugin/metadata.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace cairn {

namespace {

bool has_note(const std::vector<NoteRef>& notes, std::uint32_t type) {
  return std::any_of(notes.begin(), notes.end(), [&](const NoteRef& note) { return note.type == type; });
}

void require_note(const std::vector<NoteRef>& notes, std::uint32_t type, bool wanted, std::string_view what) {
  if (has_note(notes, type) == wanted) return;
  throw Error(Category::plugin,
              fmt::format("damaged: its flags {} {} SQL, its notes do not", wanted ? "promise" : "exclude", what))
      .hint("Build the revision again with Cairn's SDK.");
}

/// The flags say which SQL there is, and the notes hold it; whoever runs the revision trusts the flags.
void require_promised_sql(const Revision& revision, const std::vector<NoteRef>& notes) {
  const bool sql = revision.kind == RevisionKind::sql;
  require_note(notes, CAIRN_NOTE_SQL_UP, sql, "upgrade");
  require_note(notes, CAIRN_NOTE_SQL_DOWN, sql && revision.reversible, "downgrade");
  require_note(notes, CAIRN_NOTE_SQL_VERIFY, sql && revision.has_verify, "verify");
}

/// The collection's paths are absolute already, and std::filesystem is slow at finding nothing to do.
std::string absolute(const std::string& path) {
  return path.starts_with('/') ? path : std::filesystem::absolute(path).lexically_normal().string();
}

void require_digest(const std::string& bytes, const std::string& digest) {
  if (digest.empty() || hex(sha256(bytes)) == digest) return;
  throw Error(Category::plugin, "its bytes changed after its digest had been checked")
      .hint("Run the command again, when nobody is installing revisions.");
}

PluginFile parse_plugin(const Bytes& bytes, const FileIdentity& identity, const std::string& path) {
  Notes notes = read_notes(bytes);
  Metadata metadata = parse_metadata(notes.metadata);
  require_promised_sql(metadata.revision, notes.notes);
  metadata.revision.origin = path;
  const bool has_code = metadata.revision.kind == RevisionKind::code;
  return {.path = absolute(path),
          .name = path.substr(path.rfind('/') + 1),
          .revision = std::move(metadata.revision),
          .abi_major = metadata.abi_major,
          .abi_minor = metadata.abi_minor,
          .metadata_note = has_code ? std::move(notes.metadata) : std::string(),
          .notes = std::move(notes.notes),
          .identity = identity,
          .sha256 = {},
          .up_file = std::move(metadata.up_file),
          .down_file = std::move(metadata.down_file),
          .verify_file = std::move(metadata.verify_file)};
}

}  // namespace

PluginFile read_plugin(const FileBytes& file, const std::string& path, Digests digests) {
  if (digests == Digests::none) return parse_plugin(file, file.identity(), path);
  const std::string bytes = read_all(file);
  PluginFile plugin = parse_plugin(MemoryBytes(bytes), file.identity(), path);
  plugin.sha256 = hex(sha256(bytes));
  return plugin;
}

PluginFile read_plugin(const std::filesystem::path& path) {
  try {
    return read_plugin(FileBytes(path), path.string());
  } catch (Error& error) {
    throw error.prefix(path.string() + ": ");
  }
}

void require_collected(const FileBytes& file, const FileIdentity& collected) {
  if (file.identity() == collected) return;
  throw Error(Category::plugin, "was changed or replaced after it had been collected")
      .hint("Run the command again, when nobody is installing revisions.");
}

std::string read_collected(const std::string& path, const FileIdentity& collected, const std::string& sha256) {
  try {
    const FileBytes file(path);
    require_collected(file, collected);
    std::string bytes = read_all(file);
    require_collected(FileBytes(path), collected);   // somebody may have written into it in the meantime
    require_digest(bytes, sha256);
    return bytes;
  } catch (Error& error) {
    throw error.prefix(path + ": ");
  }
}

}  // namespace cairn
