#pragma once

#include "commands/commands.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace cairn {

/// What a second use of an option does: replace the first, or add to it.
enum class Repeated { replaces, adds };

/// An option as help, parser and documents show it.
struct OptionRow {
  std::string_view name;         ///< without the dashes
  std::string_view letter;       ///< empty: none
  std::string_view value;        ///< placeholder of its value; empty: a flag
  std::string_view summary;
  std::string_view choices = {}; ///< the values there are, with blanks between; empty: any
  Repeated repeated = Repeated::replaces;   ///< values that add up are handed on with commas between them
};

/// How many arguments a command takes.
struct Arity {
  std::size_t least = 0;
  std::size_t most = 0;
};

constexpr std::size_t any_number = static_cast<std::size_t>(-1);

/// How much of the world a command touches; told in its help.
enum class Needs { nothing, sources, plugins, code, server, database, lock };

struct CommandRow {
  std::string_view name;
  std::string_view arguments;    ///< as shown: "TARGET"
  Arity arity;
  std::string_view example;      ///< a whole command line
  std::string_view summary;      ///< one line
  std::string_view details;      ///< further lines of its help; may be empty
  Needs needs;
  Answer (*function)(const Invocation&);
  std::vector<OptionRow> options;
  std::string_view choices = {}; ///< what its first argument can be, with blanks between; empty: anything
};

/// The one place where commands are named: help, suggestions, completion, man pages and docs/cli.md come from it.
std::span<const CommandRow> command_table();
const CommandRow* find_command(std::string_view name);

/// Options that every command takes.
std::span<const OptionRow> common_options();

}  // namespace cairn
