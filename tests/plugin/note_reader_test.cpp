#include "base/error.hpp"
#include "plugin/metadata.hpp"
#include "plugin/note_image.hpp"
#include "plugin/note_reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cairn {
namespace {

const std::string id = record(CAIRN_TAG_ID, "abc");
const std::string good = metadata_note(id);
const std::string foreign = elf_note(3, std::string(20, 'b'), 4, std::string("GNU\0", 4));

Notes notes_of(const std::string& image) { return read_notes(MemoryBytes(image)); }

std::string refusal_of(const std::string& image) {
  try {
    notes_of(image);
    return "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::plugin);
    return error.message();
  }
}

struct Accepted {
  const char* name;
  std::vector<Segment> segments;
  std::size_t notes;
};

TEST(NoteReader, finds_the_metadata_wherever_it_lies) {
  const std::string metadata = elf_note(CAIRN_NOTE_METADATA, good);
  const std::string sql = elf_note(CAIRN_NOTE_SQL_UP, std::string(1'000'000, 'x'));
  const Accepted cases[] = {
      {"alone", {{metadata}}, 1},
      {"behind a foreign note", {{foreign + metadata}}, 1},
      {"behind a megabyte of SQL", {{sql + metadata}}, 2},
      {"in a later segment", {{foreign}, {foreign}, {sql}, {metadata}}, 2},
      {"padded to 8", {{elf_note(3, "12345", 8, std::string("GNU\0", 4)) + elf_note(CAIRN_NOTE_METADATA, good, 8), 8}}, 1},
      {"without its last padding", {{elf_note(CAIRN_NOTE_SQL_UP, "x") + metadata}}, 2},
      {"before an empty SQL note", {{metadata + elf_note(CAIRN_NOTE_SQL_UP, "")}}, 2},
      {"behind a note of ours that is not known yet", {{elf_note(99, "later") + metadata}}, 2},
  };
  for (const Accepted& expected : cases) {
    const Notes found = notes_of(library(expected.segments));
    EXPECT_EQ(found.metadata, good) << expected.name;
    EXPECT_EQ(found.notes.size(), expected.notes) << expected.name;
  }
}

TEST(NoteReader, gives_the_place_of_every_note) {
  const std::string image = library({{elf_note(CAIRN_NOTE_SQL_UP, "SELECT 1") + elf_note(CAIRN_NOTE_METADATA, good)}});
  const NoteRef up = notes_of(image).notes.at(0);
  EXPECT_EQ(up.type, CAIRN_NOTE_SQL_UP);
  EXPECT_EQ(image.substr(up.offset, up.size), "SELECT 1");
}

TEST(NoteReader, counts_a_note_once_when_two_segments_describe_it) {
  std::string image = library({{elf_note(CAIRN_NOTE_METADATA, good)}, {foreign}});
  image.replace(64 + 56, 56, image.substr(64, 56));
  EXPECT_EQ(notes_of(image).notes.size(), 1U);
}

std::string changed(std::string image, std::size_t at, std::uint64_t value, int bytes) {
  return image.replace(at, static_cast<std::size_t>(bytes), little_endian(value, bytes));
}

TEST(NoteReader, refuses_what_is_out_of_bounds) {
  const std::string metadata = elf_note(CAIRN_NOTE_METADATA, good);
  const std::string image = library({{metadata}});
  struct {
    const char* name;
    std::string image;
    const char* reason;
  } const cases[] = {
      {"no note", library({{foreign}}), "not a revision plugin: a library without Cairn's metadata note"},
      {"no segment", library({}), "not a revision plugin: a library without Cairn's metadata note"},
      {"two metadata notes", library({{metadata + metadata}}), "holds 2 metadata notes"},
      {"two SQL notes", library({{elf_note(2, "a") + elf_note(2, "b") + metadata}}), "holds 2 upgrade notes"},
      {"a huge metadata note", library({{elf_note(CAIRN_NOTE_METADATA, std::string(65540, 'x'))}}),
       "damaged: a metadata note of 65540 bytes; 65536 are allowed"},
      {"segment offset", changed(image, 64 + 8, ~std::uint64_t{0} - 3, 8), "damaged: a note segment lies outside the file"},
      {"segment size", changed(image, 64 + 32, ~std::uint64_t{0}, 8), "damaged: a note segment lies outside the file"},
      {"owner size", changed(image, 120, 0xFFFFFFFF, 4), "damaged: the note at offset 120 is larger than its segment"},
      {"descriptor size", changed(image, 124, 0xFFFFFFFF, 4), "damaged: the note at offset 120 is larger than its segment"},
      {"program headers", changed(image, 32, ~std::uint64_t{0}, 8), "damaged: the program headers lie outside the file"},
      {"header count", changed(image, 56, 0xFFFF, 2), "damaged: 65535 program headers"},
      {"header size", changed(image, 54, 57, 2), "damaged: program headers of 57 bytes instead of 56"},
  };
  for (const auto& expected : cases) EXPECT_EQ(refusal_of(expected.image), expected.reason) << expected.name;
}

TEST(NoteReader, gives_up_on_a_segment_of_endless_notes) {
  const std::string image = library({{std::string(1'000'000, '\0') + elf_note(CAIRN_NOTE_METADATA, good)}});
  EXPECT_EQ(refusal_of(image), "damaged: more than 256 notes");
}

std::string judged(const std::string& note) {
  try {
    return "accepted " + parse_metadata(note).revision.id;
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::plugin);
    EXPECT_FALSE(error.hint().empty());
    return error.message();
  }
}

constexpr std::uint32_t critical = CAIRN_TAG_CRITICAL;

