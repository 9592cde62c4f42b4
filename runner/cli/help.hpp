#pragma once

#include "cli/command_table.hpp"

#include <string>
#include <string_view>

namespace cairn {

/// Help of the program (null) or of one command.
std::string help_text(const CommandRow* command);

/// A summary as a sentence.
std::string sentence(std::string_view summary);

/// What a command touches, as a sentence.
std::string_view needs_text(Needs needs);

/// The names of all commands, one on each line.
std::string command_list();

/// docs/cli.md and docs/exit-codes.md, printed from the tables.
std::string command_document();
std::string exit_code_document();

/// The part of docs/configuration.md that tells of each key.
std::string configuration_document();

}  // namespace cairn
