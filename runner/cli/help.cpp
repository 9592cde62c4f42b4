#include "cli/help.hpp"

#include "base/exit_code.hpp"
#include "cli/usage_error.hpp"
#include "report/format.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

namespace cairn {

namespace {

std::string spelling(const OptionRow& row) {
  return fmt::format("{}--{}{}", row.letter.empty() ? "    " : fmt::format("-{}, ", row.letter), row.name,
                     row.value.empty() ? "" : fmt::format(" {}", row.value));
}

std::string option_lines(std::span<const OptionRow> options) {
  std::string text;
  for (const OptionRow& row : options) text += fmt::format("  {}  {}\n", padded(spelling(row), 32), row.summary);
  return text;
}

std::string table_row(const OptionRow& row) {
  return fmt::format("| `{}--{}{}` | {} |\n", row.letter.empty() ? "" : fmt::format("-{}, ", row.letter), row.name,
                     row.value.empty() ? "" : fmt::format(" {}", row.value), row.summary);
}

std::string option_table(std::span<const OptionRow> options) {
  std::string text = "| option | meaning |\n|---|---|\n";
  for (const OptionRow& row : options) text += table_row(row);
  return text;
}

std::size_t longest_name() {
  std::size_t longest = 0;
  for (const CommandRow& row : command_table()) longest = std::max(longest, row.name.size());
  return longest;
}

}  // namespace

std::string sentence(std::string_view summary) {
  std::string text = fmt::format("{}.", summary);
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string_view needs_text(Needs needs) {
  switch (needs) {
    case Needs::nothing: return "Contacts nothing.";
    case Needs::sources: return "Reads the plugins' notes and the sources of revisions, and makes files; contacts no database.";
    case Needs::plugins: return "Reads the plugins' notes; contacts no database unless it has to, and runs no code of theirs.";
    case Needs::code: return "Runs code of C++ revisions, in the worker; contacts no database unless it has to.";
    case Needs::database: return "Reads the database; changes nothing in it.";
    case Needs::server: return "Reads no plugins.";
    case Needs::lock: return "Changes the database; one runner at a time.";
  }
  return "";
}

std::string help_text(const CommandRow* command) {
  if (command != nullptr) {
    std::string text = fmt::format("usage: {} [options]\n\n{}\n", usage_of(*command), sentence(command->summary));
    if (!command->details.empty()) text += fmt::format("\n{}\n", command->details);
    text += fmt::format("\n{}\n\nexample:\n  {}\n", needs_text(command->needs), command->example);
    if (!command->options.empty()) text += "\noptions:\n" + option_lines(command->options);
    return text + "\ncommon options:\n" + option_lines(common_options());
  }
  std::string text = "usage: cairn COMMAND [options]\n\nPostgreSQL migrations whose revisions are plugins.\n\ncommands:\n";
  for (const CommandRow& row : command_table()) text += fmt::format("  {}  {}\n", padded(row.name, longest_name()), row.summary);
  return text + "\ncommon options:\n" + option_lines(common_options()) + "\n\"cairn COMMAND --help\" tells more.\n";
}

std::string command_document() {
  std::string text =
      "# Commands\n\nPrinted from the program's own table by `cairn --document cli`; a test fails when this page is stale.\n"
      "\n## Options of every command\n\n" + option_table(common_options());
  for (const CommandRow& row : command_table()) {
    text += fmt::format("\n## {}\n\n    {}\n\n{}\n", row.name, usage_of(row), sentence(row.summary));
    if (!row.details.empty()) text += fmt::format("\n{}\n", row.details);
    text += fmt::format("\n{} Example: `{}`\n", needs_text(row.needs), row.example);
    if (!row.options.empty()) text += "\n" + option_table(row.options);
  }
  return text;
}

std::string command_list() {
  std::string text;
  for (const CommandRow& row : command_table()) text += fmt::format("{}\n", row.name);
  return text;
}

std::string exit_code_document() {
  std::string text =
      "# Exit codes\n\nPrinted from the program's own table by `cairn --document exit-codes`; a test fails when this page is "
      "stale.\n\n| code | name | meaning |\n|---|---|---|\n";
  for (const ExitCode& row : exit_codes()) text += fmt::format("| {} | {} | {} |\n", row.code, row.name, row.meaning);
  return text;
}

}  // namespace cairn
