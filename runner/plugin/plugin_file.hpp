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
  std::string up_file;           ///< the author's files, for messages; empty in a code revision
  std::string down_file;
  std::string verify_file;
};

/// Reads one plugin. Throws an Error (category plugin) that begins with the path, also when it is not to be
/// trusted: see trust.hpp.
PluginFile read_plugin(const std::filesystem::path& path);

/// The same from an open file; its Errors leave the path to the caller.
PluginFile read_plugin(const FileBytes& file, const std::string& path);

/// Throws an Error (category plugin) without the path when this is not the file that was collected, as it was then.
void require_collected(const FileBytes& file, const FileIdentity& collected);

/// All bytes of the file that was collected. Throws an Error (category plugin) that begins with the path.
std::string read_collected(const std::string& path, const FileIdentity& collected);

}  // namespace cairn
