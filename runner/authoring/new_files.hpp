#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cairn {

enum class NewFileKind { data, program };

/// A file that is to be made.
struct NewFile {
  std::string path;    ///< relative to the folder it is made in, with folders of its own if it likes
  std::string text;
  NewFileKind kind = NewFileKind::data;
};

/// Makes all of the files below the folder, or none: they are written into a hidden folder there and then moved to
/// their places, whole. What shares its first folder appears at one stroke, even if the program is killed; so does
/// everything when the folder itself is missing, which is made then. Nothing that exists is touched: Error
/// (configuration) naming every file or folder that is in the way. Returns the paths, in the order given.
std::vector<std::filesystem::path> create_files(const std::filesystem::path& folder, std::span<const NewFile> files);

/// Puts a file with this text into the place of the one that is there, if any, at one stroke: who reads it sees the old
/// text or the new one. Throws Error (configuration); then the old file is as it was.
void replace_file(const std::filesystem::path& file, const std::string& text);

}  // namespace cairn
