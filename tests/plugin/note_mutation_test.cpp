// Damaged files of every kind: the reader may refuse them, and may do nothing else. The preset asan
// turns every byte read out of bounds into a failure here.
#include "base/error.hpp"
#include "plugin/dynamic_section.hpp"
#include "plugin/metadata.hpp"
#include "plugin/note_image.hpp"
#include "plugin/note_reader.hpp"
#include "support/file_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace cairn::test {
namespace {

struct Tally {
  int accepted = 0;
  int refused = 0;
};

/// A copy of its own, so that the sanitizer knows where it ends.
void examine(const std::string& image, Tally& tally) {
  const std::vector<char> exact(image.begin(), image.end());
  const MemoryBytes bytes(std::string_view(exact.data(), exact.size()));
  try {
    parse_metadata(read_notes(bytes).metadata);
    ++tally.accepted;
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::plugin);
    ++tally.refused;
  }
  try {
    read_dynamic_section(bytes);
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::plugin);
  }
}

std::string fixture(const std::string& name) { return read_file(std::string(CAIRN_TEST_REVISIONS) + "/fixture_chain/" + name); }

TEST(NoteReaderMutation, survives_a_cut_at_every_byte) {
  const std::string image = fixture("sql0000_base.so");
  ASSERT_GT(image.size(), 4096U);
  Tally tally;
  for (std::size_t size = 0; size <= 2048; ++size) examine(image.substr(0, size), tally);
  EXPECT_GT(tally.refused, 1000);
}

TEST(NoteReaderMutation, survives_every_byte_of_the_front_changed) {
  std::string image = fixture("cpp0001_code.so");
  Tally tally;
  for (std::size_t at = 0; at < 1536; ++at) {
    const char before = image[at];
    for (const char value : {'\0', '\xFF', static_cast<char>(before + 1)}) {
      image[at] = value;
      examine(image, tally);
    }
    image[at] = before;
  }
  EXPECT_GT(tally.accepted, 0);
  EXPECT_GT(tally.refused, 100);
}

/// Values that go wrong in sums and comparisons.
constexpr std::uint64_t awkward[] = {0, 1, 3, 4, 7, 8, 0x7F, 0x80, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC,
                                     0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFF8, 0xFFFFFFFFFFFFFFFF};

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string mutant(std::string image, std::size_t front) {
    for (std::size_t count = below(4) + 1; count > 0; --count) change(image, std::min(front, image.size()));
    return image;
  }

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

  void change(std::string& image, std::size_t front) {
    if (front < 16) return;
    const std::size_t at = below(front - 8);
    switch (below(5)) {
      case 0: image[at] = static_cast<char>(below(256)); return;
      case 1: image.replace(at & ~std::size_t{3}, 4, little_endian(awkward[below(std::size(awkward))], 4)); return;
      case 2: image.replace(at & ~std::size_t{7}, 8, little_endian(awkward[below(std::size(awkward))], 8)); return;
      case 3: image.erase(at, below(16)); return;
      default: image.insert(at, image.substr(below(front), below(64))); return;
    }
  }

  std::mt19937 random_;
};

TEST(NoteReaderMutation, survives_thousands_of_mutants) {
  const std::string images[] = {
      fixture("sql0000_base.so").substr(0, 6000), fixture("cpp0001_code.so"),
      library({{elf_note(CAIRN_NOTE_METADATA, metadata_note(record(CAIRN_TAG_ID, "abc") +
                                                            record(CAIRN_TAG_FLAGS, number(0)) +
                                                            record(CAIRN_TAG_MESSAGE, "hello")))}})};
  constexpr unsigned seed = 20251130;
  SCOPED_TRACE(seed);
  Mutator mutator(seed);
  Tally tally;
  for (const std::string& image : images)
    for (int i = 0; i < 4000; ++i) examine(mutator.mutant(image, 1600), tally);
  EXPECT_GT(tally.accepted, 100);
  EXPECT_GT(tally.refused, 1000);
}

}  // namespace
}  // namespace cairn::test
