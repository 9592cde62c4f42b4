#include "support/transcript_run.hpp"

#include "support/file_text.hpp"
#include "support/plugin_block.hpp"
#include "support/server_programs.hpp"

#include <array>
#include <cctype>
#include <csignal>
#include <stdexcept>
#include <unistd.h>

extern char** environ;

namespace cairn::test {

namespace {

namespace fs = std::filesystem;

/// "SELECT 1 => 1" -> the query, and what it has to answer.
std::pair<std::string, std::optional<std::string>> split_expectation(const std::string& text) {
  const std::size_t arrow = text.rfind(" => ");
  if (arrow == std::string::npos) return {text, std::nullopt};
  return {text.substr(0, arrow), text.substr(arrow + 4)};
}

std::string cells_of(const Rows& rows) {
  std::string cells;
  for (const Row& row : rows) {
    for (const auto& cell : row) cells += (cells.empty() ? "" : " ") + cell.value_or("NULL");
  }
  return cells;
}

int signal_number(const std::string& name) {
  static const std::map<std::string, int> numbers = {{"INT", SIGINT}, {"TERM", SIGTERM}, {"KILL", SIGKILL}};
  const auto found = numbers.find(name);
  if (found == numbers.end()) throw std::runtime_error("no signal " + name + " here");
  return found->second;
}

std::map<std::string, std::optional<std::string>> clean_environment() {
  auto changes = without_postgres_variables();
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (text.starts_with("CAIRN_")) changes[text.substr(0, text.find('='))] = std::nullopt;
  }
  for (const char* name : {"DATABASE_URL", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES"}) changes[name] = std::nullopt;
  changes["LC_ALL"] = "C.UTF-8";
  changes["TZ"] = "UTC";
  changes["TERM"] = "xterm";
  return changes;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string host_name() {
  std::array<char, 256> name{};
  gethostname(name.data(), name.size() - 1);
  return name.data();
}

/// NAME=value in front of a program.
bool is_assignment(const std::string& word) {
  const std::size_t equals = word.find('=');
  return equals != std::string::npos && equals > 0 &&
         word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == equals;
}

}  // namespace

TranscriptRun::TranscriptRun(const TranscriptSetup& setup)
    : variables_(setup.variables), environment_(clean_environment()) {
  variables_["DIR"] = directory_.path().string();
  variables_["URL"] = database_.url();
  variables_["DATABASE"] = database_.name();
  variables_["URL"] = database_.url();
  variables_["SOCKET"] = database_.server().socket_directory();
  for (const auto& [name, value] : variables_) normaliser_.add(value, lower(name));
  normaliser_.add(own_user_name(), "user");
  normaliser_.add(host_name(), "host");
  environment_["HOME"] = variables_["DIR"];
  environment_["CAIRN_DATABASE"] = database_.url();
  environment_["PATH"] = setup.programs.string() + ":" + require_server_programs().directory.string() + ":" +
                         environment_variable("PATH");
}

const std::map<std::string, TranscriptRun::Action>& TranscriptRun::actions() {
  static const std::map<std::string, Action> table = {
      {"sql:", &TranscriptRun::run_sql},         {"other:", &TranscriptRun::run_in_other_session},
      {"env", &TranscriptRun::set_variable},     {"unset", &TranscriptRun::unset_variable},
      {"file", &TranscriptRun::write_file},      {"plugin", &TranscriptRun::write_plugin},
      {"stdin", &TranscriptRun::set_input},      {"terminal", &TranscriptRun::set_terminal},
      {"signal", &TranscriptRun::set_signal},
  };
  return table;
}

Played TranscriptRun::play(const Transcript& expected) {
  Played played;
  std::size_t line = 0;
  try {
    for (TranscriptPart part : expected.parts) {
      if (const auto* directive = std::get_if<Directive>(&part)) {
        line = directive->line;
        follow(*directive);
      } else if (auto* invocation = std::get_if<Invocation>(&part)) {
        line = invocation->line;
        invocation->expected = answer(*invocation);
      }
      played.actual.parts.push_back(std::move(part));
    }
  } catch (const std::exception& error) {
    played.problem = "line " + std::to_string(line) + ": " + error.what();
  }
  return played;
}

void TranscriptRun::follow(const Directive& directive) {
  const auto action = actions().find(directive.verb);
  if (action == actions().end()) throw std::runtime_error("no directive \"" + directive.verb + "\"");
  (this->*action->second)(directive);
}

void TranscriptRun::run_sql(const Directive& directive) {
  const auto [sql, expected] = split_expectation(directive.argument);
  const std::string cells = cells_of(database_.query(expanded(sql)));
  if (expected && cells != *expected) throw std::runtime_error(sql + "\n  expected: " + *expected + "\n  it gave:  " + cells);
}

void TranscriptRun::run_in_other_session(const Directive& directive) {
  if (!other_) other_ = std::make_unique<Session>(database_.conninfo());
  other_->execute(expanded(directive.argument));
}

void TranscriptRun::set_variable(const Directive& directive) {
  const std::size_t equals = directive.argument.find('=');
  if (equals == std::string::npos) throw std::runtime_error("expected NAME=value");
  environment_[directive.argument.substr(0, equals)] = expanded(directive.argument.substr(equals + 1));
}

void TranscriptRun::unset_variable(const Directive& directive) { environment_[directive.argument] = std::nullopt; }

void TranscriptRun::write_file(const Directive& directive) {
  const fs::path path = directory_.path() / directive.argument;
  fs::create_directories(path.parent_path());
  std::string text;
  for (const std::string& line : directive.block) text += expanded(line) + "\n";
  test::write_file(path, text);
}

void TranscriptRun::write_plugin(const Directive& directive) {
  const fs::path path = directory_.path() / directive.argument;
  fs::create_directories(path.parent_path());
  write_sql_plugin(path, parse_plugin_block(directive.block));
}

void TranscriptRun::set_input(const Directive& directive) {
  for (const std::string& line : directive.block) input_ += line + "\n";
}

void TranscriptRun::set_terminal(const Directive& directive) {
  streams_ = directive.argument == "stderr" ? Streams::error_terminal : Streams::terminal;
}

void TranscriptRun::set_signal(const Directive& directive) {
  const std::size_t once = directive.argument.find(" once: ");
  if (once == std::string::npos) throw std::runtime_error("expected NAME once: QUERY => ANSWER");
  const auto [query, expected] = split_expectation(directive.argument.substr(once + 7));
  signal_ = Signal{signal_number(directive.argument.substr(0, once)), expanded(query), expected.value_or("t")};
}

Command TranscriptRun::command_for(const Invocation& invocation) {
  Command command{.argv = split_words(invocation.text, variables_), .environment = environment_};
  while (!command.argv.empty() && is_assignment(command.argv[0])) {
    const std::size_t equals = command.argv[0].find('=');
    command.environment[command.argv[0].substr(0, equals)] = command.argv[0].substr(equals + 1);
    command.argv.erase(command.argv.begin());
  }
  if (command.argv.empty()) throw std::runtime_error("no program to run");
  command.directory = directory_.path();
  command.input = std::exchange(input_, "");
  command.streams = std::exchange(streams_, Streams::pipes);
  return command;
}

/// A backend outlives its client by a moment, in which it keeps the runner lock from the next command.
void TranscriptRun::wait_for_new_sessions_to_end(const std::string& before) {
  becomes(database_.session(),
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> ALL ('" + before + "')", "0");
}

std::string TranscriptRun::sessions() {
  return database_.value("SELECT coalesce(array_agg(pid), '{}') FROM pg_stat_activity WHERE datname = current_database()");
}

Answer TranscriptRun::answer(const Invocation& invocation) {
  const std::string before = sessions();
  Process process(command_for(invocation));
  if (const auto signal = std::exchange(signal_, std::nullopt)) {
    const bool came = becomes(database_.session(), signal->query, signal->expected);
    if (!came) throw std::runtime_error("the signal's condition never held");
    process.signal(signal->number);
  }
  const Finished done = process.wait();
  if (done.signal == 0) wait_for_new_sessions_to_end(before);
  Answer answer{split_lines(normaliser_.apply(done.out)), split_lines(normaliser_.apply(done.err)),
                done.signal != 0 ? 128 + done.signal : done.code};
  drop_last_blank_lines(answer.out);
  return answer;
}

std::string TranscriptRun::expanded(const std::string& text) const {
  std::string result = text;
  for (const auto& [name, value] : variables_) {
    const std::string reference = "${" + name + "}";
    for (std::size_t at = result.find(reference); at != std::string::npos; at = result.find(reference, at + value.size())) {
      result.replace(at, reference.size(), value);
    }
  }
  return result;
}

}  // namespace cairn::test
