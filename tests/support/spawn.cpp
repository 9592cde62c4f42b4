#include "support/spawn.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <pty.h>
#include <stdexcept>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>

extern char** environ;

namespace cairn::test {

namespace {

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

/// Everything the child needs, made before fork: behind it only async-signal-safe calls are allowed.
struct Image {
  std::string program;
  std::vector<std::string> environment;
  std::vector<char*> argv;
  std::vector<char*> envp;
  int streams[3] = {-1, -1, -1};
  int terminal = -1;
  int report = -1;
  pid_t parent = -1;
};

[[noreturn]] void fail(const std::string& what, int number) {
  throw std::runtime_error(what + ": " + std::strerror(number));
}

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail("cannot make a pipe", errno);
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

Pipe make_terminal() {
  termios settings{};
  cfmakeraw(&settings);
  settings.c_lflag |= ISIG;  // ^C typed into it has to arrive as SIGINT
  settings.c_cc[VINTR] = 3;
  settings.c_cc[VMIN] = 1;
  winsize size{};
  size.ws_row = 24;
  size.ws_col = 100;
  int master = -1;
  int slave = -1;
  if (openpty(&master, &slave, nullptr, &settings, &size) != 0) fail("cannot open a pseudo-terminal", errno);
  fcntl(master, F_SETFD, FD_CLOEXEC);
  fcntl(slave, F_SETFD, FD_CLOEXEC);
  return {FileDescriptor(master), FileDescriptor(slave)};
}

FileDescriptor open_output(const std::filesystem::path& file) {
  FileDescriptor output(open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!output) fail("cannot write " + file.string(), errno);
  return output;
}

std::vector<std::string> merged_environment(const Command& command) {
  std::vector<std::string> merged;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!command.environment.contains(text.substr(0, text.find('=')))) merged.push_back(text);
  }
  for (const auto& [name, value] : command.environment) {
    if (value) merged.push_back(name + "=" + *value);
  }
  return merged;
}

std::string resolve_program(const Command& command) {
  const std::string& name = command.argv.at(0);
  if (name.find('/') != std::string::npos) return name;
  const auto changed = command.environment.find("PATH");
  const std::string path = changed != command.environment.end() ? changed->second.value_or("") : environment_variable("PATH");
  if (const auto found = find_program(name, path)) return found->string();
  throw std::runtime_error("cannot run " + name + ": no such program in PATH");
}

Image make_image(const Command& command) {
  Image image;
  image.program = resolve_program(command);
  image.environment = merged_environment(command);
  // exec does not change the strings; its prototype only predates const.
  for (const std::string& word : command.argv) image.argv.push_back(const_cast<char*>(word.c_str()));
  for (std::string& entry : image.environment) image.envp.push_back(entry.data());
  image.argv.push_back(nullptr);
  image.envp.push_back(nullptr);
  image.parent = getpid();
  return image;
}

[[noreturn]] void report_and_exit(int report) {
  const int number = errno;
  static_cast<void>(!write(report, &number, sizeof number));
  _exit(127);
}

[[noreturn]] void become_program(const Command& command, const Image& image) {
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT}) std::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (image.terminal >= 0) {
    setsid();
    ioctl(image.terminal, TIOCSCTTY, 0);
  } else {
    setpgid(0, 0);
  }
  for (int number = 0; number < 3; ++number) {
    if (dup2(image.streams[number], number) < 0) report_and_exit(image.report);
  }
  if (command.account && !become(*command.account)) report_and_exit(image.report);
  if (!command.directory.empty() && chdir(command.directory.c_str()) != 0) report_and_exit(image.report);
  prctl(PR_SET_PDEATHSIG, command.death_signal);  // after become(): a change of user clears it
  if (getppid() != image.parent) _exit(127);
  execve(image.program.c_str(), image.argv.data(), image.envp.data());
  report_and_exit(image.report);
}

/// Reads what the child reports: an errno, or end of file once exec has closed the pipe.
void require_started(pid_t pid, Pipe& report, const std::string& program) {
  report.write.close();
  int number = 0;
  ssize_t got = 0;
  do got = read(report.read.get(), &number, sizeof number);
  while (got < 0 && errno == EINTR);
  if (got == 0) return;
  waitpid(pid, nullptr, 0);
  fail("cannot run " + program, number);
}

}  // namespace

Spawned spawn(const Command& command) {
  Image image = make_image(command);
  Pipe report = make_pipe();
  Pipe terminal = command.streams == Streams::pipes ? Pipe{} : make_terminal();
  const bool all_terminal = command.streams == Streams::terminal;
  Pipe in = all_terminal ? Pipe{} : make_pipe();
  const bool to_file = !command.output_file.empty();
  Pipe out = all_terminal ? Pipe{} : to_file ? Pipe{{}, open_output(command.output_file)} : make_pipe();
  Pipe err = command.streams != Streams::pipes ? Pipe{} : to_file ? Pipe{{}, open_output(command.output_file)} : make_pipe();
  image.terminal = terminal.write.get();
  image.streams[0] = all_terminal ? image.terminal : in.read.get();
  image.streams[1] = all_terminal ? image.terminal : out.write.get();
  image.streams[2] = err.write ? err.write.get() : image.terminal;
  image.report = report.write.get();

  const pid_t pid = fork();
  if (pid < 0) fail("cannot fork", errno);
  if (pid == 0) become_program(command, image);
  require_started(pid, report, image.program);
  if (!all_terminal) {
    return {pid, std::move(in.write), std::move(out.read), err.write ? std::move(err.read) : std::move(terminal.read)};
  }
  FileDescriptor typed(fcntl(terminal.read.get(), F_DUPFD_CLOEXEC, 0));
  return {pid, std::move(typed), std::move(terminal.read), FileDescriptor()};
}

}  // namespace cairn::test