TEST(Metadata, is_judged_field_by_field) {
  const std::string newer = "needs a newer runner: ";
  const std::string bad = "damaged metadata: ";
  struct {
    const char* name;
    std::string note;
    std::string judgement;
  } const cases[] = {
      {"smallest", good, "accepted abc"},
      {"unknown field", metadata_note(id + record(77, "later")), "accepted abc"},
      {"unknown critical field", metadata_note(id + record(77 | critical, "later")), newer + "it has the unknown field 77"},
      {"unknown flag", metadata_note(id + record(CAIRN_TAG_FLAGS, number(0x40))), newer + "it has the unknown flags 0x40"},
      {"newer minor", metadata_note(id, {.abi_minor = 7}), newer + "it wants plugin ABI 1.7, this Cairn has 1.0"},
      {"newer major", metadata_note(id, {.abi_major = 2}), newer + "it wants plugin ABI 2.0, this Cairn has 1.0"},
      {"older major", metadata_note(id, {.abi_major = 0}), "built for plugin ABI 0, which this Cairn no longer has"},
      {"newer format", metadata_note(id, {.format = 2}), newer + "its metadata has format 2"},
      {"format 0", metadata_note(id, {.format = 0}), bad + "format is 0"},
      {"header size", metadata_note(id, {.header_size = 12}), bad + "header_size is out of range"},
      {"larger header", metadata_note(std::string(8, '\0') + id, {.header_size = 24}), "accepted abc"},
      {"empty", "", bad + "the header is cut off"},
      {"total size", good + std::string(4, '\0'), bad + "total_size disagrees with the size of the note"},
      {"half a record", metadata_note(id + "1234"), bad + "the last field is cut off"},
      {"long record", metadata_note(id + little_endian(CAIRN_TAG_MESSAGE, 4) + little_endian(9, 4) + "12345678"),
       bad + "message is longer than the note"},
      {"no padding", metadata_note(id + little_endian(CAIRN_TAG_MESSAGE, 4) + little_endian(3, 4) + "123"),
       bad + "message lacks its padding"},
      {"no id", metadata_note(record(CAIRN_TAG_MESSAGE, "x")), bad + "id is missing"},
      {"empty id", metadata_note(record(CAIRN_TAG_ID, "")), bad + "id is empty"},
      {"two ids", metadata_note(id + id), bad + "id occurs twice"},
      {"32 characters", metadata_note(record(CAIRN_TAG_ID, std::string(32, 'a'))), "accepted " + std::string(32, 'a')},
      {"33 characters", metadata_note(record(CAIRN_TAG_ID, std::string(33, 'a'))), bad + "id is longer than 32 characters"},
      {"id with @", metadata_note(record(CAIRN_TAG_ID, "a@b")), bad + "id contains a character that is not allowed: \"a@b\""},
      {"id with a bell", metadata_note(record(CAIRN_TAG_ID, "a\ab")), bad + "id contains a character that is not allowed: \"a?b\""},
      {"parent with +", metadata_note(id + record(CAIRN_TAG_DOWN_REVISION, "a+1")),
       bad + "down_revision contains a character that is not allowed: \"a+1\""},
      {"not UTF-8", metadata_note(id + record(CAIRN_TAG_MESSAGE, "\xFF")), bad + "message is not UTF-8 text"},
      {"NUL", metadata_note(id + record(CAIRN_TAG_MESSAGE, std::string("a\0b", 3))), bad + "message is not UTF-8 text"},
      {"short number", metadata_note(id + record(CAIRN_TAG_ESTIMATED_MS, "12")), bad + "estimated_ms is not 4 bytes long"},
      {"short digest", metadata_note(id + record(CAIRN_TAG_SOURCE_DIGEST, "12")), bad + "source_digest is not 32 bytes long"},
      {"phase", metadata_note(id + record(CAIRN_TAG_PHASE, "later")), bad + "phase is \"later\"; it is expand, switch or contract"},
      {"label with @", metadata_note(id + record(CAIRN_TAG_LABEL, "a@b")),
       bad + "label contains a character that is not allowed: \"a@b\""},
      {"label with -", metadata_note(id + record(CAIRN_TAG_LABEL, "a-b")), "accepted abc"},
  };
  for (const auto& expected : cases) EXPECT_EQ(judged(expected.note), expected.judgement) << expected.name;
}

TEST(Metadata, cuts_acceptances_at_the_first_colon) {
  std::string accepted;
  for (const char* const text : {"a-b: c: d", "a-b :c", "a-b", "a-b:", ":c", ""}) {
    const Revision revision = parse_metadata(metadata_note(id + record(CAIRN_TAG_ACCEPT, text))).revision;
    ASSERT_EQ(revision.accepts.size(), 1U) << text;
    accepted += "[" + revision.accepts[0].rule + "|" + revision.accepts[0].reason + "]";
  }
  EXPECT_EQ(accepted, "[a-b|c: d][a-b|c][a-b|][a-b|][|c][|]");
}

TEST(Metadata, keeps_repeated_fields_in_order) {
  const Revision revision = parse_metadata(metadata_note(id + record(CAIRN_TAG_DOWN_REVISION, "p2") +
                                                         record(CAIRN_TAG_DOWN_REVISION, "p1") +
                                                         record(CAIRN_TAG_DEPENDS_ON, "core")))
                                .revision;
  EXPECT_EQ(revision.down_revisions, (std::vector<std::string>{"p2", "p1"}));
  EXPECT_EQ(revision.depends_on, std::vector<std::string>{"core"});
}

}  // namespace
}  // namespace cairn
