#include "plugin/metadata.hpp"

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "graph/acceptance.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

#include <algorithm>
#include <iterator>

namespace cairn {

namespace {

Error damaged(std::string_view field, std::string_view what) {
  return Error(Category::plugin, fmt::format("damaged metadata: {} {}", field, what))
      .hint("Build the revision again with Cairn's SDK.");
}

Error needs_newer(std::string why) {
  return Error(Category::plugin, fmt::format("needs a newer runner: {}", why))
      .hint("Update Cairn, or build the revision with the SDK that belongs to this one.");
}

std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = count; i > 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  return value;
}

std::uint32_t u32_at(std::string_view bytes, std::size_t at) { return little_endian(bytes, at, 4); }
std::uint16_t u16_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(little_endian(bytes, at, 2));
}

std::size_t header_size(std::string_view note) {
  if (note.size() < CAIRN_NOTE_HEADER_SIZE) throw damaged("the header", "is cut off");
  if (const auto format = u16_at(note, 0); format != CAIRN_NOTE_FORMAT)
    throw format > CAIRN_NOTE_FORMAT ? needs_newer(fmt::format("its metadata has format {}", format))
                                     : damaged("format", "is 0");
  if (u32_at(note, 4) != note.size()) throw damaged("total_size", "disagrees with the size of the note");
  const std::size_t size = u16_at(note, 2);
  if (size < CAIRN_NOTE_HEADER_SIZE || size > note.size() || size % 4 != 0) throw damaged("header_size", "is out of range");
  return size;
}

/// What a field is called, how it is checked and where it goes.
struct Field {
  std::uint32_t tag;
  std::string_view name;
  bool repeated;
  void (*store)(Metadata&, std::string_view name, std::string_view bytes);
};

std::string checked_text(std::string_view name, std::string_view bytes) {
  if (!is_valid_utf8(bytes)) throw damaged(name, "is not UTF-8 text");
  return std::string(bytes);
}

std::uint32_t checked_number(std::string_view name, std::string_view bytes) {
  if (bytes.size() != 4) throw damaged(name, "is not 4 bytes long");
  return u32_at(bytes, 0);
}

template <std::string Revision::*member>
void store_text(Metadata& to, std::string_view name, std::string_view bytes) {
  to.revision.*member = checked_text(name, bytes);
}

template <std::string Metadata::*member>
void store_file(Metadata& to, std::string_view name, std::string_view bytes) {
  to.*member = checked_text(name, bytes);
}

template <std::uint32_t Revision::*member>
void store_number(Metadata& to, std::string_view name, std::string_view bytes) {
  to.revision.*member = checked_number(name, bytes);
}

/// Ids and labels: the same rules as when a revision is built, for libraries built by other means.
std::string checked_name(std::string_view name, std::string_view bytes, std::string_view refused) {
  const bool control = std::any_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (bytes.empty()) throw damaged(name, "is empty");
  if (control || bytes.find_first_of(refused) != bytes.npos || bytes.find('\x7F') != bytes.npos)
    throw damaged(name, fmt::format("contains a character that is not allowed: \"{}\"", printable(bytes, 64)));
  return checked_text(name, bytes);
}

std::string checked_id(std::string_view name, std::string_view bytes) {
  std::string id = checked_name(name, bytes, "@-+:, \"'\\");
  if (length_in_characters(id) > longest_id)
    throw damaged(name, fmt::format("is longer than {} characters", longest_id));
  return id;
}

void store_id(Metadata& to, std::string_view name, std::string_view bytes) { to.revision.id = checked_id(name, bytes); }

void store_parent(Metadata& to, std::string_view name, std::string_view bytes) {
  to.revision.down_revisions.push_back(checked_id(name, bytes));
}

template <std::vector<std::string> Revision::*member>
void store_name(Metadata& to, std::string_view name, std::string_view bytes) {
  (to.revision.*member).push_back(checked_name(name, bytes, "@:, \"'\\"));
}

void store_acceptance(Metadata& to, std::string_view name, std::string_view bytes) {
  to.revision.accepts.push_back(parse_acceptance(checked_text(name, bytes)));
}

