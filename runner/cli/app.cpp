#include "cli/app.hpp"

#include "base/interrupt.hpp"
#include "cli/command_line.hpp"
#include "cli/completion.hpp"
#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/manual.hpp"
#include "cli/terminal.hpp"
#include "commands/revision_words.hpp"
#include "report/error_report.hpp"
#include "report/rule_document.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace cairn {

namespace {

/// A closed standard stream would be given to the next socket that is opened, and our output sent to the server.
/// What is opened here in its place can only be read, so that writing shows that nobody gets it.
void reserve_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(descriptor, F_GETFD) == -1) open("/dev/null", O_RDONLY);
}

/// Why the answer could not be written; nothing when it was, or when its reader has gone away (cairn history | head).
std::optional<Error> write_out(const std::string& text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (written || errno == EPIPE) return std::nullopt;
  return Error(Category::output, fmt::format("the answer cannot be written: {}", std::strerror(errno)))
      .detail("The command itself ran to its end.")
      .hint("Look where standard output goes; \"cairn current\" shows what the database is at.");
}

std::filesystem::path program_folder() { return std::filesystem::read_symlink("/proc/self/exe").parent_path(); }

/// A defect of ours: everything we know, and where to take it.
Error internal_error(const std::exception& error) {
  return Error(Category::internal, error.what()).hint("This is a defect of Cairn. Please report it with the command that led to it.");
}

struct Page {
  std::string_view name;
  std::string (*text)();
};

constexpr Page pages[] = {{"cli", command_document}, {"exit-codes", exit_code_document},
                          {"configuration", configuration_document}, {"rules", rule_document}, {"commands", command_list},
                          {"completion", bash_completion},
                          {"man", [] { return manual_page(nullptr); }}};

class App {
 public:
  int run(const std::vector<std::string>& words) {
    // Also for errors of the words themselves.
    line_.json = std::find(words.begin(), words.end(), "--json") != words.end();
    const auto named = std::find_if(words.begin(), words.end(), [](const std::string& word) { return find_command(word) != nullptr; });
    if (named != words.end()) line_.command = find_command(*named);
    try {
      return run_command(words);
    } catch (const Error& error) {
      return fail(error);
    } catch (const std::exception& error) {
      return fail(internal_error(error));
    }
  }

 private:
  int run_command(const std::vector<std::string>& words) {
    if (words.size() >= 2 && words[0] == "--document") return print_document({words.begin() + 1, words.end()});
    if (words.size() >= 2 && words[0] == "--complete") return complete({words.begin() + 1, words.end()});
    line_ = parse_command_line(words);
    if (line_.help || line_.command == nullptr) return print_help();
    Console console({.terminal = isatty(STDERR_FILENO) == 1 && !line_.json, .quiet = line_.quiet, .verbose = line_.verbose});
    const Answer answer = line_.command->function(make_invocation(console));
    console.finish();
    const std::optional<Error> unwritten = write_out(answer.out);
    if (answer.error && !line_.json) console.print(render_error(*answer.error, error_format()));
    if (!answer.exec.empty()) become(answer.exec);
    // The exit code of a run that failed says more than that nobody could be told.
    if (unwritten && !answer.error) throw *unwritten;
    return exit_code(answer.error ? answer.error->category() : Category::none).code;
  }

  Invocation make_invocation(Console& console) const {
    Invocation invocation{.command = std::string(line_.command->name), .arguments = line_.arguments, .options = line_.options,
                          .settings = {}, .format = {}, .runner = program_folder(), .observer = &console};
    invocation.settings = read_settings(line_.settings, invocation.runner);
    for (const std::string& notice : invocation.settings.notices) console.log(LogLevel::notice, notice);
    invocation.format = {.kind = line_.json ? Kind::json : Kind::text, .colour = wants_colour(STDOUT_FILENO),
                         .verbose = line_.verbose, .quiet = line_.quiet, .strokes = strokes_of_locale(),
                         .columns = terminal_columns(STDOUT_FILENO).value_or(0)};
    invocation.watch = isatty(STDERR_FILENO) == 1 && !line_.json && !line_.quiet;
    return invocation;
  }

  static int print_document(const std::vector<std::string>& words) {
    if (words.size() == 2 && words[0] == "man" && find_command(words[1])) return print_text(manual_page(find_command(words[1])));
    if (words.size() == 1)
      for (const Page& page : pages)
        if (words[0] == page.name) return print_text(page.text());
    throw Error(Category::usage, "--document takes cli, configuration, exit-codes, rules, commands, completion, man or man COMMAND")
        .hint("They make docs/cli.md, docs/exit-codes.md, docs/lint.md, the keys of docs/configuration.md and what an installation holds beside the program.");
  }

  /// For the completion script: a person in the middle of typing wants words, or nothing.
  static int complete(const std::vector<std::string>& words) try {
    if (words[0] != "revisions") return 0;
    std::vector<std::string> heads{"heads"};
    heads.insert(heads.end(), words.begin() + 1, words.end());
    return print_text(revision_words(read_settings(parse_command_line(heads).settings, program_folder())));
  } catch (const Error&) {
    return 0;
  }

  static int print_text(const std::string& text) {
    if (const auto unwritten = write_out(text)) throw *unwritten;
    return 0;
  }

  /// Without a command the help is an answer only when it was asked for.
  int print_help() const {
    if (line_.help) return print_text(help_text(line_.command));
    if (line_.json) throw Error(Category::usage, "no command is named").hint("\"cairn help\" lists them.");
    std::fputs(help_text(nullptr).c_str(), stderr);
    return exit_code(Category::usage).code;
  }

  [[noreturn]] static void become(const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    std::signal(SIGPIPE, SIG_DFL);
    execvp(argv[0], argv.data());
    throw Error(Category::configuration, "cannot run " + words[0]).hint("Install it, or put its folder on PATH.");
  }

  static Format error_format() { return {.kind = Kind::text, .colour = wants_colour(STDERR_FILENO), .verbose = false}; }

  int fail(const Error& error) const {
    const std::string_view command = line_.command == nullptr ? "" : line_.command->name;
    const bool told = line_.json && !write_out(render_error_document(command, error));
    if (!told) std::fputs(render_error(error, error_format()).c_str(), stderr);
    return exit_code(error.category()).code;
  }

  CommandLine line_;
};

}  // namespace

int run_app(const std::vector<std::string>& words) {
  reserve_standard_streams();
  // A reader that goes away (cairn … | head) must not end a run half-way.
  std::signal(SIGPIPE, SIG_IGN);
  install_interrupt_handler();
  return App().run(words);
}

}  // namespace cairn
