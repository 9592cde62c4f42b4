#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// What a program of PATH writes to its standard output, without a shell: its input and its errors are /dev/null. Nothing
/// when it cannot be run, does not end well, writes more or takes longer than that.
std::optional<std::string> read_program_output(const std::vector<std::string>& words, std::chrono::milliseconds patience,
                                               std::size_t most_output = 65536);

}  // namespace cairn
