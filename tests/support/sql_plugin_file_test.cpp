#include "support/sql_plugin_file.hpp"

#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <cairn/abi.h>

#include <cstring>
#include <elf.h>
#include <gtest/gtest.h>

namespace cairn::test {
namespace {

template <typename Value>
Value read_at(const std::string& bytes, std::size_t offset) {
  Value value;
  std::memcpy(&value, bytes.substr(offset, sizeof value).data(), sizeof value);
  return value;
}

SqlPlugin example() {
  SqlPlugin plugin;
  plugin.id = "37a02ec8662a";
  plugin.down_revisions = {"000000000001"};
  plugin.message = "init schema";
  plugin.up = "CREATE TABLE t ()";
  plugin.down = "DROP TABLE t";
  return plugin;
}

struct Note {
  std::uint32_t type;
  std::string content;
};

std::vector<Note> notes_in(const std::string& bytes) {
  const auto segment = read_at<Elf64_Phdr>(bytes, sizeof(Elf64_Ehdr));
  EXPECT_EQ(segment.p_offset + segment.p_filesz, bytes.size());
  std::vector<Note> notes;
  for (std::size_t at = segment.p_offset; at < bytes.size();) {
    const auto head = read_at<Elf64_Nhdr>(bytes, at);
    EXPECT_EQ(bytes.substr(at + sizeof head, head.n_namesz), std::string("cairn\0\0\0", 8));
    notes.push_back({head.n_type, bytes.substr(at + sizeof head + head.n_namesz, head.n_descsz)});
    at += sizeof head + head.n_namesz + (head.n_descsz + 3) / 4 * 4;
  }
  return notes;
}

TEST(SqlPluginFile, holds_the_notes_of_the_abi) {
  const std::vector<Note> notes = notes_in(sql_plugin_bytes(example()));
  ASSERT_EQ(notes.size(), 3u);
  EXPECT_EQ(notes[0].type, CAIRN_NOTE_METADATA);
  EXPECT_EQ(notes[1].type, CAIRN_NOTE_SQL_UP);
  EXPECT_EQ(notes[1].content, "CREATE TABLE t ()");
  EXPECT_EQ(notes[2].type, CAIRN_NOTE_SQL_DOWN);
}

TEST(SqlPluginFile, states_the_size_of_its_metadata) {
  const std::string metadata = notes_in(sql_plugin_bytes(example()))[0].content;
  EXPECT_EQ(read_at<std::uint16_t>(metadata, 0), CAIRN_NOTE_FORMAT);
  EXPECT_EQ(read_at<std::uint16_t>(metadata, 2), CAIRN_NOTE_HEADER_SIZE);
  EXPECT_EQ(read_at<std::uint32_t>(metadata, 4), metadata.size());
  EXPECT_EQ(read_at<std::uint32_t>(metadata, 16), CAIRN_TAG_ID);
  EXPECT_EQ(metadata.substr(24, read_at<std::uint32_t>(metadata, 20)), "37a02ec8662a");
}

TEST(SqlPluginFile, is_irreversible_without_a_downgrade) {
  SqlPlugin plugin = example();
  const auto flags_of = [&] {
    const std::string metadata = notes_in(sql_plugin_bytes(plugin))[0].content;
    std::string head(8, '\0');
    std::memcpy(head.data(), "\x0a\0\0\x80\x04\0\0\0", 8);
    return read_at<std::uint32_t>(metadata, metadata.find(head) + 8);
  };
  EXPECT_EQ(flags_of(), CAIRN_FLAG_SQL);
  plugin.down.reset();
  plugin.verify = "SELECT 1 WHERE false";
  plugin.flags = CAIRN_FLAG_SEED;
  EXPECT_EQ(flags_of(), CAIRN_FLAG_SQL | CAIRN_FLAG_SEED | CAIRN_FLAG_IRREVERSIBLE | CAIRN_FLAG_VERIFY);
}

TEST(SqlPluginFile, is_taken_for_a_shared_object_by_other_tools) {
  const TemporaryDirectory directory;
  write_sql_plugin(directory.path() / "a.so", example());
  const Finished shown = run({.argv = {"readelf", "--notes", (directory.path() / "a.so").string()}});
  EXPECT_EQ(shown.code, 0);
  EXPECT_EQ(shown.err, "");
  EXPECT_NE(shown.out.find("cairn"), std::string::npos) << shown.out;
}

TEST(SqlPluginFile, makes_a_thousand_in_a_row) {
  const TemporaryDirectory directory;
  const std::vector<std::string> ids = write_sql_history(directory.path(), 1000);
  EXPECT_EQ(ids.size(), 1000u);
  EXPECT_EQ(ids.front(), "00000001");
  EXPECT_EQ(ids.back(), "00001000");
  EXPECT_TRUE(std::filesystem::exists(directory.path() / "00001000.so"));
  EXPECT_EQ(history_revision(1000).down_revisions, std::vector<std::string>{"00000999"});
}

}  // namespace
}  // namespace cairn::test
