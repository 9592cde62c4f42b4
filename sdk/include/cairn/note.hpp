#pragma once

// Writes the metadata note of cairn/abi.h while the compiler runs, so that metadata is bytes of the
// file and nothing has to be executed to read it. The writer runs twice: to count, then to write.

#include <cairn/metadata.hpp>

#define CAIRN_SDK_VERSION "0.1.0"

/// The minor version of the boundary this revision needs; a runner with a smaller one refuses it.
#ifndef CAIRN_TARGET_ABI_MINOR
#define CAIRN_TARGET_ABI_MINOR 0
#endif

#if defined(__clang__)
#define CAIRN_DETAIL_TEXT_OF(major, minor, patch) #major "." #minor "." #patch
#define CAIRN_DETAIL_VERSION(major, minor, patch) CAIRN_DETAIL_TEXT_OF(major, minor, patch)
#define CAIRN_DETAIL_COMPILER "clang " CAIRN_DETAIL_VERSION(__clang_major__, __clang_minor__, __clang_patchlevel__)
#elif defined(__GNUC__)
#define CAIRN_DETAIL_COMPILER "gcc " __VERSION__
#else
#define CAIRN_DETAIL_COMPILER ""
#endif

namespace cairn {
inline namespace sdk __attribute__((visibility("hidden"))) {
namespace note {

/// What the build knows and the author does not write.
struct Facts {
  uint32_t flags = 0;      ///< CAIRN_FLAG_SQL, CAIRN_FLAG_IRREVERSIBLE, CAIRN_FLAG_VERIFY
  Text source_digest = {}; ///< 64 hex digits, or empty
  Text up_file = {};
  Text down_file = {};
  Text verify_file = {};
};

class Writer {
 public:
  constexpr explicit Writer(unsigned char* out) : out_(out) {}
  constexpr uint64_t size() const { return size_; }

  constexpr void byte(unsigned value) {
    if (out_ != nullptr) out_[size_] = static_cast<unsigned char>(value);
    ++size_;
  }
  constexpr void u16(unsigned value) {
    byte(value & 0xFFu);
    byte(value >> 8 & 0xFFu);
  }
  constexpr void u32(uint64_t value) {
    u16(static_cast<unsigned>(value & 0xFFFFu));
    u16(static_cast<unsigned>(value >> 16 & 0xFFFFu));
  }
  constexpr void text(uint32_t tag, Text value) {
    u32(tag);
    u32(value.size);
    for (uint64_t i = 0; i < value.size; ++i) byte(static_cast<unsigned char>(value.data[i]));
    while (size_ % 4 != 0) byte(0);
  }
  constexpr void optional(uint32_t tag, Text value) {
    if (!value.empty()) text(tag, value);
  }
  constexpr void list(uint32_t tag, const List& values) {
    for (uint32_t i = 0; i < values.size; ++i) text(tag, values.items[i]);
  }
  constexpr void number(uint32_t tag, uint32_t value) {
    u32(tag);
    u32(4);
    u32(value);
  }
  constexpr void digest(uint32_t tag, Text hex) {
    if (hex.size != 64) return;
    u32(tag);
    u32(32);
    for (int i = 0; i < 64; i += 2) byte(nibble(hex.data[i]) << 4 | nibble(hex.data[i + 1]));
  }

 private:
  static constexpr unsigned nibble(char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); }

  unsigned char* out_;
  uint64_t size_ = 0;
};

constexpr uint32_t flags_of(const Metadata& metadata, const Facts& facts) {
  return facts.flags | (metadata.non_transactional ? CAIRN_FLAG_NON_TRANSACTIONAL : 0u) |
         (metadata.seed ? CAIRN_FLAG_SEED : 0u) | (metadata.not_retryable ? CAIRN_FLAG_NOT_RETRYABLE : 0u) |
         (metadata.verify ? CAIRN_FLAG_VERIFY : 0u);
}

constexpr void write_texts(Writer& out, const Metadata& metadata, const Facts& facts) {
  out.optional(CAIRN_TAG_MESSAGE, metadata.message);
  out.optional(CAIRN_TAG_AUTHOR, metadata.author);
  out.optional(CAIRN_TAG_DATE, metadata.date);
  out.optional(CAIRN_TAG_PURPOSE, metadata.purpose);
  out.optional(CAIRN_TAG_PHASE, metadata.phase);
  out.optional(CAIRN_TAG_RELEASE, metadata.release);
  out.optional(CAIRN_TAG_SQL_UP_FILE, facts.up_file);
  out.optional(CAIRN_TAG_SQL_DOWN_FILE, facts.down_file);
  out.optional(CAIRN_TAG_SQL_VERIFY_FILE, facts.verify_file);
  out.digest(CAIRN_TAG_SOURCE_DIGEST, facts.source_digest);
  out.text(CAIRN_TAG_SDK_VERSION, CAIRN_SDK_VERSION);
  out.optional(CAIRN_TAG_COMPILER, CAIRN_DETAIL_COMPILER);
}

constexpr uint64_t write(unsigned char* to, uint64_t total, const Metadata& metadata, const Facts& facts) {
  Writer out(to);
  out.u16(CAIRN_NOTE_FORMAT);
  out.u16(CAIRN_NOTE_HEADER_SIZE);
  out.u32(total);
  out.u16(CAIRN_ABI_MAJOR);
  out.u16(CAIRN_TARGET_ABI_MINOR);
  out.u32(0);
  out.text(CAIRN_TAG_ID, metadata.id);
  out.list(CAIRN_TAG_DOWN_REVISION, metadata.down_revision);
  out.list(CAIRN_TAG_DEPENDS_ON, metadata.depends_on);
  out.list(CAIRN_TAG_LABEL, metadata.labels);
  out.number(CAIRN_TAG_FLAGS, flags_of(metadata, facts));
  if (metadata.estimated_ms != 0) out.number(CAIRN_TAG_ESTIMATED_MS, metadata.estimated_ms);
  if (metadata.min_server_version != 0) out.number(CAIRN_TAG_MIN_SERVER_VERSION, metadata.min_server_version);
  write_texts(out, metadata, facts);
  out.list(CAIRN_TAG_ACCEPT, metadata.accept);
  return out.size();
}

consteval uint64_t descriptor_size(const Metadata& metadata, const Facts& facts) {
  return write(nullptr, 0, metadata, facts);
}

/// The note as it lies in the file: header, owner, descriptor. No pointers: a relocated note would be
/// writable, and useless on disk.
template <uint64_t size>
struct Note {
  static_assert(size <= 65536, "the metadata of this revision is larger than 64 KiB: shorten its texts");
  uint32_t owner_size = CAIRN_NOTE_OWNER_SIZE;
  uint32_t descriptor_bytes = static_cast<uint32_t>(size);
  uint32_t type = CAIRN_NOTE_METADATA;
  char owner[CAIRN_NOTE_OWNER_SIZE] = {'c', 'a', 'i', 'r', 'n', 0, 0, 0};
  unsigned char descriptor[size] = {};
};

template <uint64_t size>
consteval Note<size> encode(const Metadata& metadata, const Facts& facts) {
  Note<size> note;
  write(note.descriptor, size, metadata, facts);
  return note;
}

}  // namespace note
}  // namespace sdk
}  // namespace cairn

