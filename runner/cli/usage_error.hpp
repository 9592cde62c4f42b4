#pragma once

#include "base/error.hpp"
#include "cli/command_table.hpp"

#include <string>
#include <vector>

namespace cairn {

// What is wrong with the words of a command line, each with the nearest thing that works.

Error unknown_command(const std::string& word);

/// `option` as it was written: "--jsn" or "-z".
Error unknown_option(const CommandRow* command, const std::string& option);
Error value_missing(const CommandRow* command, const std::string& option);
Error value_not_taken(const CommandRow* command, const std::string& option);

/// Throws Error (usage) when there are only certain words to choose from, and this is none of them.
/// `what`: "--format", or "cairn db" for its argument.
void require_choice(std::string_view what, std::string_view choices, const std::string& word);

/// Throws Error (usage) for too few or too many arguments.
void require_arguments(const CommandRow& command, const std::vector<std::string>& arguments);

/// The options a command takes, its own ones last; without a command the common ones.
std::vector<OptionRow> options_of(const CommandRow* command);

/// "cairn upgrade"; without a command "cairn".
std::string program_of(const CommandRow* command);

/// "cairn upgrade TARGET".
std::string usage_of(const CommandRow& command);

}  // namespace cairn
