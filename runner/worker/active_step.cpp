#include "worker/active_step.hpp"

#include <atomic>

namespace cairn {

namespace {

thread_local ActiveStep* current = nullptr;
std::atomic<std::uint64_t> stray_calls{0};
std::atomic<std::uintptr_t> last_token{0};

/// Odd multiples, so that no token looks like an aligned address.
cairn_step* next_token() {
  return reinterpret_cast<cairn_step*>(last_token.fetch_add(2) + 1);
}

}  // namespace

ActiveStep::ActiveStep(StepHost& host) : host_(host), token_(next_token()) { current = this; }

ActiveStep::~ActiveStep() { current = nullptr; }

ActiveStep* ActiveStep::find(const cairn_step* token) {
  if (current != nullptr && current->token_ == token) return current;
  ++stray_calls;
  return nullptr;
}

std::uint64_t ActiveStep::take_stray_calls() { return stray_calls.exchange(0); }

cairn_rows* ActiveStep::keep(Result result) {
  auto owned = std::make_unique<Result>(std::move(result));
  auto* const rows = reinterpret_cast<cairn_rows*>(owned.get());
  rows_.emplace(rows, std::move(owned));
  return rows;
}

const Result* ActiveStep::find_rows(const cairn_rows* rows) {
  if (current != nullptr) {
    const auto found = current->rows_.find(rows);
    if (found != current->rows_.end()) return found->second.get();
  }
  ++stray_calls;
  return nullptr;
}

void ActiveStep::free_rows(cairn_rows* rows) {
  if (rows != nullptr && find_rows(rows) != nullptr) current->rows_.erase(rows);
}

const std::string* ActiveStep::find_variable(std::string_view key) {
  const auto known = variables_.find(key);
  const auto found = known != variables_.end() ? known : variables_.emplace(key, host_.variable(key)).first;
  return found->second ? &*found->second : nullptr;
}

void ActiveStep::spoil(const char* what) noexcept {
  spoiled_ = true;
  try {
    if (!report_) report_ = Error(Category::revision, std::string("a host call was refused: ") + what);
  } catch (...) {
    report_.reset();   // no memory even for the text
  }
}

}  // namespace cairn