// clang puts red zones behind globals in such sections too; g++ does not, and warns about the attribute.
#if defined(__clang__)
#define CAIRN_DETAIL_NOT_SANITIZED __attribute__((no_sanitize("address")))
#else
#define CAIRN_DETAIL_NOT_SANITIZED
#endif

/// The note variable. It must be a plain static with `used` (anything COMDAT, and anything unused, is
/// dropped by --gc-sections) and aligned to 4 (g++ would align it to 32, and note readers pad by 4).
#define CAIRN_DETAIL_NOTE(facts)                                                                           \
  __attribute__((section(".note.cairn"), used, aligned(4))) CAIRN_DETAIL_NOT_SANITIZED static constexpr    \
      ::cairn::note::Note<::cairn::note::descriptor_size(cairn_metadata, facts)>                           \
          cairn_note = ::cairn::note::encode<::cairn::note::descriptor_size(cairn_metadata, facts)>(       \
              cairn_metadata, facts);                                                                      \
  static_assert(sizeof(cairn_note) == 20 + sizeof(cairn_note.descriptor))

/// The exported symbol, and two names that turn "more than one revision" into a readable build error:
/// the first within a source file, the second (from the linker: "multiple definition of ...") within a
/// library. A revision is its own library; call cairn_add_revision() once for each.
#define CAIRN_DETAIL_PLUGIN(up, down, check)                                                               \
  extern "C" {                                                                                             \
  extern __attribute__((visibility("hidden"))) const char cairn_only_one_revision_per_library;             \
  const char cairn_only_one_revision_per_library = 0;                                                      \
  extern __attribute__((visibility("default"))) const cairn_plugin cairn_plugin_v1;                  \
  const cairn_plugin cairn_plugin_v1 = {CAIRN_PLUGIN_MAGIC,                                                \
                                        sizeof(cairn_plugin),                                              \
                                        CAIRN_ABI_MAJOR,                                                   \
                                        CAIRN_TARGET_ABI_MINOR,                                            \
                                        cairn_note.descriptor,                                             \
                                        sizeof(cairn_note.descriptor),                                     \
                                        up,                                                                \
                                        down,                                                              \
                                        check};                                                            \
  }

/// A revision whose SQL lies in notes of its own; written by cairn_add_revision(), never by hand.
#define CAIRN_DETAIL_SQL_REVISION(facts, ...)                            \
  struct cairn_only_one_revision_per_source_file {};                     \
  static constexpr ::cairn::Metadata cairn_metadata{__VA_ARGS__};        \
  CAIRN_DETAIL_CHECK(cairn_metadata);                                    \
  CAIRN_DETAIL_NOTE(facts);                                              \
  CAIRN_DETAIL_PLUGIN(nullptr, nullptr, nullptr)
