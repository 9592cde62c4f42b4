#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cairn::bench {

struct Options {
  std::filesystem::path cairn;                   ///< empty: only the floor is measured
  std::filesystem::path floor;
  std::size_t revisions = 1000;
  int runs = 5;
  int start_runs = 15;                           ///< of the short commands, per run
  std::vector<int> round_trips_ms = {0, 5};
};

/// From the command line; `self` is where this program is, beside cairn and cairn-floor.
/// Throws std::runtime_error with the usage.
Options parse_options(const std::vector<std::string>& arguments, const std::filesystem::path& self);

/// The bench's only knowledge of cairn's command line.
struct CairnCommand {
  std::filesystem::path program;
  std::string database;
  std::filesystem::path plugins;

  std::vector<std::string> upgrade() const { return with({"upgrade", "heads"}); }
  std::vector<std::string> downgrade() const { return with({"downgrade", "base"}); }
  std::vector<std::string> current() const { return with({"current"}); }

 private:
  std::vector<std::string> with(const std::vector<std::string>& words) const {
    std::vector<std::string> argv = {program.string(), "--database", database, "--plugins", plugins.string()};
    argv.insert(argv.end(), words.begin(), words.end());
    return argv;
  }
};

}  // namespace cairn::bench
