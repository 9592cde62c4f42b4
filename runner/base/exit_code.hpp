#pragma once

#include <span>
#include <string_view>

namespace cairn {

/// What went wrong, as far as a caller can act on it. The category alone decides the exit code.
enum class Category {
  none,
  check,
  usage,
  configuration,
  plugin,
  graph,
  connection,
  lock,
  history,
  revision,
  unfinished,
  output,
  internal,
  interrupted,
};

struct ExitCode {
  Category category;
  int code;
  std::string_view name;
  std::string_view meaning;
};

/// The whole table, in order of the codes; docs/exit-codes.md is printed from it.
std::span<const ExitCode> exit_codes();

const ExitCode& exit_code(Category category);

}  // namespace cairn
