#include "observe/watched_channel.hpp"

#include <utility>

namespace cairn {

StepEffects WatchedChannel::take() { return std::exchange(effects_, StepEffects{}); }

Reply WatchedChannel::exchange(const Message& message) { return channel_->exchange(message); }

}  // namespace cairn
