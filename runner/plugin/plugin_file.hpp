#pragma once

#include "graph/revision.hpp"
#include "plugin/bytes.hpp"
#include "plugin/note_reader.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cairn {

/// A revision plugin as its file describes it. Nothing of it has been run.
struct PluginFile {
  std::string path;              ///< absolute, fit for loading
  std::string name;              ///< the path below the folder it was collected from
  Revision revision;             ///< its origin is the path as it was found
  std::uint16_t abi_major = 0;
  std::uint16_t abi_minor = 0;
  std::string metadata_note;     ///< of a code revision: raw bytes, to compare with what the loader mapped
  std::vector<NoteRef> notes;    ///< every note of ours in the file
  FileIdentity identity;
  std::string sha256;            ///< of all bytes, hex; empty: not asked for
  std::string up_file;           ///< the author's files, for messages; empty in a code revision
  std::string down_file;
  std::string verify_file;
};

/// With digests a file is read whole, once: what is parsed has been hashed.
enum class Digests { none, of_every_file };

/// Reads one plugin. Throws an Error (category plugin) that begins with the path.
PluginFile read_plugin(const std::filesystem::path& path);

/// The same from an open file; its Errors leave the path to the caller.
PluginFile read_plugin(const FileBytes& file, const std::string& path, Digests digests = Digests::none);

/// Throws an Error (category plugin) without the path when this is not the file that was collected, as it was then.
void require_collected(const FileBytes& file, const FileIdentity& collected);

/// All bytes of the file that was collected; with a digest, of those bytes. Throws an Error (category plugin) that begins
/// with the path.
std::string read_collected(const std::string& path, const FileIdentity& collected, const std::string& sha256);

}  // namespace cairn
