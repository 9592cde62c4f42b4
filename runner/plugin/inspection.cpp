#include "plugin/inspection.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "plugin/metadata.hpp"
#include "plugin/plugin_file.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

#include <algorithm>
#include <string_view>

namespace cairn {

namespace {

bool is_number(std::uint32_t tag) {
  return tag == CAIRN_TAG_ESTIMATED_MS || tag == CAIRN_TAG_FLAGS || tag == CAIRN_TAG_MIN_SERVER_VERSION;
}

/// The flags in words; bits that no word is known for as a number.
std::string flags_of(std::uint32_t flags) {
  constexpr std::pair<std::uint32_t, const char*> known[] = {
      {CAIRN_FLAG_SQL, "SQL"},         {CAIRN_FLAG_NON_TRANSACTIONAL, "outside a transaction"},
      {CAIRN_FLAG_IRREVERSIBLE, "irreversible"}, {CAIRN_FLAG_SEED, "seed"},
      {CAIRN_FLAG_NOT_RETRYABLE, "not retryable"}, {CAIRN_FLAG_VERIFY, "has a verify step"}};
  std::vector<std::string> words;
  for (const auto& [bit, word] : known) {
    if ((flags & bit) != 0) words.emplace_back(word);
    flags &= ~bit;
  }
  if (flags != 0) words.push_back(fmt::format("unknown {:#x}", flags));
  return words.empty() ? "none" : join(words, ", ");
}

std::string hex_of(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes.substr(0, 64)) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  if (bytes.size() > 64) text += fmt::format("... ({} bytes in all)", bytes.size());
  return text;
}

std::string value_of(const MetadataRecord& record) {
  if (is_number(record.tag) && record.bytes.size() == 4) {
    const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(record.bytes[i])}; };
    const std::uint32_t number = byte(0) | byte(1) << 8U | byte(2) << 16U | byte(3) << 24U;
    return record.tag == CAIRN_TAG_FLAGS ? flags_of(number) : fmt::format("{}", number);
  }
  if (record.tag == CAIRN_TAG_SOURCE_DIGEST || !is_valid_utf8(record.bytes)) return hex_of(record.bytes);
  return printable(record.bytes, 1024);
}

/// Runs one part of the inspection; a part that fails does not keep the others from being shown.
template <class Part>
void attempt(std::vector<std::string>& problems, const Part& part) {
  try {
    part();
  } catch (const Error& error) {
    const std::string& message = error.message();
    if (std::find(problems.begin(), problems.end(), message) == problems.end()) problems.push_back(message);
  }
}

void read_fields(Inspection& inspection, std::string_view note) {
  const MetadataFrame frame = parse_metadata_frame(note);
  inspection.abi_major = frame.abi_major;
  inspection.abi_minor = frame.abi_minor;
  for (const MetadataRecord& record : frame.records)
    inspection.fields.push_back({.tag = record.tag & ~CAIRN_TAG_CRITICAL,
                                 .critical = (record.tag & CAIRN_TAG_CRITICAL) != 0,
                                 .known = is_known_metadata_tag(record.tag),
                                 .name = metadata_tag_name(record.tag),
                                 .value = value_of(record)});
}

void judge_exports(const DynamicSection& dynamic, std::vector<std::string>& problems) {
  const std::vector<std::string>& names = dynamic.exported;
  if (std::find(names.begin(), names.end(), "cairn_plugin_v1") == names.end())
    problems.emplace_back("does not export cairn_plugin_v1");
  if (dynamic.exported_count > 1)
    problems.push_back(fmt::format("exports {} symbols instead of one: link it with Cairn's exports.map", dynamic.exported_count));
  if (dynamic.unique_count > 0)
    problems.push_back(fmt::format("exports {} (STB_GNU_UNIQUE), so it would share variables with other revisions and never be "
                                   "unloaded: link it with Cairn's exports.map", count_of(dynamic.unique_count, "unique symbol")));
}

/// A revision with a connection of its own would run outside of the transaction and the lock.
void judge_needed(const DynamicSection& dynamic, std::vector<std::string>& problems) {
  for (const std::string& library : dynamic.needed)
    if (library.starts_with("libpq.so"))
      problems.push_back(fmt::format("needs {}: a revision has no connection of its own; send SQL with cairn::Database, and leave out "
                                     "what links libpq", library));
}

Inspection inspect(const FileBytes& file, const std::filesystem::path& path) {
  Inspection inspection;
  inspection.path = path.string();
  inspection.identity = file.identity();
  attempt(inspection.problems, [&] {
    const Notes notes = read_notes(file);
    inspection.notes = notes.notes;
    read_fields(inspection, notes.metadata);
    inspection.revision = read_plugin(file, path.string()).revision;
  });
  attempt(inspection.problems, [&] {
    inspection.dynamic = read_dynamic_section(file);
    judge_exports(inspection.dynamic, inspection.problems);
    judge_needed(inspection.dynamic, inspection.problems);
  });
  return inspection;
}

}  // namespace

Inspection inspect_plugin(const std::filesystem::path& path) {
  try {
    return inspect(FileBytes(path), path);
  } catch (Error& error) {
    throw error.prefix(path.string() + ": ");
  }
}

}  // namespace cairn
