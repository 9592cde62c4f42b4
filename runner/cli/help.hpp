#pragma once

#include "cli/command_table.hpp"

#include <string>

namespace cairn {

/// Help of the program (null) or of one command.
std::string help_text(const CommandRow* command);

/// docs/cli.md and docs/exit-codes.md, printed from the tables.
std::string command_document();
std::string exit_code_document();

/// The part of docs/configuration.md that tells of each key.
std::string configuration_document();

}  // namespace cairn
