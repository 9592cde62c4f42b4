#pragma once

#include "cli/command_table.hpp"
#include "config/settings.hpp"

#include <map>
#include <string>
#include <vector>

namespace cairn {

/// The words of a command line, sorted out; nothing is looked up yet.
struct CommandLine {
  const CommandRow* command = nullptr;   ///< null: only help was asked for
  std::vector<std::string> arguments;
  std::map<std::string, std::string, std::less<>> options;
  CommandLineSettings settings;
  bool help = false;
  bool json = false;
  bool verbose = false;
  bool quiet = false;
};

/// Throws Error (usage) with a suggestion for misspelt commands and options.
CommandLine parse_command_line(const std::vector<std::string>& words);

}  // namespace cairn
