#pragma once

#include "plugin/bytes.hpp"

#include <elf.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cairn {

/// One note of ours in a file: where its descriptor lies.
struct NoteRef {
  std::uint32_t type = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;

  bool operator==(const NoteRef&) const = default;
};

struct Notes {
  std::string metadata;          ///< descriptor of the one metadata note, raw
  std::vector<NoteRef> notes;    ///< all notes of ours, in file order
};

/// The program headers of a shared library this machine can load; throws an Error (category plugin)
/// saying what the file is otherwise. Sections are never looked at: strip removes them.
std::vector<Elf64_Phdr> read_program_headers(const Bytes& file);

/// The notes of a plugin. Throws an Error (category plugin) without the path in it when there is not
/// exactly one metadata note of at most 64 KiB, or when anything on the way to it is out of bounds.
Notes read_notes(const Bytes& file);

}  // namespace cairn
