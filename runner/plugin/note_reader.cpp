#include "plugin/note_reader.hpp"

#include "base/error.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace cairn {

namespace {

constexpr std::uint64_t most_metadata = 64 * 1024;
constexpr std::size_t most_headers = 256;
constexpr std::size_t most_notes = 256;   // a real file has four to eight

#if defined(__x86_64__)
constexpr std::uint16_t own_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t own_machine = EM_AARCH64;
#elif defined(__riscv)
constexpr std::uint16_t own_machine = EM_RISCV;
#elif defined(__powerpc64__)
constexpr std::uint16_t own_machine = EM_PPC64;
#elif defined(__loongarch__)
constexpr std::uint16_t own_machine = 258;
#else
#error "add this machine's number from elf.h"
#endif

struct Machine {
  std::uint16_t number;
  std::string_view name;
};
constexpr Machine machines[] = {{EM_386, "x86 (32 bit)"}, {EM_X86_64, "x86_64"}, {EM_ARM, "ARM (32 bit)"},
                                {EM_AARCH64, "aarch64"},  {EM_RISCV, "RISC-V"},  {EM_PPC64, "ppc64"},
                                {EM_S390, "s390x"},       {EM_MIPS, "MIPS"},     {258, "loongarch"}};

std::string machine_name(std::uint16_t number) {
  for (const Machine& machine : machines)
    if (machine.number == number) return std::string(machine.name);
  return fmt::format("machine number {}", number);
}

Error other_kind(std::string reason) {
  return Error(Category::plugin, std::move(reason))
      .hint("Only revision plugins belong in this directory: move the file away.");
}

Error other_machine(std::string_view what) {
  return Error(Category::plugin, fmt::format("built for {}; this Cairn runs on {}", what, machine_name(own_machine)))
      .hint("Build the revision on this kind of machine, or install the package made for it.");
}

Error damaged(std::string what) {
  return Error(Category::plugin, "damaged: " + std::move(what)).hint("Build or copy the file again.");
}

Elf64_Ehdr read_elf_header(const Bytes& file) {
  if (file.size() == 0) throw other_kind("an empty file");
  char ident[EI_NIDENT] = {};
  file.read(0, std::span(ident, std::min<std::uint64_t>(file.size(), EI_NIDENT)));
  if (std::memcmp(ident, ELFMAG, SELFMAG) != 0) throw other_kind("not an ELF file");
  if (file.size() < sizeof(Elf64_Ehdr)) throw damaged("the file ends inside its ELF header");
  if (ident[EI_CLASS] == ELFCLASS32) throw other_machine("a 32-bit machine");
  if (ident[EI_CLASS] != ELFCLASS64) throw damaged("unknown ELF class");
  if (ident[EI_DATA] == ELFDATA2MSB) throw other_machine("a big-endian machine");
  if (ident[EI_DATA] != ELFDATA2LSB) throw damaged("unknown byte order");
  const auto header = read_struct<Elf64_Ehdr>(file, 0);
  if (header.e_machine != own_machine) throw other_machine(machine_name(header.e_machine));
  if (header.e_type == ET_REL) throw other_kind("an object file that was not linked into a shared library");
  if (header.e_type == ET_EXEC) throw other_kind("a program, not a shared library");
  if (header.e_type == ET_CORE) throw other_kind("a core dump, not a shared library");
  if (header.e_type != ET_DYN) throw damaged(fmt::format("unknown ELF type {}", header.e_type));
  return header;
}

std::uint64_t padded(std::uint64_t size, std::uint64_t alignment) { return (size + alignment - 1) / alignment * alignment; }

/// Collects the notes of ours from one segment after the other.
class NoteWalk {
 public:
  explicit NoteWalk(const Bytes& file) : file_(file) {}

  void segment(const Elf64_Phdr& header) {
    if (header.p_offset > file_.size() || header.p_filesz > file_.size() - header.p_offset)
      throw damaged("a note segment lies outside the file");
    const std::uint64_t alignment = header.p_align == 8 ? 8 : 4;
    std::uint64_t at = header.p_offset;
    std::uint64_t left = header.p_filesz;
    while (left >= sizeof(Elf64_Nhdr)) {
      const std::uint64_t length = note(at, left, alignment);
      if (length >= left) return;   // the padding of the last note may be missing
      at += length;
      left -= length;
    }
  }

  std::vector<NoteRef> take() { return std::move(notes_); }

