#include "plugin_folder.hpp"

#include "support/file_text.hpp"

#include <cairn/abi.h>

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

std::string bytes_of(std::uint32_t number) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(number >> (8 * i));
  return bytes;
}

/// Changes the note of a library in place, as a newer SDK would have written it.
class Note {
 public:
  explicit Note(const std::filesystem::path& file) : file_(file), image_(read_file(file)) {
    begin_ = image_.find(bytes_of(CAIRN_NOTE_METADATA) + std::string("cairn\0\0\0", 8));
    EXPECT_NE(begin_, image_.npos) << file;
    begin_ += 12;
  }
  ~Note() { write_file(file_, image_); }
  Note(const Note&) = delete;
  Note& operator=(const Note&) = delete;

  void set_format(char format) { image_[begin_] = format; }
  void set_major(char major) { image_[begin_ + 8] = major; }
  void set_minor(char minor) { image_[begin_ + 10] = minor; }
  void set_tag(std::uint32_t from, std::uint32_t to) { image_.replace(image_.find(bytes_of(from), begin_), 4, bytes_of(to)); }
  void set_flags(std::uint32_t flags) { image_.replace(image_.find(bytes_of(CAIRN_TAG_FLAGS), begin_) + 8, 4, bytes_of(flags)); }

 private:
  std::filesystem::path file_;
  std::string image_;
  std::size_t begin_ = 0;
};

constexpr std::uint32_t unknown_tag = 99;

struct Future {
  const char* name;
  void (*change)(Note&);
  const char* refusal;   ///< empty: it is served
};

const Future futures[] = {
    {"this ABI", [](Note&) {}, ""},
    {"an unknown tag that is not critical", [](Note& note) { note.set_tag(CAIRN_TAG_PURPOSE, unknown_tag); }, ""},
    {"the next minor", [](Note& note) { note.set_minor(CAIRN_ABI_MINOR + 1); }, "needs a newer runner: "},
    {"the next major", [](Note& note) { note.set_major(CAIRN_ABI_MAJOR + 1); }, "needs a newer runner: "},
    {"an unknown critical tag", [](Note& note) { note.set_tag(CAIRN_TAG_PURPOSE, unknown_tag | CAIRN_TAG_CRITICAL); },
     "needs a newer runner: "},
    {"an unknown flag", [](Note& note) { note.set_flags(0x40000000U); }, "needs a newer runner: "},
    {"the next format", [](Note& note) { note.set_format(CAIRN_NOTE_FORMAT + 1); }, "needs a newer runner: "},
};

TEST(Future, is_refused_before_anything_of_the_plugin_runs) {
  for (const Future& row : futures) {
    for (const char* const isolation : {"--isolation=process", "--isolation=none"}) {
      SCOPED_TRACE(std::string(row.name) + " " + isolation);
      const TemporaryDirectory traces;
      PluginFolder folder("abi_trace/trace.so");
      { Note note(folder.file()); row.change(note); }
      folder.runner.environment["CAIRN_TEST_TRACE"] = (traces / "trace").string();
      const bool served = *row.refusal == '\0';
      const Finished finished = folder.run({"upgrade", "head", isolation});
      EXPECT_EQ(finished.code, served ? 0 : 4) << finished.err;
      EXPECT_NE(finished.err.find(row.refusal), std::string::npos) << finished.err;
      EXPECT_EQ(std::filesystem::exists(traces / "trace"), served);
      EXPECT_EQ(folder.database.value("SELECT to_regclass('trace') IS NOT NULL"), served ? "t" : "f");
    }
  }
}

}  // namespace
}  // namespace cairn::test
