#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cairn {

/// The programs of one PostgreSQL installation.
struct ServerBinaries {
  std::filesystem::path directory;
  int major = 0;
  std::string version;   ///< as "postgres --version" prints it, packager's suffix included

  std::string program(std::string_view name) const { return (directory / name).string(); }
};

/// Where to look. The defaults are this machine; tests name other places.
struct BinarySearch {
  std::optional<std::filesystem::path> named;   ///< when set, nothing else is tried
  std::string path;                             ///< as $PATH
  std::filesystem::path versions = "/usr/lib/postgresql";
  std::optional<int> major;                     ///< only this version will do: data was made by it
};

/// $CAIRN_PG_BINDIR, when set, and $PATH.
BinarySearch make_binary_search();

/// The named directory; else the first of: PATH, "pg_config --bindir", the newest versioned Debian directory.
/// Throws Error (configuration) when there is none or none of a supported version (13 or newer).
ServerBinaries find_server_binaries(const BinarySearch& search);

/// The major version in what "postgres --version" prints: 15 for "postgres (PostgreSQL) 15.20 (Debian ...)",
/// 17 for "17beta1"; nothing for other text.
std::optional<int> parse_major_version(std::string_view printed);

}  // namespace cairn
