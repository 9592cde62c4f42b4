#pragma once

#include "engine/world.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cairn {

/// What every running step may ask whatever its transaction: messages, variables, whether to stop.
class Session : public StepHost {
 public:
  Session(World& world, const Step& step) : world_(&world), step_(&step) {}

  void log(LogLevel level, std::string text) override { world_->observer.log(level, text); }
  void progress(std::uint64_t done, std::uint64_t total, std::string what) override {
    world_->observer.progress(*step_, done, total, what);
  }
  std::optional<std::string> variable(std::string_view key) override {
    const auto found = world_->variables.find(key);
    return found == world_->variables.end() ? std::nullopt : std::optional(found->second);
  }
  bool cancelled() override { return world_->interrupted(); }

  bool lost() const { return lost_; }
  /// The failure of a host call that the step has not recovered from. It names the revision.
  const std::optional<Error>& failure() const { return failure_; }

 protected:
  World* world_;
  const Step* step_;
  bool lost_ = false;
  std::optional<Error> failure_;
};

}  // namespace cairn
