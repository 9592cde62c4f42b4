#pragma once

#include "plugin/dynamic_section.hpp"
#include "plugin/note_reader.hpp"

#include "graph/revision.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// One field of the metadata note as it stands there, known or not.
struct InspectedField {
  std::uint32_t tag = 0;       ///< without the critical bit
  bool critical = false;
  bool known = false;
  std::string name;
  std::string value;           ///< text, number or hex, fit for a terminal
};

/// Everything a plugin says of itself, and why it would be refused.
struct Inspection {
  std::string path;
  FileIdentity identity;
  std::vector<NoteRef> notes;
  std::uint16_t abi_major = 0;
  std::uint16_t abi_minor = 0;
  std::vector<InspectedField> fields;
  DynamicSection dynamic;
  std::optional<Revision> revision;        ///< none when the file is refused
  std::vector<std::string> problems;       ///< why it is refused, or what looks wrong
};

/// Never throws for what is in the file: what can be read is shown, what cannot is a problem.
/// Throws an Error (category plugin) only when the file itself cannot be opened.
Inspection inspect_plugin(const std::filesystem::path& path);

}  // namespace cairn
