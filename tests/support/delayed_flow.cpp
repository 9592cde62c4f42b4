#include "support/delayed_flow.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace cairn::test {

std::string_view DelayedFlow::receive() {
  std::string bytes(65536, '\0');
  const ssize_t got = recv(from_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (got <= 0) {
    const bool later = got < 0 && (errno == EAGAIN || errno == EINTR);
    ended_ = ended_ || !later;
    return {};
  }
  bytes.resize(static_cast<std::size_t>(got));
  waiting_ += bytes.size();
  chunks_.push_back({Clock::now() + delay_, std::move(bytes)});
  return chunks_.back().bytes;
}

std::string DelayedFlow::send(std::atomic<std::uint64_t>& allowed) {
  std::string passed;
  const auto now = Clock::now();
  while (is_due(now) && !failed_) {
    std::string& bytes = chunks_.front().bytes;
    // Read once: a limit that is set while these bytes go out does not count them.
    const std::uint64_t limit = allowed.load();
    const std::size_t size = std::min<std::uint64_t>(bytes.size(), limit);
    if (size == 0) {
      failed_ = true;
      allowed = unlimited;
      break;
    }
    const ssize_t sent = ::send(to_.get(), bytes.data(), size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) break;
    if (sent < 0) {
      failed_ = true;
      break;
    }
    const auto count = static_cast<std::size_t>(sent);
    passed.append(bytes, 0, count);
    if (limit != unlimited) allowed -= count;
    waiting_ -= count;
    bytes.erase(0, count);
    if (bytes.empty()) chunks_.pop_front();
  }
  return passed;
}

std::optional<DelayedFlow::Clock::time_point> DelayedFlow::next_due() const {
  if (chunks_.empty()) return std::nullopt;
  return chunks_.front().due;
}

}  // namespace cairn::test