 private:
  /// Bytes from this note to the next.
  std::uint64_t note(std::uint64_t at, std::uint64_t left, std::uint64_t alignment) {
    if (++seen_ > most_notes) throw damaged(fmt::format("more than {} notes", most_notes));
    const auto header = read_struct<Elf64_Nhdr>(file_, at);
    // Sums of 32-bit sizes cannot overflow 64 bits; only the comparison with what is left matters.
    const std::uint64_t descriptor = padded(sizeof(Elf64_Nhdr) + std::uint64_t{header.n_namesz}, alignment);
    if (descriptor > left || header.n_descsz > left - descriptor)
      throw damaged(fmt::format("the note at offset {} is larger than its segment", at));
    if (is_ours(at, header)) add({header.n_type, at + descriptor, header.n_descsz});
    return padded(descriptor + header.n_descsz, alignment);
  }

  bool is_ours(std::uint64_t at, const Elf64_Nhdr& header) const {
    if (header.n_namesz != CAIRN_NOTE_OWNER_SIZE) return false;
    char owner[CAIRN_NOTE_OWNER_SIZE];
    file_.read(at + sizeof(Elf64_Nhdr), owner);
    return std::memcmp(owner, CAIRN_NOTE_OWNER, CAIRN_NOTE_OWNER_SIZE) == 0;
  }

  /// Two segments may describe the same bytes; that is one note.
  void add(const NoteRef& note) {
    if (std::find(notes_.begin(), notes_.end(), note) == notes_.end()) notes_.push_back(note);
  }

  const Bytes& file_;
  std::vector<NoteRef> notes_;
  std::size_t seen_ = 0;
};

void require_single(const std::vector<NoteRef>& notes, std::uint32_t type, std::string_view what) {
  const auto count = std::count_if(notes.begin(), notes.end(), [&](const NoteRef& note) { return note.type == type; });
  if (count <= 1) return;
  throw Error(Category::plugin, fmt::format("holds {} {} notes", count, what))
      .hint("Every revision is a library of its own: call cairn_add_revision() once for each.");
}

}  // namespace

std::vector<Elf64_Phdr> read_program_headers(const Bytes& file) {
  const Elf64_Ehdr header = read_elf_header(file);
  if (header.e_phentsize != sizeof(Elf64_Phdr))
    throw damaged(fmt::format("program headers of {} bytes instead of {}", header.e_phentsize, sizeof(Elf64_Phdr)));
  if (header.e_phnum > most_headers) throw damaged(fmt::format("{} program headers", header.e_phnum));
  const std::uint64_t bytes = std::uint64_t{header.e_phnum} * sizeof(Elf64_Phdr);
  if (header.e_phoff > file.size() || bytes > file.size() - header.e_phoff)
    throw damaged("the program headers lie outside the file");
  std::vector<Elf64_Phdr> headers;
  headers.reserve(header.e_phnum);
  for (std::uint64_t i = 0; i < header.e_phnum; ++i)
    headers.push_back(read_struct<Elf64_Phdr>(file, header.e_phoff + i * sizeof(Elf64_Phdr)));
  return headers;
}

Notes read_notes(const Bytes& file) {
  NoteWalk walk(file);
  for (const Elf64_Phdr& header : read_program_headers(file))
    if (header.p_type == PT_NOTE) walk.segment(header);
  Notes found{.metadata = {}, .notes = walk.take()};
  require_single(found.notes, CAIRN_NOTE_METADATA, "metadata");
  require_single(found.notes, CAIRN_NOTE_SQL_UP, "upgrade");
  require_single(found.notes, CAIRN_NOTE_SQL_DOWN, "downgrade");
  require_single(found.notes, CAIRN_NOTE_SQL_VERIFY, "verify");
  const auto metadata = std::find_if(found.notes.begin(), found.notes.end(),
                                     [](const NoteRef& note) { return note.type == CAIRN_NOTE_METADATA; });
  if (metadata == found.notes.end())
    throw Error(Category::plugin, "not a revision plugin: a library without Cairn's metadata note")
        .hint("If it should be one, see whether a strip step removes its notes (--remove-section=.note.*); "
              "if not, move it away.");
  if (metadata->size > most_metadata)
    throw damaged(fmt::format("a metadata note of {} bytes; {} are allowed", metadata->size, most_metadata));
  found.metadata.resize(metadata->size);
  file.read(metadata->offset, found.metadata);
  return found;
}

}  // namespace cairn
