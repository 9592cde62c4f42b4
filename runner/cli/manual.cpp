#include "cli/manual.hpp"

#include "base/exit_code.hpp"
#include "base/text.hpp"
#include "cli/help.hpp"
#include "cli/usage_error.hpp"
#include "commands/program.hpp"
#include "config/key.hpp"

#include <fmt/core.h>

#include <cctype>

namespace cairn {

namespace {

struct Described {
  std::string_view name;
  std::string_view meaning;
};

constexpr Described environment[] = {
    {"PGHOST, PGUSER, PGPASSFILE, ...", "whatever else libpq reads"},
    {"NO_COLOR", "if set to anything, no colours"},
    {"LC_ALL, LC_CTYPE, LANG", "in a UTF-8 locale \"cairn history --graph\" draws with Unicode"},
};

constexpr Described files[] = {
    {"cairn.toml", "the project file, looked for here and in the folders above"},
};

/// A line of text in roff: nothing in it is an instruction.
std::string roff(std::string_view line) {
  std::string text = line.starts_with('.') || line.starts_with('\'') ? "\\&" : "";
  for (const char c : line) {
    if (c == '\\') text += "\\e";
    else if (c == '-') text += "\\-";
    else if (c == '\'') text += "\\(aq";
    else if (c == '`') text += "\\(ga";
    else if (c == '^') text += "\\(ha";
    else if (c == '~') text += "\\(ti";
    else text += c;
  }
  return text;
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", roff(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", roff(text)); }

/// Each line stands for itself.
std::string lines(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    shown += (shown.empty() ? "" : ".br\n") + roff(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return shown;
}

std::string entry(const std::string& term, std::string_view meaning) { return fmt::format(".TP\n{}\n{}\n", term, roff(meaning)); }

std::string option_entry(const OptionRow& row) {
  std::string term = row.letter.empty() ? "" : bold(fmt::format("-{}", row.letter)) + ", ";
  term += bold(fmt::format("--{}", row.name));
  if (!row.value.empty()) term += " " + italic(row.value);
  return entry(term, row.summary);
}

std::string option_entries(std::string_view heading, std::span<const OptionRow> options) {
  if (options.empty()) return "";
  std::string text = fmt::format(".SH {}\n", heading);
  for (const OptionRow& row : options) text += option_entry(row);
  return text;
}

std::string described(std::string_view heading, std::span<const Described> rows) {
  std::string text = fmt::format(".SH {}\n", heading);
  for (const Described& row : rows) text += entry(bold(row.name), row.meaning);
  return text;
}

/// The variables of the settings, then the others.
std::string environment_entries() {
  std::string text = ".SH ENVIRONMENT\n";
  for (const ConfigKey& key : config_keys()) {
    std::vector<std::string> names;
    for (const std::string_view name : key.variables) names.emplace_back(name);
    if (!names.empty()) text += entry(bold(join(names, ", ")), key.summary);
  }
  for (const Described& row : environment) text += entry(bold(row.name), row.meaning);
  return text;
}

std::string exit_entries() {
  std::string text = ".SH EXIT STATUS\n";
  for (const ExitCode& row : exit_codes()) text += entry(bold(std::to_string(row.code)), row.meaning);
  return text;
}

std::string page_name(const CommandRow* command) {
  return command == nullptr ? "cairn" : fmt::format("cairn-{}", command->name);
}

std::string head_of(const std::string& name, std::string_view summary) {
  std::string title;
  for (const char c : name) title += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return fmt::format(".TH \"{}\" \"1\" \"\" \"Cairn {}\" \"Cairn\"\n.SH NAME\n{} \\- {}\n", roff(title), roff(program_version),
                     roff(name), roff(summary));
}

std::string program_page() {
  std::string text = head_of("cairn", "PostgreSQL migrations whose revisions are plugins");
  text += fmt::format(".SH SYNOPSIS\n{} {} [{}]\n.SH COMMANDS\n", bold("cairn"), italic("COMMAND"), italic("options"));
  for (const CommandRow& row : command_table())
    text += entry(fmt::format("{}(1)", bold(page_name(&row))), sentence(row.summary));
  text += option_entries("OPTIONS OF EVERY COMMAND", common_options()) + exit_entries() + environment_entries();
  return text + described("FILES", files);
}

std::string command_page(const CommandRow& command) {
  std::string text = head_of(page_name(&command), command.summary);
  text += fmt::format(".SH SYNOPSIS\n{}{} [{}]\n.SH DESCRIPTION\n{}", bold(fmt::format("cairn {}", command.name)),
                      command.arguments.empty() ? "" : " " + italic(command.arguments), italic("options"),
                      lines(sentence(command.summary)));
  if (!command.details.empty()) text += ".PP\n" + lines(command.details);
  text += ".PP\n" + lines(needs_text(command.needs)) + option_entries("OPTIONS", command.options);
  text += option_entries("OPTIONS OF EVERY COMMAND", common_options());
  text += fmt::format(".SH EXAMPLE\n.nf\n{}\n.fi\n", roff(command.example));
  return text + fmt::format(".SH SEE ALSO\n{}(1), which lists the exit codes\n", bold("cairn"));
}

}  // namespace

std::string manual_page(const CommandRow* command) { return command == nullptr ? program_page() : command_page(*command); }

}  // namespace cairn
