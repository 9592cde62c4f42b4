#include "bundle/tar.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>

namespace cairn {

namespace {

constexpr std::size_t block = 512;

/// As POSIX lays it out; numbers are octal digits with a NUL behind them.
struct TarHeader {
  char name[100];
  char mode[8];
  char user[8];
  char group[8];
  char size[12];
  char time[12];
  char checksum[8];
  char type;
  char link[100];
  char magic[6];
  char version[2];
  char user_name[32];
  char group_name[32];
  char device_major[8];
  char device_minor[8];
  char prefix[155];
  char filling[12];
};
static_assert(sizeof(TarHeader) == block);

template <std::size_t Size>
void put(char (&field)[Size], std::string_view text) {
  std::copy(text.begin(), text.end(), field);   // memcpy may not be given the null of an empty text
}

template <std::size_t Size>
void put_number(char (&field)[Size], std::uint64_t number) {
  put(field, fmt::format("{:0{}o}", number, Size - 1));
}

/// A path longer than the field for it is cut at a slash, and its beginning goes into the prefix.
struct SplitPath {
  std::string_view prefix;
  std::string_view name;
};

std::optional<SplitPath> split_path(std::string_view path) {
  if (path.size() <= sizeof(TarHeader::name)) return SplitPath{{}, path};
  // The last byte may be the slash of a folder, which no cut may take away.
  const std::size_t cut = path.rfind('/', std::min(path.size() - 2, sizeof(TarHeader::prefix)));
  if (cut == path.npos || path.size() - cut - 1 > sizeof(TarHeader::name)) return std::nullopt;
  return SplitPath{path.substr(0, cut), path.substr(cut + 1)};
}

SplitPath require_split(std::string_view path) {
  if (const auto split = split_path(path)) return *split;
  throw Error(Category::configuration, fmt::format("the path is too long for an archive: {}", path))
      .hint("Give the file or its folders shorter names, or make the bundle as a folder.");
}

/// All bytes added up, with blanks in the place of the sum.
std::uint64_t checksum_of(TarHeader header) {
  std::memset(header.checksum, ' ', sizeof header.checksum);
  std::uint64_t sum = 0;
  for (const char byte : std::string_view(reinterpret_cast<const char*>(&header), sizeof header)) sum += static_cast<unsigned char>(byte);
  return sum;
}

struct TarEntry {
  std::uint64_t mode = 0755;
  char type = '5';
  std::string_view bytes = {};
};

TarHeader make_header(std::string_view path, const TarEntry& entry, std::int64_t time) {
  TarHeader header{};
  const SplitPath split = require_split(path);
  put(header.name, split.name);
  put(header.prefix, split.prefix);
  put_number(header.mode, entry.mode);
  put_number(header.user, 0);
  put_number(header.group, 0);
  put_number(header.size, entry.bytes.size());
  put_number(header.time, static_cast<std::uint64_t>(time));
  header.type = entry.type;
  put(header.magic, std::string_view("ustar", 6));
  put(header.version, "00");
  put_number(header.device_major, 0);
  put_number(header.device_minor, 0);
  put(header.checksum, fmt::format("{:06o}", checksum_of(header)) + std::string(1, '\0') + " ");
  return header;
}

/// Folders too, by their names with a slash at the end; the order of the map puts each before what is in it.
std::map<std::string, TarEntry> entries_of(std::span<const NewFile> files) {
  std::map<std::string, TarEntry> entries;
  for (const NewFile& file : files) {
    for (std::size_t slash = file.path.find('/'); slash != file.path.npos; slash = file.path.find('/', slash + 1))
      entries.try_emplace(file.path.substr(0, slash + 1));
    entries[file.path] = {.mode = file.kind == NewFileKind::program ? 0755U : 0644U, .type = '0', .bytes = file.text};
  }
  return entries;
}

void fill_block(std::string& archive) { archive.append((block - archive.size() % block) % block, '\0'); }

}  // namespace

std::string make_tar(std::span<const NewFile> files, std::int64_t time) {
  if (time < 0 || time > latest_tar_time)
    throw Error(Category::configuration, fmt::format("an archive cannot hold the time {}", time))
        .hint("Set SOURCE_DATE_EPOCH to a time before the year 2242, or unset it.");
  std::string archive;
  for (const auto& [path, entry] : entries_of(files)) {
    const TarHeader header = make_header(path, entry, time);
    archive.append(reinterpret_cast<const char*>(&header), sizeof header);
    archive.append(entry.bytes);
    fill_block(archive);
  }
  return archive.append(2 * block, '\0');
}

}  // namespace cairn
