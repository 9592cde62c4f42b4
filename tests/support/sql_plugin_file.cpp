#include "support/sql_plugin_file.hpp"

#include "support/file_text.hpp"

#include <cairn/abi.h>

#include <bit>
#include <cstdio>
#include <elf.h>
#include <string_view>

namespace cairn::test {

namespace {

static_assert(std::endian::native == std::endian::little, "plugins are written in the byte order of the host");

template <typename Value>
void append(std::string& bytes, const Value& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void pad(std::string& bytes) { bytes.resize((bytes.size() + 3) / 4 * 4, '\0'); }

void append_record(std::string& bytes, std::uint32_t tag, std::string_view content) {
  append(bytes, tag);
  append(bytes, static_cast<std::uint32_t>(content.size()));
  bytes += content;
  pad(bytes);
}

void append_number(std::string& bytes, std::uint32_t tag, std::uint32_t number) {
  std::string content;
  append(content, number);
  append_record(bytes, tag, content);
}

void append_list(std::string& bytes, std::uint32_t tag, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) append_record(bytes, tag, text);
}

void append_text(std::string& bytes, std::uint32_t tag, const std::string& text) {
  if (!text.empty()) append_record(bytes, tag, text);
}

std::uint32_t all_flags(const SqlPlugin& plugin) {
  return plugin.flags | CAIRN_FLAG_SQL | (plugin.down ? 0u : CAIRN_FLAG_IRREVERSIBLE) |
         (plugin.verify ? CAIRN_FLAG_VERIFY : 0u);
}

std::string records_of(const SqlPlugin& plugin) {
  std::string bytes;
  append_record(bytes, CAIRN_TAG_ID, plugin.id);
  append_list(bytes, CAIRN_TAG_DOWN_REVISION, plugin.down_revisions);
  append_list(bytes, CAIRN_TAG_DEPENDS_ON, plugin.depends_on);
  append_list(bytes, CAIRN_TAG_LABEL, plugin.labels);
  append_text(bytes, CAIRN_TAG_MESSAGE, plugin.message);
  append_text(bytes, CAIRN_TAG_AUTHOR, plugin.author);
  append_text(bytes, CAIRN_TAG_DATE, plugin.date);
  append_text(bytes, CAIRN_TAG_PHASE, plugin.phase);
  append_list(bytes, CAIRN_TAG_ACCEPT, plugin.accepts);
  append_number(bytes, CAIRN_TAG_FLAGS, all_flags(plugin));
  if (plugin.min_server_version != 0) append_number(bytes, CAIRN_TAG_MIN_SERVER_VERSION, plugin.min_server_version);
  append_text(bytes, CAIRN_TAG_SOURCE_DIGEST, plugin.source_digest);
  append_record(bytes, CAIRN_TAG_SQL_UP_FILE, plugin.up_file.empty() ? plugin.id + "/up.sql" : plugin.up_file);
  if (plugin.down) append_record(bytes, CAIRN_TAG_SQL_DOWN_FILE, plugin.id + "/down.sql");
  if (plugin.verify) append_record(bytes, CAIRN_TAG_SQL_VERIFY_FILE, plugin.id + "/verify.sql");
  return bytes;
}

std::string metadata_of(const SqlPlugin& plugin) {
  const std::string records = records_of(plugin);
  std::string bytes;
  append(bytes, std::uint16_t{CAIRN_NOTE_FORMAT});
  append(bytes, std::uint16_t{CAIRN_NOTE_HEADER_SIZE});
  append(bytes, static_cast<std::uint32_t>(CAIRN_NOTE_HEADER_SIZE + records.size()));
  append(bytes, std::uint16_t{CAIRN_ABI_MAJOR});
  append(bytes, std::uint16_t{CAIRN_ABI_MINOR});
  append(bytes, std::uint32_t{0});
  return bytes + records;
}

void append_note(std::string& bytes, std::uint32_t type, const std::string& content) {
  append(bytes, std::uint32_t{CAIRN_NOTE_OWNER_SIZE});
  append(bytes, static_cast<std::uint32_t>(content.size()));
  append(bytes, type);
  bytes.append(CAIRN_NOTE_OWNER, CAIRN_NOTE_OWNER_SIZE);
  bytes += content;
  pad(bytes);
}

std::string notes_of(const SqlPlugin& plugin) {
  std::string bytes;
  append_note(bytes, CAIRN_NOTE_METADATA, metadata_of(plugin));
  append_note(bytes, CAIRN_NOTE_SQL_UP, plugin.up);
  if (plugin.down) append_note(bytes, CAIRN_NOTE_SQL_DOWN, *plugin.down);
  if (plugin.verify) append_note(bytes, CAIRN_NOTE_SQL_VERIFY, *plugin.verify);
  return bytes;
}

constexpr Elf64_Half host_machine() {
#if defined(__x86_64__)
  return EM_X86_64;
#elif defined(__aarch64__)
  return EM_AARCH64;
#else
#error "name this machine's ELF number here"
#endif
}

Elf64_Ehdr elf_header() {
  Elf64_Ehdr header{};
  for (int byte = 0; byte < SELFMAG; ++byte) header.e_ident[byte] = static_cast<unsigned char>(ELFMAG[byte]);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_DYN;
  header.e_machine = host_machine();
  header.e_version = EV_CURRENT;
  header.e_phoff = sizeof header;
  header.e_ehsize = sizeof header;
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_phnum = 1;
  return header;
}

Elf64_Phdr note_segment(std::size_t size) {
  Elf64_Phdr segment{};
  segment.p_type = PT_NOTE;
  segment.p_flags = PF_R;
  segment.p_offset = sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr);
  segment.p_vaddr = segment.p_offset;
  segment.p_paddr = segment.p_offset;
  segment.p_filesz = size;
  segment.p_memsz = size;
  segment.p_align = 4;
  return segment;
}

std::string history_id(std::size_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "%08zu", number);
  return text;
}

}  // namespace

std::string sql_plugin_bytes(const SqlPlugin& plugin) {
  const std::string notes = notes_of(plugin);
  std::string bytes;
  append(bytes, elf_header());
  append(bytes, note_segment(notes.size()));
  return bytes + notes;
}

void write_sql_plugin(const std::filesystem::path& path, const SqlPlugin& plugin) {
  write_file(path, sql_plugin_bytes(plugin));
}

SqlPlugin history_revision(std::size_t number) {
  const std::string n = std::to_string(number);
  SqlPlugin plugin;
  plugin.id = history_id(number);
  if (number > 1) plugin.down_revisions = {history_id(number - 1)};
  plugin.message = "table " + n;
  plugin.up = "CREATE TABLE t" + n + " (id bigint PRIMARY KEY, v text);\nCREATE INDEX t" + n + "_v ON t" + n + " (v);\n";
  plugin.down = "DROP TABLE t" + n + ";\n";
  plugin.source_digest = std::string(24, 'd') + plugin.id;
  return plugin;
}

std::vector<std::string> write_sql_history(const std::filesystem::path& directory, std::size_t revisions) {
  std::vector<std::string> ids;
  for (std::size_t number = 1; number <= revisions; ++number) {
    const SqlPlugin plugin = history_revision(number);
    write_sql_plugin(directory / (plugin.id + ".so"), plugin);
    ids.push_back(plugin.id);
  }
  return ids;
}

}  // namespace cairn::test
