#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// What a program of PATH writes to its standard output, without a shell: its input and its errors are /dev/null. Nothing
/// when it cannot be run, does not end well, writes more than 64 KiB or takes longer than that.
std::optional<std::string> read_program_output(const std::vector<std::string>& words, std::chrono::milliseconds patience);

}  // namespace cairn
