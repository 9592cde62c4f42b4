#include "commands/run_watch.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds glance{250};        // often enough for the eye
constexpr milliseconds short_glance{100};  // a lock is waited for in the server for 200 ms and more from the first retry on
constexpr std::string_view our_name = "cairn ";

std::string_view verb(Direction direction) { return direction == Direction::up ? "up" : "down"; }

}  // namespace

std::string describe_sight(const Sight& sight, const Plan& plan) {
  if (!sight.application_name.starts_with(our_name)) return "";
  const std::string id = sight.application_name.substr(our_name.size());
  const auto step = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const Step& s) { return s.revision->id == id; });
  if (step == plan.steps.end()) return "";
  const std::string& message = step->revision->message;
  std::string text = fmt::format("{} {}{}{} ({} of {})", verb(step->direction), id, message.empty() ? "" : " ", message,
                                 step - plan.steps.begin() + 1, plan.steps.size());
  if (!sight.blocker.empty()) return text + ", waiting for a lock held by " + sight.blocker;
  return sight.progress.empty() ? text : text + ", " + sight.progress;
}

RunWatch::RunWatch(Observer& to, const Plan& plan, Database database, int backend_pid, Start start)
    : to_(to), plan_(plan), database_(std::move(database)), backend_pid_(backend_pid), how_(start) {
  if (how_ == Start::at_once) this->start();
}

void RunWatch::start() {
  if (watcher_) return;
  const milliseconds interval = how_ == Start::at_once ? glance : short_glance;
  watcher_ = std::make_unique<Watcher>(database_, backend_pid_, [this](const Sight& sight) { see(sight); }, interval);
}

void RunWatch::see(const Sight& sight) {
  const std::string text = describe_sight(sight, plan_);
  {
    const std::lock_guard guard(seen_);
    if (!sight.blocker.empty()) blocker_ = sight.blocker;
    // What has been told stands there already, and a revision's own progress may have come over it.
    if (how_ != Start::at_once || text.empty() || text == told_) return;
    told_ = text;
  }
  to_.server_is_at(text);
}

std::string RunWatch::blocker() const {
  const std::lock_guard guard(seen_);
  return blocker_;
}

void RunWatch::retrying(const Step& step, const std::string& why, milliseconds pause) {
  const std::string holder = blocker();
  to_.retrying(step, holder.empty() ? why : fmt::format("{}; the lock is held by {}", why, holder), pause);
  {
    const std::lock_guard guard(seen_);
    told_.clear();
  }
  start();
}

}  // namespace cairn
