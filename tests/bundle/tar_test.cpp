#include "bundle/tar.hpp"

#include "base/error.hpp"
#include "bundle/gzip.hpp"
#include "support/file_text.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t some_time = 1763654400;   // 2025-11-20 16:00:00 UTC

const std::vector<NewFile> files = {
    {"manifest.json", "{}\n", NewFileKind::data},
    {"bin/cairn", std::string(1000, 'x'), NewFileKind::program},
    {"lib/cairn/plugins/empty.so", "", NewFileKind::data},
    {"lib/cairn/block.bin", std::string(512, '\0'), NewFileKind::data},
};

/// What tar, the program, makes of it.
std::string list(const std::string& archive, const char* option) {
  const TemporaryDirectory place;
  std::ofstream(place / "a") << archive;
  const Finished finished = run({.argv = {"tar", option, (place / "a").string()}, .environment = {{"TZ", "UTC"}, {"LC_ALL", "C"}}});
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_EQ(finished.err, "");
  return finished.out;
}

constexpr const char* listing =
    "drwxr-xr-x 0/0               0 2025-11-20 16:00 bin/\n"
    "-rwxr-xr-x 0/0            1000 2025-11-20 16:00 bin/cairn\n"
    "drwxr-xr-x 0/0               0 2025-11-20 16:00 lib/\n"
    "drwxr-xr-x 0/0               0 2025-11-20 16:00 lib/cairn/\n"
    "-rw-r--r-- 0/0             512 2025-11-20 16:00 lib/cairn/block.bin\n"
    "drwxr-xr-x 0/0               0 2025-11-20 16:00 lib/cairn/plugins/\n"
    "-rw-r--r-- 0/0               0 2025-11-20 16:00 lib/cairn/plugins/empty.so\n"
    "-rw-r--r-- 0/0               3 2025-11-20 16:00 manifest.json\n";

TEST(Tar, is_read_by_tar_with_sorted_names_and_plain_owners_and_modes) {
  EXPECT_EQ(list(make_tar(files, some_time), "-tvf"), listing);
  EXPECT_EQ(list(gzip(make_tar(files, some_time)), "-tvzf"), listing);
}

TEST(Tar, is_the_same_in_whatever_order_the_files_come) {
  const std::vector<NewFile> other(files.rbegin(), files.rend());
  EXPECT_EQ(make_tar(files, 0), make_tar(other, 0));
  EXPECT_EQ(gzip(make_tar(files, 0)), gzip(make_tar(other, 0)));
}

TEST(Tar, gives_back_every_byte) {
  std::vector<NewFile> given = files;
  for (int byte = 0; byte < 256; ++byte) given[1].text += static_cast<char>(byte);
  const TemporaryDirectory place;
  std::ofstream(place / "a.tar.gz") << gzip(make_tar(given, some_time));
  ASSERT_TRUE(run({.argv = {"tar", "-xzf", (place / "a.tar.gz").string(), "-C", place.path().string()}}).ok());
  for (const NewFile& file : given) EXPECT_EQ(read_file(place / file.path), file.text) << file.path;
}

TEST(Tar, holds_long_paths_as_far_as_the_format_goes) {
  const std::string folder(60, 'd');
  struct Row { std::string path; bool fits; };
  const Row table[] = {
      {std::string(100, 'f'), true},
      {std::string(101, 'f'), false},
      {folder + "/" + std::string(100, 'f'), true},
      {folder + "/" + std::string(101, 'f'), false},
      {folder + "/" + folder + "/" + std::string(100, 'f'), true},
      {folder + "/" + folder + "/" + folder + "/" + std::string(39, 'f'), true},
      {folder + "/" + folder + "/" + folder + "/" + std::string(100, 'f'), false},
      {std::string(99, 'd') + "/f", true},
      {std::string(100, 'd') + "/f", false},   // the folder by itself has 101 bytes with its slash
  };
  for (const Row& row : table) {
    SCOPED_TRACE(row.path);
    const std::vector<NewFile> one = {{row.path, "text", NewFileKind::data}};
    if (row.fits) EXPECT_NE(list(make_tar(one, 0), "-tf").find(row.path + "\n"), std::string::npos);
    else EXPECT_THROW(make_tar(one, 0), Error);
  }
}

TEST(Tar, holds_the_latest_time) {
  EXPECT_NE(list(make_tar(files, latest_tar_time), "-tvf").find("2242-03-16"), std::string::npos);
}

TEST(Gzip, says_neither_time_nor_system) {
  const std::string file = gzip("text");
  EXPECT_EQ(file.substr(0, 10), std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10));
}

TEST(Gzip, of_nothing_is_read_too) {
  const TemporaryDirectory place;
  std::ofstream(place / "a.gz") << gzip("");
  const Finished finished = run({.argv = {"gzip", "-dc", (place / "a.gz").string()}});
  EXPECT_TRUE(finished.ok()) << finished.err;
  EXPECT_EQ(finished.out, "");
}

}  // namespace
}  // namespace cairn::test
