#include "cli/usage_error.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <sstream>

namespace cairn {

namespace {

std::optional<OptionRow> find_option(const CommandRow* command, const std::string& option) {
  for (const OptionRow& row : options_of(command))
    if (option == fmt::format("--{}", row.name) || option == fmt::format("-{}", row.letter)) return row;
  return std::nullopt;
}

/// A beginning is a better guess than a word that differs in a letter.
std::optional<std::string> find_meant(const std::string& word, const std::vector<std::string>& names) {
  const auto begun = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
    return !word.empty() && word != "--" && name.starts_with(word);
  });
  return begun != names.end() ? std::optional(*begun) : nearest_word(word, names);
}

std::string quoted(const std::vector<std::string>& words) {
  std::vector<std::string> shown;
  for (const std::string& word : words) shown.push_back(fmt::format("\"{}\"", printable(word, 100)));
  return join(shown, ", ");
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  std::istringstream stream{std::string(text)};
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string count_text(const CommandRow& command) {
  if (command.arity.most == 0) return "no arguments";
  return fmt::format("one {}", command.arguments);
}

}  // namespace

std::vector<OptionRow> options_of(const CommandRow* command) {
  std::vector<OptionRow> all(common_options().begin(), common_options().end());
  if (command != nullptr) all.insert(all.end(), command->options.begin(), command->options.end());
  return all;
}

std::string program_of(const CommandRow* command) {
  return command == nullptr ? "cairn" : fmt::format("cairn {}", command->name);
}

std::string usage_of(const CommandRow& command) {
  return fmt::format("cairn {}{}{}", command.name, command.arguments.empty() ? "" : " ", command.arguments);
}

Error unknown_command(const std::string& word) {
  std::vector<std::string> names;
  for (const CommandRow& row : command_table()) names.emplace_back(row.name);
  const auto meant = find_meant(word, names);
  return Error(Category::usage, fmt::format("there is no command \"{}\"", printable(word, 100)))
      .hint(meant ? fmt::format("Did you mean \"cairn {}\"?", *meant) : fmt::format("Commands: {}.", join(names, ", ")));
}

Error unknown_option(const CommandRow* command, const std::string& option) {
  std::vector<std::string> names;
  for (const OptionRow& row : options_of(command)) names.push_back(fmt::format("--{}", row.name));
  const auto meant = option.starts_with("--") ? find_meant(option, names) : std::nullopt;
  return Error(Category::usage, fmt::format("{} has no option {}", program_of(command), printable(option, 100)))
      .hint(meant ? fmt::format("Did you mean {}?", *meant)
                  : fmt::format("\"{} --help\" lists its options.", program_of(command)));
}

Error value_missing(const CommandRow* command, const std::string& option) {
  const auto row = find_option(command, option);
  return Error(Category::usage, fmt::format("{} needs a value", option))
      .hint(fmt::format("Write \"{} {}\": {}.", option, row ? row->value : "VALUE", row ? row->summary : "its value"));
}

Error value_not_taken(const CommandRow* command, const std::string& option) {
  return Error(Category::usage, fmt::format("{} takes no value", option))
      .hint(fmt::format("Write \"{}\" alone; \"{} --help\" lists the options.", option, program_of(command)));
}

void require_choice(std::string_view what, std::string_view choices, const std::string& word) {
  const std::vector<std::string> words = split_words(choices);
  if (words.empty() || std::find(words.begin(), words.end(), word) != words.end()) return;
  const auto meant = find_meant(word, words);
  throw Error(Category::usage, fmt::format("{} takes {}, not \"{}\"", what, join(words, ", "), printable(word, 100)))
      .hint(meant ? fmt::format("Did you mean \"{} {}\"?", what, *meant) : fmt::format("For example: \"{} {}\".", what, words.front()));
}

void require_arguments(const CommandRow& command, const std::vector<std::string>& arguments) {
  if (arguments.size() < command.arity.least)
    throw Error(Category::usage, fmt::format("{} needs {}{}", command.name,
                                             command.arity.most == 1                     ? "a "
                                             : command.arity.least == command.arity.most ? ""
                                                                                         : "at least one ",
                                             command.arguments.substr(0, command.arguments.find("..."))))
        .hint(fmt::format("For example: \"{}\".", command.example));
  if (arguments.size() > command.arity.most)
    throw Error(Category::usage, fmt::format("{} takes {}, not {}", command.name, count_text(command), quoted(arguments)))
        .hint(fmt::format("For example: \"{}\".", command.example));
}

}  // namespace cairn
