#pragma once

#include "seam/observer.hpp"

namespace cairn {

/// Every revision runs three times or more, so what it says is for those who ask for more than results.
class QuietObserver final : public Observer {
 public:
  explicit QuietObserver(Observer& observer) : observer_(&observer) {}

  void window_sent(const Step& first, std::size_t steps) override { observer_->window_sent(first, steps); }
  void log(LogLevel, const std::string& text) override { observer_->log(LogLevel::debug, text); }

 private:
  Observer* observer_;
};

}  // namespace cairn
