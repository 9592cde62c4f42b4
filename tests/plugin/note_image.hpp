#pragma once

#include <cairn/abi.h>

#include <elf.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace cairn {

/// Metadata notes and libraries as bytes, so that tests can write what no SDK would.

inline std::string little_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

inline std::string padded(std::string text, std::size_t alignment) {
  while (text.size() % alignment != 0) text += '\0';
  return text;
}

inline std::string record(std::uint32_t tag, const std::string& bytes) {
  return little_endian(tag, 4) + little_endian(bytes.size(), 4) + padded(bytes, 4);
}

struct Frame {
  std::uint16_t format = CAIRN_NOTE_FORMAT;
  std::uint16_t header_size = CAIRN_NOTE_HEADER_SIZE;
  std::uint16_t abi_major = CAIRN_ABI_MAJOR;
  std::uint16_t abi_minor = CAIRN_ABI_MINOR;
};

inline std::string metadata_note(const std::string& records, const Frame& frame = {}) {
  return little_endian(frame.format, 2) + little_endian(frame.header_size, 2) +
         little_endian(CAIRN_NOTE_HEADER_SIZE + records.size(), 4) + little_endian(frame.abi_major, 2) +
         little_endian(frame.abi_minor, 2) + little_endian(0, 4) + records;
}

inline std::string elf_note(std::uint32_t type, const std::string& descriptor, std::size_t alignment = 4,
                            const std::string& owner = std::string(CAIRN_NOTE_OWNER, CAIRN_NOTE_OWNER_SIZE)) {
  return padded(padded(little_endian(owner.size(), 4) + little_endian(descriptor.size(), 4) + little_endian(type, 4) +
                           owner, alignment) + descriptor, alignment);
}

struct Segment {
  std::string bytes;
  std::uint64_t alignment = 4;
};

/// A shared library of nothing but note segments.
inline std::string library(const std::vector<Segment>& segments) {
  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_DYN;
#if defined(__aarch64__)
  header.e_machine = EM_AARCH64;
#else
  header.e_machine = EM_X86_64;
#endif
  header.e_phoff = sizeof(Elf64_Ehdr);
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_phnum = static_cast<Elf64_Half>(segments.size());
  std::string image(sizeof(Elf64_Ehdr) + segments.size() * sizeof(Elf64_Phdr), '\0');
  std::memcpy(image.data(), &header, sizeof header);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    image = padded(image, 8);
    Elf64_Phdr segment{};
    segment.p_type = PT_NOTE;
    segment.p_offset = image.size();
    segment.p_filesz = segments[i].bytes.size();
    segment.p_align = segments[i].alignment;
    std::memcpy(image.data() + sizeof(Elf64_Ehdr) + i * sizeof(Elf64_Phdr), &segment, sizeof segment);
    image += segments[i].bytes;
  }
  return image;
}

inline std::string number(std::uint32_t value) { return little_endian(value, 4); }

}  // namespace cairn
