#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cairn::test {

/// A SQL revision as a plugin file says it. Flags are those of cairn/abi.h; CAIRN_FLAG_SQL is always set,
/// irreversible follows from a missing down and verify from a present one.
struct SqlPlugin {
  std::string id = {};
  std::vector<std::string> down_revisions = {};
  std::vector<std::string> depends_on = {};
  std::vector<std::string> labels = {};
  std::string message = {};
  std::string up = {};
  std::optional<std::string> down = {};
  std::optional<std::string> verify = {};
  std::uint32_t flags = 0;
  std::string author = {};
  std::string date = {};
  std::string phase = {};
  std::uint32_t min_server_version = 0;
  std::string up_file = {};   ///< empty: "<id>/up.sql"
  std::vector<std::string> accepts = {};   ///< "rule: reason"
  std::string source_digest = {};   ///< 32 bytes, or empty: it does not say
};

/// The bytes of a shared library without code: ELF header, one PT_NOTE segment and the notes. A SQL
/// revision is executed from its notes and never loaded, so this is all it needs; thousands are made at once.
std::string sql_plugin_bytes(const SqlPlugin& plugin);

/// Writes them; throws std::runtime_error when the file cannot be written.
void write_sql_plugin(const std::filesystem::path& path, const SqlPlugin& plugin);

/// Writes a linear history "00000001" … of one table and one index each into the directory, one file per
/// revision, and gives the ids in order.
std::vector<std::string> write_sql_history(const std::filesystem::path& directory, std::size_t revisions);

/// The n-th revision of that history, from 1.
SqlPlugin history_revision(std::size_t number);

}  // namespace cairn::test
