// A value of -x may hold commas: it is one value.
#define CXXOPTS_VECTOR_DELIMITER '\0'
// Its regular expressions would be compiled before main(), in every run.
#define CXXOPTS_NO_REGEX
#include <cxxopts.hpp>

#include "cli/command_line.hpp"

#include "base/text.hpp"
#include "cli/usage_error.hpp"
#include "config/key.hpp"

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

bool names_option(const OptionRow& row, const std::string& word) {
  return word == fmt::format("--{}", row.name) || (!row.letter.empty() && word == fmt::format("-{}", row.letter));
}

/// True when the word is an option, of whatever command, whose value is the next word.
bool takes_next(const std::string& word) {
  const auto names = [&](const OptionRow& row) { return !row.value.empty() && names_option(row, word); };
  if (std::any_of(common_options().begin(), common_options().end(), names)) return true;
  return std::any_of(command_table().begin(), command_table().end(), [&](const CommandRow& command) {
    return std::any_of(command.options.begin(), command.options.end(), names);
  });
}

/// The first word that is neither an option nor an option's value, taken out of the words. "help" asks for the
/// help of what follows; "--version" is what people type.
const CommandRow* take_command(std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (takes_next(words[i])) {
      ++i;
      continue;
    }
    const std::string word = words[i] == "--version" ? "version" : words[i];
    if (word.starts_with('-')) continue;
    const CommandRow* command = find_command(word);
    if (command == nullptr && word != "help") throw unknown_command(word);
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
    if (command != nullptr) return command;
    words.insert(words.begin(), "--help");
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

/// What cxxopts quotes in its message: an option's name, without its dashes.
std::string quoted_in(const std::string& text) {
  constexpr std::string_view open = "‘";
  constexpr std::string_view close = "’";
  const std::size_t begin = text.find(open);
  if (begin == text.npos) return text;
  return text.substr(begin + open.size(), text.find(close, begin) - begin - open.size());
}

std::string dashed(const std::string& name) { return (name.size() == 1 ? "-" : "--") + name; }

/// cxxopts would take "--json=no" for a yes.
void refuse_values_of_flags(const CommandRow* command, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "--") return;
    const std::string option = word.substr(0, word.find('='));
    if (!option.starts_with("--") || option == word) continue;
    for (const OptionRow& row : options_of(command))
      if (row.value.empty() && names_option(row, option)) throw value_not_taken(command, option);
  }
}

cxxopts::ParseResult parse_words(const CommandRow* command, const std::vector<std::string>& words) {
  namespace wrong = cxxopts::exceptions;
  refuse_values_of_flags(command, words);
  std::vector<const char*> argv{"cairn"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  try {
    return make_parser(command).parse(static_cast<int>(argv.size()), argv.data());
  } catch (const wrong::no_such_option& error) {
    throw unknown_option(command, dashed(quoted_in(error.what())));
  } catch (const wrong::missing_argument& error) {
    throw value_missing(command, dashed(quoted_in(error.what())));
  } catch (const wrong::option_requires_argument& error) {
    throw value_missing(command, dashed(quoted_in(error.what())));
  } catch (const wrong::exception& error) {
    throw unknown_option(command, quoted_in(error.what()));
  }
}

std::string unmarked(std::string word) {
  if (word.starts_with(relative_mark)) word.erase(0, 1);
  return word;
}

std::vector<std::string> all_of(const cxxopts::ParseResult& parsed, const std::string& name) {
  std::vector<std::string> values;
  if (parsed.count(name) > 0)
    for (const std::string& value : parsed[name].as<std::vector<std::string>>()) values.push_back(unmarked(value));
  return values;
}

/// What a flag that takes no value sets its key to.
std::vector<std::string> values_for(const ConfigKey& key, const cxxopts::ParseResult& parsed) {
  const std::string name(key.flag);
  if (key.placeholder.empty()) return parsed.count(name) > 0 ? std::vector<std::string>{"true"} : std::vector<std::string>{};
  return all_of(parsed, name);
}

bool is_option_of(const CommandRow* command, std::string_view name) {
  const std::vector<OptionRow> options = options_of(command);
  return std::any_of(options.begin(), options.end(), [&](const OptionRow& row) { return row.name == name; });
}

std::string value_of(const cxxopts::ParseResult& parsed, const OptionRow& row) {
  const std::vector<std::string> values = all_of(parsed, std::string(row.name));
  return row.repeated == Repeated::adds ? join(values, ",") : values.back();
}

CommandLine sort_out(const cxxopts::ParseResult& parsed, const CommandRow* command) {
  CommandLine line{.command = command, .arguments = all_of(parsed, "arguments"), .options = {}, .settings = {}};
  if (command != nullptr)
    for (const OptionRow& row : command->options) {
      const std::string name(row.name);
      if (parsed.count(name) == 0) continue;
      line.options[name] = row.value.empty() ? "true" : value_of(parsed, row);
      if (!row.value.empty()) require_choice("--" + name, row.choices, line.options[name]);
    }
  for (const ConfigKey& key : config_keys())
    if (!key.flag.empty() && is_option_of(command, key.flag)) line.settings.flags[std::string(key.flag)] = values_for(key, parsed);
  line.help = parsed.count("help") > 0;
  line.json = parsed.count("json") > 0;
  line.verbose = parsed.count("verbose") > 0;
  line.quiet = parsed.count("quiet") > 0;
  return line;
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& words) {
  std::vector<std::string> rest = words;
  const CommandRow* command = take_command(rest);
  for (std::string& word : rest)
    if (is_relative(word)) word.insert(0, 1, relative_mark);
  CommandLine line = sort_out(parse_words(command, rest), command);
  if (command == nullptr || line.help) return line;
  require_arguments(*command, line.arguments);
  if (!line.arguments.empty()) require_choice(program_of(command), command->choices, line.arguments.front());
  return line;
}

}  // namespace cairn
