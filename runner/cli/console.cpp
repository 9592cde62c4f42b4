#include "cli/console.hpp"

#include "cli/terminal.hpp"
#include "report/columns.hpp"

#include <fmt/core.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <unistd.h>

namespace cairn {

namespace {

constexpr std::size_t usual_width = 80;

/// Columns that fit on one line of the terminal; a status that wraps cannot be written over.
std::size_t terminal_width() { return terminal_columns(STDERR_FILENO).value_or(usual_width) - 1; }

std::shared_ptr<spdlog::logger> make_logger() {
  auto logger = spdlog::stderr_logger_mt("cairn");
  logger->set_pattern("%v");
  logger->flush_on(spdlog::level::trace);
  logger->set_level(spdlog::level::trace);
  return logger;
}

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = make_logger();
  return *instance;
}

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::notice: return "notice";
    case LogLevel::warning: return "warning";
  }
  return "info";
}

std::string_view word(Direction direction) { return direction == Direction::up ? "up" : "down"; }

/// "up 37a02ec8662a init schema"
std::string name_of(const Step& step) {
  const std::string& message = step.revision->message;
  return fmt::format("{} {}{}{}", word(step.direction), step.revision->id, message.empty() ? "" : " ", message);
}

}  // namespace

Console::Console(ConsoleOptions options) : options_(options) {}

Console::~Console() { finish(); }

void Console::clear_status() {
  if (status_width_ == 0) return;
  std::fprintf(stderr, "\r%*s\r", static_cast<int>(status_width_), "");
  std::fflush(stderr);
  status_width_ = 0;
}

void Console::status(const std::string& text) {
  if (options_.quiet || !options_.terminal) return;
  const std::lock_guard guard(writing_);
  clear_status();
  const std::string shown = cut_to_columns(text, terminal_width());
  status_width_ = columns_of(shown);
  std::fputs(shown.c_str(), stderr);
  std::fflush(stderr);
}

void Console::finish() {
  const std::lock_guard guard(writing_);
  clear_status();
}

void Console::line(const std::string& text) {
  if (options_.quiet) return;
  const std::lock_guard guard(writing_);
  clear_status();
  logger().info("{}", text);
}

void Console::print(const std::string& text) {
  const std::lock_guard guard(writing_);
  clear_status();
  std::fputs(text.c_str(), stderr);
}

void Console::waiting_for_lock(const std::string& holder) { line("waiting for the runner lock, held by " + holder); }

void Console::window_sent(const Step& first, std::size_t steps) {
  const std::string text = steps == 1 ? fmt::format("{} {}", word(first.direction), first.revision->id)
                                      : fmt::format("{} {} and {} more", word(first.direction), first.revision->id, steps - 1);
  if (options_.terminal) status(text);
  else if (options_.verbose) line(text);
}

void Console::step_started(const Step& step) {
  if (options_.terminal) status(name_of(step));
}

void Console::step_done(const Step& step) {
  if (options_.terminal) return;
  line(name_of(step) + ": done");
}

void Console::retrying(const Step&, const std::string& why, std::chrono::milliseconds pause) {
  line(fmt::format("{}; trying again in {} ms", why, pause.count()));
}

void Console::log(LogLevel level, const std::string& text) {
  if ((level == LogLevel::debug || level == LogLevel::info) && !options_.verbose) return;
  line(fmt::format("{}: {}", name_of(level), text));
}

void Console::progress(const Step& step, std::uint64_t done, std::uint64_t total, const std::string& what) {
  const std::string text = total > 0 ? fmt::format("{}: {} {} of {}", step.revision->id, what, done, total)
                                     : fmt::format("{}: {} {}", step.revision->id, what, done);
  if (options_.terminal) return status(text);
  // One line for each tenth, so that a log stays readable.
  const std::string tenth = fmt::format("{} {} {}", step.revision->id, what, total > 0 ? done * 10 / total : 0);
  if (tenth == last_progress_) return;
  last_progress_ = tenth;
  line(text);
}

void Console::server_is_at(const std::string& text) { status(text); }

}  // namespace cairn
