#pragma once

#include "commands/invocation.hpp"

#include <string>

namespace cairn {

/// The command "completion": prints the script for a shell.
Answer completion(const Invocation& invocation);

/// For bash; from the command table. It asks "cairn --complete revisions" for ids and labels.
std::string bash_completion();

}  // namespace cairn
