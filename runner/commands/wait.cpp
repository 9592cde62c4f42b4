#include "base/interrupt.hpp"
#include "base/text.hpp"
#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/known_rows.hpp"
#include "postgres/connect_error.hpp"
#include "report/wait_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

namespace cairn {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds first_pause{100};
constexpr milliseconds longest_pause{2000};

/// Nothing: for ever.
std::optional<std::chrono::seconds> read_timeout(const Invocation& invocation) {
  const std::string text = invocation.option("timeout", "60");
  long seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem != std::errc{} || end != text.data() + text.size() || seconds < 0 || seconds > 1000000)
    throw Error(Category::usage, fmt::format("--timeout takes a whole number of seconds from 0 to 1000000, not \"{}\"", printable(text, 100)))
        .hint("Use 0 to wait for ever.");
  return seconds == 0 ? std::nullopt : std::optional(std::chrono::seconds(seconds));
}

/// One look at the database: what is still missing, or what there is to tell.
struct Look {
  std::optional<Error> missing;
  WaitReport report;
};

/// Tries again, less and less often, tells each reason once, and ends with the last one.
class Waiting {
 public:
  explicit Waiting(const Invocation& invocation) : observer_(*invocation.observer), timeout_(read_timeout(invocation)) {}

  template <class Try>
  WaitReport until(const Try& look) {
    while (true) {
      Look seen = look();
      if (!seen.missing) return std::move(seen.report);
      tell(*seen.missing);
      pause(std::move(*seen.missing));
    }
  }

 private:
  void tell(const Error& missing) {
    if (missing.message() == told_) return;
    told_ = missing.message();
    observer_.log(LogLevel::notice, missing.detail().empty() ? "waiting: " + told_ : fmt::format("waiting: {}. {}", told_, missing.detail()));
  }

  void pause(Error missing) {
    const auto waited = Clock::now() - start_;
    if (timeout_ && waited >= *timeout_)
      throw std::move(missing.context(fmt::format("waited for {}", count_of(static_cast<std::size_t>(timeout_->count()), "second"))));
    milliseconds pause = pause_;
    if (timeout_) pause = std::min(pause, std::chrono::ceil<milliseconds>(*timeout_ - waited));
    if (!pause_unless_interrupted(pause)) throw Error(Category::interrupted, "interrupted while waiting: " + missing.message());
    pause_ = std::min(2 * pause_, longest_pause);
  }

  Observer& observer_;
  std::optional<std::chrono::seconds> timeout_;
  Clock::time_point start_ = Clock::now();
  milliseconds pause_ = first_pause;
  std::string told_;
};

Error not_reached(const std::string& target, const std::vector<std::string>& rows, std::size_t steps) {
  return Error(Category::check, fmt::format("the database has not reached {}: {} missing, it is at {}", target,
                                            count_of(steps, "revision"), rows.empty() ? "base" : join(rows, ", ")))
      .hint(fmt::format("Look whether the runner that applies them is at work, or run \"cairn upgrade {}\".", target));
}

/// Rows that the plugins do not know are an error at once: nobody else's work changes that.
Look look_for(const std::string& target, const Collected& found, const OpenDatabase& database, const std::vector<std::string>& rows) {
  const Plan plan = plan_upgrade(found.graph, rows, target);
  Look look{.missing = {}, .report = {.database = database.name, .target = target, .rows = rows}};
  if (!plan.empty()) look.missing = not_reached(target, rows, plan.steps.size());
  return look;
}

/// What passes is missing; anything else ends the wait.
template <class Try>
Look look_at(const Invocation& invocation, const Try& look) {
  bool connected = false;
  try {
    OpenDatabase database = open_database(invocation);
    connected = true;
    return look(database);
  } catch (const Error& error) {
    const bool lost = connected && error.category() == Category::connection;
    if (!lost && !may_pass(error)) throw;
    return {.missing = error, .report = {}};
  }
}

void require_absolute(const std::string& target) {
  const std::size_t sign = target.find_last_of("+-");
  const bool counted = sign != target.npos && sign + 1 < target.size() && (sign == 0 || target[sign - 1] == '@') &&
                       std::all_of(target.begin() + static_cast<std::ptrdiff_t>(sign) + 1, target.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (counted)
    throw Error(Category::usage, fmt::format("\"{}\" is counted from where the database is, and nobody can wait for that", printable(target, 100)))
        .hint("Name the revision, or \"head\".");
}

Answer wait_for_connection(const Invocation& invocation) {
  return Answer(render(Waiting(invocation).until([&] {
    return look_at(invocation, [](const OpenDatabase& database) {
      return Look{.missing = {}, .report = {.database = database.name, .target = {}, .rows = {}}};
    });
  }), invocation.format));
}

Answer wait_for_target(const Invocation& invocation, const std::string& target) {
  require_absolute(target);
  const Collected found = collect(invocation.settings);
  require_revisions(found, invocation.settings);
  require_target(found.graph, target, Direction::up);
  return Answer(render(Waiting(invocation).until([&] {
    return look_at(invocation, [&](OpenDatabase& database) {
      return look_for(target, found, database, read_known_rows(database, invocation, found.graph));
    });
  }), invocation.format));
}

}  // namespace

Answer wait(const Invocation& invocation) {
  if (choose_database(invocation.settings).kind == DatabaseKind::ephemeral)
    throw Error(Category::usage, "an ephemeral database is there as soon as it is asked for").hint("Leave \"cairn wait\" out.");
  return invocation.arguments.empty() ? wait_for_connection(invocation) : wait_for_target(invocation, invocation.arguments.front());
}

}  // namespace cairn
