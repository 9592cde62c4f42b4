#include "cli/completion.hpp"

#include "base/text.hpp"
#include "cli/command_table.hpp"
#include "report/text_report.hpp"

#include <fmt/core.h>

#include <sstream>

namespace cairn {

namespace {

/// What the script does with words of the command line: the same for every table.
constexpr std::string_view machinery = R"bash(
# Bash cuts words at ":", "@" and "=" too; these are whole again.
_cairn_words() {
  local line=$COMP_LINE word i
  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ ${#words[@]} -gt 0 && $line != [[:blank:]]* ]]; then words[${#words[@]}-1]+=$word; else words+=("$word"); fi
    line=${line#"${line%%[![:blank:]]*}"}
    line=${line#"$word"}
  done
}

# As the shell would hand it on, for reading; nothing in it is evaluated.
_cairn_unquoted() {
  unquoted=${1//[\"\'\\]/}
  if [[ $unquoted == '~/'* ]]; then unquoted=$HOME${unquoted:1}; fi
}

# Offers those of the words that begin as the current one does. Bash wants only what follows the place where it cuts,
# which is before an "@" and behind the other signs.
_cairn_offer() {
  local one keep=${cur%"${cur##*[$COMP_WORDBREAKS]}"}
  keep=${keep%@}
  for one; do
    if [[ $lead$one == "$cur"* ]]; then COMPREPLY+=("${lead:${#keep}}${one:$((${#keep} > ${#lead} ? ${#keep} - ${#lead} : 0))}"); fi
  done
}

# Ids and labels, also behind "LABEL@" and "FROM:".
_cairn_revisions() {
  local rest=${cur#"$lead"} found program
  if [[ $rest == *[@:]* ]]; then lead+=${rest%"${rest##*[@:]}"}; fi
  _cairn_unquoted "${words[0]}"
  mapfile -t found < <("$unquoted" --complete revisions "${place[@]}" 2>/dev/null </dev/null)
  _cairn_offer "$@" head heads base "${found[@]}"
}

_cairn_paths() {
  local found
  mapfile -t found < <(compgen "$1" -- "${cur#"$lead"}")
  compopt -o filenames 2>/dev/null
  _cairn_offer "${found[@]}"
}

_cairn_kind() {
  local choices
  case $1 in
    @revisions) _cairn_revisions ;;
    @points) _cairn_revisions current ;;
    @files) _cairn_paths -f ;;
    @folders) _cairn_paths -d ;;
    @anything) ;;
    *) read -ra choices <<<"$1"; _cairn_offer "${choices[@]}" ;;
  esac
}

# Goes through the words before the current one.
_cairn_read() {
  local i word
  for ((i = 1; i < ${#words[@]} - 1; i++)); do
    word=${words[i]}
    if [[ $option ]]; then
      case $option in --plugins | -p | --config | -c | --env | -e) _cairn_unquoted "$word"; place+=("$option" "$unquoted") ;; esac
      option=
    elif [[ $word == --plugins=* || $word == --config=* || $word == --env=* ]]; then
      _cairn_unquoted "${word#*=}"
      place+=("${word%%=*}" "$unquoted")
    elif [[ $word == -* ]] && _cairn_value "$command" "$word"; then
      option=$word
    elif [[ $word != -* || $word == -[0-9]* ]]; then
      if [[ $command ]]; then count=$((count + 1)); else command=$word; fi
    fi
  done
}

_cairn() {
  local words cur lead= command= option= count=0 most=0 value= unquoted= place=() options=() arguments=()
  COMPREPLY=()
  _cairn_words
  cur=${words[${#words[@]}-1]}
  _cairn_read
  _cairn_command "$command"
  if [[ -z $option && $cur == --*=* ]]; then
    option=${cur%%=*}
    lead=$option=
  fi
  if [[ $option ]]; then
    if _cairn_value "$command" "$option"; then _cairn_kind "$value"; fi
  elif [[ $cur == -* ]]; then
    _cairn_offer "${options[@]}"
  elif [[ -z $command ]]; then
    _cairn_offer $_cairn_commands help
  elif ((count < most)); then
    _cairn_kind "${arguments[count < ${#arguments[@]} ? count : ${#arguments[@]} - 1]}"
  fi
}

complete -F _cairn cairn
)bash";

/// What a placeholder stands for. "REVISION..." is as "REVISION", but is taken by commands that know no "current".
/// A word in small letters stands for itself.
std::string_view kind_of(std::string_view placeholder) {
  if (placeholder.starts_with('[')) placeholder.remove_prefix(1);
  if (!placeholder.empty() && placeholder.front() >= 'a' && placeholder.front() <= 'z') return placeholder;
  if (placeholder == "REVISION" || placeholder == "FROM:TO") return "@points";
  for (const std::string_view word : {"TARGET", "REVISION", "PARENT", "HEAD"})
    if (placeholder.starts_with(word)) return "@revisions";
  if (placeholder.starts_with("FILE") || placeholder.starts_with("PATH")) return "@files";
  if (placeholder.starts_with("FOLDER")) return "@folders";
  if (placeholder == "DATABASE") return "local ephemeral";
  return "@anything";
}

std::string kind(std::string_view placeholder, std::string_view choices) {
  return fmt::format("'{}'", choices.empty() ? kind_of(placeholder) : choices);
}

/// One for each argument; what is behind the last is of its kind.
std::string argument_kinds(const CommandRow& row) {
  if (!row.choices.empty()) return kind("", row.choices) + " '@anything'";
  std::vector<std::string> kinds;
  std::istringstream words{std::string(row.arguments)};
  for (std::string word; words >> word;) kinds.push_back(kind(word, ""));
  return join(kinds, " ");
}

std::string spellings(std::span<const OptionRow> options) {
  std::vector<std::string> words;
  for (const OptionRow& row : options) {
    words.push_back(fmt::format("--{}", row.name));
    if (!row.letter.empty()) words.push_back(fmt::format("-{}", row.letter));
  }
  return join(words, " ");
}

std::string command_names() {
  std::vector<std::string> names;
  for (const CommandRow& row : command_table()) names.emplace_back(row.name);
  return join(names, " ");
}

std::string command_cases() {
  std::string text = "# The options of a command, how many arguments it takes and what these are.\n_cairn_command() {\n"
                     "  options=(" + spellings(common_options()) + ")\n  case $1 in\n";
  for (const CommandRow& row : command_table()) {
    text += fmt::format("    {}) most={} arguments=({})", row.name, row.arity.most == any_number ? 999 : row.arity.most,
                        argument_kinds(row));
    text += row.options.empty() ? " ;;\n" : fmt::format("; options+=({}) ;;\n", spellings(row.options));
  }
  return text + "    help) most=1 arguments=(\"$_cairn_commands\") ;;\n  esac\n}\n";
}

/// One pattern for each spelling, each with something before it.
std::string value_case(std::string_view before, const OptionRow& row) {
  std::string patterns = fmt::format("'{}--{}'", before, row.name);
  if (!row.letter.empty()) patterns += fmt::format(" | '{}-{}'", before, row.letter);
  return fmt::format("    {}) value={} ;;\n", patterns, kind(row.value, row.choices));
}

std::string value_cases() {
  std::string text = "# What the value of a command's option can be; fails for an option without one.\n_cairn_value() {\n  case $2 in\n";
  for (const OptionRow& row : common_options())
    if (!row.value.empty()) text += value_case("", row);
  text += "    *) _cairn_own_value \"$1 $2\" ;;\n  esac\n}\n\n_cairn_own_value() {\n  case $1 in\n";
  for (const CommandRow& command : command_table())
    for (const OptionRow& row : command.options)
      if (!row.value.empty()) text += value_case(fmt::format("{} ", command.name), row);
  return text + "    *) return 1 ;;\n  esac\n}\n";
}

}  // namespace

std::string bash_completion() {
  return fmt::format("# bash completion for cairn, printed by \"cairn completion bash\"\n\n_cairn_commands='{}'\n\n{}\n{}{}",
                     command_names(), command_cases(), value_cases(), machinery);
}

Answer completion(const Invocation& invocation) {
  return Answer(render(TextReport{.command = "completion", .language = "bash", .text = bash_completion()}, invocation.format));
}

}  // namespace cairn
