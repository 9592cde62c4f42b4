#pragma once

#include "base/error.hpp"
#include "base/text.hpp"
#include "config/settings.hpp"
#include "report/format.hpp"
#include "seam/observer.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// A command line, understood: what a command gets.
struct Invocation {
  std::string command;
  std::vector<std::string> arguments;
  std::map<std::string, std::string, std::less<>> options;   ///< of this command; flags have the value "true"
  Settings settings;
  Format format;
  std::filesystem::path runner;                              ///< folder of the running program
  Observer* observer = nullptr;
  bool watch = false;                                        ///< show what the server is at, from a second connection

  bool has(std::string_view option) const { return options.contains(option); }
  std::string option(std::string_view name, std::string otherwise = "") const {
    const auto found = options.find(name);
    return found == options.end() ? otherwise : found->second;
  }
  /// The values of an option that adds up.
  std::vector<std::string> list(std::string_view name) const { return split(option(name), ','); }
};

/// What a command has to say: results for stdout, and an error when it ended in one. Printing, exit codes and
/// running other programs are left to the caller.
struct Answer {
  std::string out;
  std::optional<Error> error;
  std::vector<std::string> exec;   ///< a program to become (psql, tail), after printing

  Answer() = default;
  explicit Answer(std::string text) : out(std::move(text)) {}
};

}  // namespace cairn