void store_digest(Metadata& to, std::string_view name, std::string_view bytes) {
  Sha256 digest{};
  if (bytes.size() != digest.size()) throw damaged(name, "is not 32 bytes long");
  std::transform(bytes.begin(), bytes.end(), digest.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
  to.revision.source_digest = hex(digest);
}

void store_phase(Metadata& to, std::string_view name, std::string_view bytes) {
  if (bytes != "expand" && bytes != "switch" && bytes != "contract")
    throw damaged(name, fmt::format("is \"{}\"; it is expand, switch or contract", printable(bytes, 64)));
  to.revision.phase = bytes;
}

void store_flags(Metadata& to, std::string_view name, std::string_view bytes) {
  constexpr std::uint32_t known = CAIRN_FLAG_SQL | CAIRN_FLAG_NON_TRANSACTIONAL | CAIRN_FLAG_IRREVERSIBLE |
                                  CAIRN_FLAG_SEED | CAIRN_FLAG_NOT_RETRYABLE | CAIRN_FLAG_VERIFY;
  const std::uint32_t flags = checked_number(name, bytes);
  if ((flags & ~known) != 0) throw needs_newer(fmt::format("it has the unknown flags {:#x}", flags & ~known));
  to.revision.kind = (flags & CAIRN_FLAG_SQL) != 0 ? RevisionKind::sql : RevisionKind::code;
  to.revision.transactional = (flags & CAIRN_FLAG_NON_TRANSACTIONAL) == 0;
  to.revision.reversible = (flags & CAIRN_FLAG_IRREVERSIBLE) == 0;
  to.revision.seed = (flags & CAIRN_FLAG_SEED) != 0;
  to.revision.retryable = (flags & CAIRN_FLAG_NOT_RETRYABLE) == 0;
  to.revision.has_verify = (flags & CAIRN_FLAG_VERIFY) != 0;
}

constexpr Field fields[] = {
    {CAIRN_TAG_ID, "id", false, store_id},
    {CAIRN_TAG_DOWN_REVISION, "down_revision", true, store_parent},
    {CAIRN_TAG_DEPENDS_ON, "depends_on", true, store_name<&Revision::depends_on>},
    {CAIRN_TAG_LABEL, "label", true, store_name<&Revision::labels>},
    {CAIRN_TAG_MESSAGE, "message", false, store_text<&Revision::message>},
    {CAIRN_TAG_AUTHOR, "author", false, store_text<&Revision::author>},
    {CAIRN_TAG_DATE, "date", false, store_text<&Revision::date>},
    {CAIRN_TAG_PURPOSE, "purpose", false, store_text<&Revision::purpose>},
    {CAIRN_TAG_ESTIMATED_MS, "estimated_ms", false, store_number<&Revision::estimated_ms>},
    {CAIRN_TAG_FLAGS, "flags", false, store_flags},
    {CAIRN_TAG_MIN_SERVER_VERSION, "min_server_version", false, store_number<&Revision::min_server_version>},
    {CAIRN_TAG_SOURCE_DIGEST, "source_digest", false, store_digest},
    {CAIRN_TAG_SDK_VERSION, "sdk_version", false, store_text<&Revision::sdk_version>},
    {CAIRN_TAG_COMPILER, "compiler", false, store_text<&Revision::compiler>},
    {CAIRN_TAG_PHASE, "phase", false, store_phase},
    {CAIRN_TAG_RELEASE, "release", false, store_text<&Revision::release>},
    {CAIRN_TAG_SQL_UP_FILE, "up_file", false, store_file<&Metadata::up_file>},
    {CAIRN_TAG_SQL_DOWN_FILE, "down_file", false, store_file<&Metadata::down_file>},
    {CAIRN_TAG_SQL_VERIFY_FILE, "verify_file", false, store_file<&Metadata::verify_file>},
    {CAIRN_TAG_ACCEPT, "accept", true, store_acceptance},
};

const Field* find_field(std::uint32_t tag) {
  const auto found = std::find_if(std::begin(fields), std::end(fields), [&](const Field& f) { return f.tag == tag; });
  return found == std::end(fields) ? nullptr : found;
}

void require_known_abi(const MetadataFrame& frame) {
  if (frame.abi_major > CAIRN_ABI_MAJOR || (frame.abi_major == CAIRN_ABI_MAJOR && frame.abi_minor > CAIRN_ABI_MINOR))
    throw needs_newer(fmt::format("it wants plugin ABI {}.{}, this Cairn has {}.{}", frame.abi_major, frame.abi_minor,
                                  CAIRN_ABI_MAJOR, CAIRN_ABI_MINOR));
  if (frame.abi_major < CAIRN_ABI_MAJOR)
    throw Error(Category::plugin, fmt::format("built for plugin ABI {}, which this Cairn no longer has", frame.abi_major))
        .hint("Build the revision again with the SDK that belongs to this Cairn.");
}

void require_once(std::uint64_t& seen, const Field& field) {
  const std::uint64_t bit = std::uint64_t{1} << (&field - std::begin(fields));
  if ((seen & bit) != 0 && !field.repeated) throw damaged(field.name, "occurs twice");
  seen |= bit;
}

}  // namespace

MetadataFrame parse_metadata_frame(std::string_view note) {
  std::string_view rest = note.substr(header_size(note));
  MetadataFrame frame{.abi_major = u16_at(note, 8), .abi_minor = u16_at(note, 10), .records = {}};
  while (!rest.empty()) {
    if (rest.size() < 8) throw damaged("the last field", "is cut off");
    const std::uint32_t tag = u32_at(rest, 0);
    const std::size_t length = u32_at(rest, 4);
    rest.remove_prefix(8);
    if (length > rest.size()) throw damaged(metadata_tag_name(tag), "is longer than the note");
    frame.records.push_back({tag, rest.substr(0, length)});
    const std::size_t with_padding = (length + 3) / 4 * 4;
    if (with_padding > rest.size()) throw damaged(metadata_tag_name(tag), "lacks its padding");
    rest.remove_prefix(with_padding);
  }
  return frame;
}

Metadata parse_metadata(std::string_view note) {
  const MetadataFrame frame = parse_metadata_frame(note);
  require_known_abi(frame);
  Metadata metadata{.abi_major = frame.abi_major, .abi_minor = frame.abi_minor, .revision = {}, .up_file = {},
                    .down_file = {}, .verify_file = {}};
  std::uint64_t seen = 0;
  for (const MetadataRecord& record : frame.records) {
    const Field* const field = find_field(record.tag);
    if (field == nullptr && (record.tag & CAIRN_TAG_CRITICAL) != 0)
      throw needs_newer(fmt::format("it has the unknown {}", metadata_tag_name(record.tag)));
    if (field == nullptr) continue;
    require_once(seen, *field);
    field->store(metadata, field->name, record.bytes);
  }
  if (metadata.revision.id.empty()) throw damaged("id", "is missing");
  return metadata;
}

bool is_known_metadata_tag(std::uint32_t tag) { return find_field(tag) != nullptr; }

std::string metadata_tag_name(std::uint32_t tag) {
  const Field* const field = find_field(tag);
  return field == nullptr ? fmt::format("field {}", tag & ~CAIRN_TAG_CRITICAL) : std::string(field->name);
}

}  // namespace cairn
