#include "postgres/conversation.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <thread>

namespace cairn {

namespace {

using namespace std::chrono_literals;

constexpr auto grace_after_interrupt = 1s;
constexpr auto longest_reaction_to_cancel = 30s;
constexpr auto longest_wait_for_canceller = 5s;
constexpr std::size_t copy_piece = std::size_t{64} << 10U;
constexpr std::size_t most_drained = std::size_t{256} << 20U;

bool is_readable(int fd) {
  pollfd entry{fd, POLLIN, 0};
  return ::poll(&entry, 1, 0) > 0;
}

/// PQcancel blocks while it connects, for minutes if the network is gone, so it has a thread to itself.
std::future<void> cancel_in_background(PGconn* connection) {
  std::shared_ptr<PGcancel> handle(PQgetCancel(connection), FreeCancel{});
  std::packaged_task<void()> task([handle] {
    std::array<char, 256> message{};
    if (handle) PQcancel(handle.get(), message.data(), static_cast<int>(message.size()));
  });
  std::future<void> done = task.get_future();
  std::thread(std::move(task)).detach();
  return done;
}

}  // namespace

Conversation::Conversation(PGconn* connection, int interrupt_fd, bool& cancelled)
    : connection_(connection), interrupt_fd_(interrupt_fd), interrupt_used_(cancelled),
      late_interrupt_(!cancelled && is_readable(interrupt_fd)) {
  if (late_interrupt_) deadline_ = Clock::now() + grace_after_interrupt;
}

Conversation::~Conversation() {
  // A request still under way could hit the next statement of this connection.
  if (cancel_.valid()) cancel_.wait_for(longest_wait_for_canceller);
}

void Conversation::cancel() {
  if (cancel_.valid()) return;
  cancel_ = cancel_in_background(connection_);
  deadline_ = Clock::now() + longest_reaction_to_cancel;
}

int Conversation::milliseconds_left() const {
  if (!deadline_) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - Clock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, 60'000));
}

/// At the deadline a late interrupt becomes a cancel, and an unanswered cancel a lost connection.
bool Conversation::past_deadline() {
  if (!deadline_ || Clock::now() < *deadline_) return false;
  if (cancel_.valid()) return true;
  act_on_interrupt();
  return false;
}

void Conversation::act_on_interrupt() {
  late_interrupt_ = false;
  interrupt_used_ = true;
  cancel();
}

/// Waits once for the socket. False when the connection is lost.
bool Conversation::wait(bool for_writing) {
  const short events = for_writing ? POLLIN | POLLOUT : POLLIN;
  std::array<pollfd, 2> entries{{{PQsocket(connection_), events, 0}, {watched_fd(), POLLIN, 0}}};
  if (entries[0].fd < 0) return false;
  const int ready = ::poll(entries.data(), entries.size(), milliseconds_left());
  if (ready < 0) return errno == EINTR;
  if (entries[1].revents != 0) act_on_interrupt();
  if (entries[0].revents != 0 && PQconsumeInput(connection_) == 0) return false;
  return !past_deadline();
}

ResultHandle Conversation::next() {
  while (!lost_) {
    const int unsent = PQflush(connection_);
    if (PQisBusy(connection_) == 0) break;
    if (wait(unsent == 1)) continue;
    lost_ = true;
  }
  // What the server said before it went is still in libpq's buffer; on a living socket PQgetResult would block.
  if (lost_ && PQsocket(connection_) >= 0 && PQisBusy(connection_) != 0) return nullptr;
  return ResultHandle(PQgetResult(connection_));
}

bool Conversation::flush() {
  int unsent = 0;
  while ((unsent = PQflush(connection_)) == 1) {
    if (!wait(true)) lost_ = true;
    if (lost_ || was_cancelled()) return false;
  }
  if (unsent < 0) lost_ = true;
  return !lost_;
}

/// poll() passes over a negative descriptor.
int Conversation::watched_fd() const { return interrupt_used_ || late_interrupt_ ? -1 : interrupt_fd_; }

bool Conversation::put_copy(std::string_view data) {
  while (!data.empty()) {
    const std::string_view piece = data.substr(0, copy_piece);
    const int queued = PQputCopyData(connection_, piece.data(), static_cast<int>(piece.size()));
    if (queued < 0) lost_ = PQstatus(connection_) == CONNECTION_BAD;
    if (queued < 0 || !flush()) return false;
    if (queued == 1) data.remove_prefix(piece.size());
    if (!go_on()) return false;
  }
  return true;
}

/// Data may flow without a single wait, so the interrupt has to be asked for.
bool Conversation::go_on() {
  if (is_readable(watched_fd())) act_on_interrupt();
  if (past_deadline()) lost_ = true;
  return !lost_ && !was_cancelled();
}

/// Takes one row from libpq, waiting for it. False at the end of the data.
bool Conversation::next_row() {
  for (;;) {
    char* row = nullptr;
    const int size = PQgetCopyData(connection_, &row, 1);
    row_.reset(row);
    rest_ = {row, size > 0 ? static_cast<std::size_t>(size) : 0};
    if (size != 0) return size > 0;
    if (!wait(false)) lost_ = true;
    if (lost_ || was_cancelled()) return false;
  }
}

std::string_view Conversation::get_copy(std::size_t most_bytes) {
  piece_.clear();
  if (!go_on()) return {};
  while (piece_.size() < most_bytes && (!rest_.empty() || next_row())) {
    const std::string_view part = rest_.substr(0, most_bytes - piece_.size());
    piece_ += part;
    rest_.remove_prefix(part.size());
  }
  return piece_;
}

bool Conversation::end_copy_in(const char* abort_reason) {
  int queued = 0;
  while ((queued = PQputCopyEnd(connection_, abort_reason)) == 0)
    if (!wait(true)) break;
  if (queued != 1 && PQstatus(connection_) == CONNECTION_BAD) lost_ = true;
  return queued == 1;
}

void Conversation::drain_copy() {
  std::size_t drained = 0;
  while (drained < most_drained) {
    char* row = nullptr;
    const int size = PQgetCopyData(connection_, &row, 1);
    const std::unique_ptr<char, FreeMemory> owner(row);
    if (size < 0) return;
    drained += static_cast<std::size_t>(size);
    if (size == 0 && !wait(false)) break;
  }
  lost_ = true;
}

}  // namespace cairn
