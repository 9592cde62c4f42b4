#pragma once

#include "cli/command_table.hpp"

#include <string>

namespace cairn {

/// The manual page of the program (null) or of one command, for man. Nothing in it depends on when it is printed.
std::string manual_page(const CommandRow* command);

}  // namespace cairn
