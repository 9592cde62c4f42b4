#pragma once

#include "graph/revision.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// One record of a metadata note; `bytes` points into the note.
struct MetadataRecord {
  std::uint32_t tag = 0;
  std::string_view bytes;
};

/// The frame of a metadata note, without knowing its tags.
struct MetadataFrame {
  std::uint16_t abi_major = 0;
  std::uint16_t abi_minor = 0;
  std::vector<MetadataRecord> records;
};

/// A metadata note in full.
struct Metadata {
  std::uint16_t abi_major = 0;
  std::uint16_t abi_minor = 0;
  Revision revision;               ///< origin is left empty
  std::string up_file;             ///< the author's files, for messages; empty in a code revision
  std::string down_file;
  std::string verify_file;
};

/// Both throw an Error (category plugin) that says which field is damaged.
MetadataFrame parse_metadata_frame(std::string_view note);

/// Also refuses what this runner is too old for: a newer ABI, an unknown critical field or flag.
Metadata parse_metadata(std::string_view note);

/// "down_revision", or "field 77" when it is unknown.
std::string metadata_tag_name(std::uint32_t tag);
bool is_known_metadata_tag(std::uint32_t tag);

}  // namespace cairn
