#include "cli/app.hpp"

#include "base/interrupt.hpp"
#include "cli/command_line.hpp"
#include "cli/console.hpp"
#include "cli/help.hpp"
#include "report/error_report.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace cairn {

namespace {

bool wants_colour(int descriptor) {
  const char* no_colour = std::getenv("NO_COLOR");
  return (no_colour == nullptr || *no_colour == '\0') && isatty(descriptor) == 1;
}

void write_out(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

std::filesystem::path program_folder() { return std::filesystem::read_symlink("/proc/self/exe").parent_path(); }

/// A defect of ours: everything we know, and where to take it.
Error internal_error(const std::exception& error) {
  return Error(Category::internal, error.what()).hint("This is a defect of Cairn. Please report it with the command that led to it.");
}

class App {
 public:
  int run(const std::vector<std::string>& words) {
    line_.json = std::find(words.begin(), words.end(), "--json") != words.end();   // also for errors of the words themselves
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
    if (words.size() == 2 && words[0] == "--document") return print_document(words[1]);
    line_ = parse_command_line(words);
    if (line_.help || line_.command == nullptr) return print_help();
    Console console({.terminal = isatty(STDERR_FILENO) == 1 && !line_.json, .quiet = line_.quiet, .verbose = line_.verbose});
    const Answer answer = line_.command->function(make_invocation(console));
    write_out(answer.out);
    if (answer.error && !line_.json) console.print(render_error(*answer.error, error_format()));
    if (!answer.exec.empty()) become(answer.exec);
    return exit_code(answer.error ? answer.error->category() : Category::none).code;
  }

  Invocation make_invocation(Console& console) const {
    Invocation invocation{.command = std::string(line_.command->name), .arguments = line_.arguments, .options = line_.options,
                          .settings = {}, .format = {}, .runner = program_folder(), .observer = &console};
    invocation.settings = read_settings(line_.settings, invocation.runner);
    invocation.format = {.kind = line_.json ? Kind::json : Kind::text, .colour = wants_colour(STDOUT_FILENO),
                         .verbose = line_.verbose};
    invocation.watch = isatty(STDERR_FILENO) == 1 && !line_.json && !line_.quiet;
    return invocation;
  }

  static int print_document(const std::string& name) {
    if (name == "cli") write_out(command_document());
    else if (name == "exit-codes") write_out(exit_code_document());
    else throw Error(Category::usage, "--document takes \"cli\" or \"exit-codes\"");
    return 0;
  }

  /// Without a command the help is an answer only when it was asked for.
  int print_help() const {
    if (line_.help) {
      write_out(help_text(line_.command));
      return 0;
    }
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
    if (line_.json) write_out(render_error_document(command, error));
    else std::fputs(render_error(error, error_format()).c_str(), stderr);
    return exit_code(error.category()).code;
  }

  CommandLine line_;
};

}  // namespace

int run_app(const std::vector<std::string>& words) {
  // A reader that goes away (cairn … | head) must not end a run half-way.
  std::signal(SIGPIPE, SIG_IGN);
  install_interrupt_handler();
  return App().run(words);
}

}  // namespace cairn
