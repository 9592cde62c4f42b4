// A value of -x may hold commas: it is one value.
#define CXXOPTS_VECTOR_DELIMITER '\0'
#include <cxxopts.hpp>

#include "cli/command_line.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

namespace cairn {

namespace {

/// Stands before "-1" while cxxopts looks at it, which would take it for an option.
constexpr char relative_mark = '\x1f';

bool is_relative(const std::string& word) {
  return word.size() > 1 && (word[0] == '-' || word[0] == '+') &&
         std::all_of(word.begin() + 1, word.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::vector<OptionRow> options_of(const CommandRow* command) {
  std::vector<OptionRow> all(common_options().begin(), common_options().end());
  if (command != nullptr) all.insert(all.end(), command->options.begin(), command->options.end());
  return all;
}

/// True when the word is an option whose value is the next word.
bool takes_next(const std::string& word) {
  for (const OptionRow& row : common_options())
    if (!row.value.empty() && (word == fmt::format("--{}", row.name) || (!row.letter.empty() && word == fmt::format("-{}", row.letter))))
      return true;
  return false;
}

[[noreturn]] void unknown_command(const std::string& word) {
  std::vector<std::string> names;
  for (const CommandRow& row : command_table()) names.emplace_back(row.name);
  Error error(Category::usage, fmt::format("there is no command \"{}\"", word));
  const auto near = nearest_word(word, names);
  error.hint(near ? fmt::format("Did you mean \"cairn {}\"?", *near) : fmt::format("Commands: {}.", join(names, ", ")));
  throw error;
}

/// The first word that is neither an option nor an option's value.
const CommandRow* find_command_word(std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (takes_next(words[i])) {
      ++i;
      continue;
    }
    if (words[i].starts_with('-')) continue;
    const CommandRow* command = find_command(words[i]);
    if (command == nullptr && words[i] != "help") unknown_command(words[i]);
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
    if (command != nullptr) return command;
    words.emplace_back("--help");   // "help" and "help COMMAND"
    --i;
  }
  return nullptr;
}

cxxopts::Options make_parser(const CommandRow* command) {
  cxxopts::Options parser("cairn");
  auto add = parser.add_options();
  for (const OptionRow& row : options_of(command)) {
    const std::string name = row.letter.empty() ? std::string(row.name) : fmt::format("{},{}", row.letter, row.name);
    if (row.value.empty()) add(name, "", cxxopts::value<bool>());
    else add(name, "", cxxopts::value<std::vector<std::string>>());
  }
  add("arguments", "", cxxopts::value<std::vector<std::string>>());
  parser.parse_positional("arguments");
  return parser;
}

/// cxxopts quotes options its own way; ours names the nearest known one.
Error usage_error(const CommandRow* command, const std::string& what, const std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (const OptionRow& row : options_of(command)) names.push_back(fmt::format("--{}", row.name));
  const std::string name = command == nullptr ? "cairn" : fmt::format("cairn {}", command->name);
  for (const std::string& word : words) {
    const std::string option = word.substr(0, word.find('='));
    if (!option.starts_with("--") || option.size() == 2 || std::find(names.begin(), names.end(), option) != names.end()) continue;
    Error error(Category::usage, fmt::format("{} has no option {}", name, option));
    const auto near = nearest_word(option, names);
    return error.hint(near ? fmt::format("Did you mean {}?", *near) : fmt::format("\"{} --help\" lists its options.", name));
  }
  std::string text = what;
  for (const std::string_view quote : {"‘", "’"})
    for (std::size_t at = text.find(quote); at != text.npos; at = text.find(quote)) text.replace(at, quote.size(), "\"");
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return Error(Category::usage, text).hint(fmt::format("\"{} --help\" lists its options.", name));
}

std::optional<std::string> last_of(const cxxopts::ParseResult& parsed, const std::string& name) {
  return parsed.count(name) == 0 ? std::nullopt : std::optional(parsed[name].as<std::vector<std::string>>().back());
}

std::vector<std::string> all_of(const cxxopts::ParseResult& parsed, const std::string& name) {
  return parsed.count(name) == 0 ? std::vector<std::string>{} : parsed[name].as<std::vector<std::string>>();
}

CommandLine sort_out(const cxxopts::ParseResult& parsed, const CommandRow* command) {
  CommandLine line{.command = command, .arguments = all_of(parsed, "arguments"), .options = {}, .settings = {}};
  for (std::string& argument : line.arguments)
    if (argument.starts_with(relative_mark)) argument.erase(0, 1);
  if (command != nullptr)
    for (const OptionRow& row : command->options) {
      const std::string name(row.name);
      if (parsed.count(name) == 0) continue;
      line.options[name] = row.value.empty() ? "true" : *last_of(parsed, name);
    }
  line.settings = {.config = last_of(parsed, "config"), .database = last_of(parsed, "database"),
                   .plugins = all_of(parsed, "plugins"), .variables = all_of(parsed, "variable"),
                   .isolation = last_of(parsed, "isolation"), .lock_wait = last_of(parsed, "lock-wait"),
                   .step_timeout = last_of(parsed, "step-timeout")};
  line.help = parsed.count("help") > 0;
  line.json = parsed.count("json") > 0;
  line.verbose = parsed.count("verbose") > 0;
  line.quiet = parsed.count("quiet") > 0;
  return line;
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& words) {
  std::vector<std::string> rest = words;
  for (std::string& word : rest)
    if (word == "--version") word = "version";
  const CommandRow* command = find_command_word(rest);
  for (std::string& word : rest)
    if (is_relative(word)) word.insert(0, 1, relative_mark);
  std::vector<const char*> argv{"cairn"};
  for (const std::string& word : rest) argv.push_back(word.c_str());
  try {
    return sort_out(make_parser(command).parse(static_cast<int>(argv.size()), argv.data()), command);
  } catch (const cxxopts::exceptions::exception& error) {
    throw usage_error(command, error.what(), rest);
  }
}

}  // namespace cairn
