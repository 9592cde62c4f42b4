#include "postgres/runner_lock.hpp"

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "postgres/server_error.hpp"
#include "postgres/shown_query.hpp"

#include <fmt/core.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <random>
#include <utility>

namespace cairn {

namespace {

using Clock = std::chrono::steady_clock;

Error interrupted_waiting() {
  return Error(Category::interrupted, "interrupted while waiting for the runner lock").database("unchanged");
}

bool is_interrupted(int interrupt_fd) {
  pollfd entry{interrupt_fd, POLLIN, 0};
  return ::poll(&entry, 1, 0) > 0;
}

std::string holder_text(SqlChannel& channel, std::int64_t key, int interrupt_fd) {
  Reply reply = channel.exchange(Message{holder_statement(key), {}, {}});
  if (reply.failure && is_interrupted(interrupt_fd)) throw interrupted_waiting();
  const std::vector<Result> results = require_results(std::move(reply), Category::lock);
  const auto holder = results.empty() ? std::nullopt : parse_holder(results.back());
  return holder ? holder->text() : "a session that has just ended";
}

Error still_held(const std::string& holder) {
  return Error(Category::lock, "another runner holds the lock of this database")
      .detail("Held by " + holder)
      .database("unchanged")
      .hint("Wait until it has finished, or give more time with --lock-wait SECONDS (0: for ever). A session that hangs is "
            "ended by SELECT pg_terminate_backend(pid); its revision is then rolled back.");
}

void pause(std::chrono::milliseconds length, int interrupt_fd) {
  pollfd entry{interrupt_fd, POLLIN, 0};
  if (::poll(&entry, 1, static_cast<int>(length.count())) > 0) throw interrupted_waiting();
}

/// True when the lock was in the first result.
bool was_locked(const Reply& reply) {
  return !reply.results.empty() && !reply.results[0].rows.empty() && reply.results[0].rows[0].at(0) == "t";
}

std::string message_text(const LockRequest& request) {
  return request.following.empty() ? lock_statement(request.key)
                                   : lock_statement(request.key) + ";\n" + request.following;
}

/// One sitting of waiting: when it began, how often it was tried, who was named last.
class Patience {
 public:
  Patience(const LockRequest& request, Observer& observer) : request_(request), observer_(observer) {}

  void wait(SqlChannel& channel) {
    const std::string holder = holder_text(channel, request_.key, request_.interrupt_fd);
    const auto left = time_left();
    if (left && left->count() <= 0) throw still_held(holder);
    // A run that has just ended needs a moment to let go: not worth telling.
    if (attempts_ > 0 && holder != named_) observer_.waiting_for_lock(named_ = holder);
    const auto length = lock_pause(++attempts_, std::uniform_real_distribution<double>(0, 1)(random_));
    pause(left ? std::min(length, *left) : length, request_.interrupt_fd);
  }

 private:
  std::optional<std::chrono::milliseconds> time_left() const {
    if (!request_.wait) return std::nullopt;
    return std::chrono::ceil<std::chrono::milliseconds>(began_ + *request_.wait - Clock::now());
  }

  const LockRequest& request_;
  Observer& observer_;
  Clock::time_point began_ = Clock::now();
  std::minstd_rand random_{std::random_device{}()};
  int attempts_ = 0;
  std::string named_;
};

}  // namespace

std::int64_t lock_key(std::string_view schema, std::string_view table) {
  std::string text = "cairn/v1";
  text += '\0';
  text += schema;
  text += '\0';
  text += table;
  const Sha256 digest = sha256(text);
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) key = key << 8U | digest[i];
  return static_cast<std::int64_t>(key);
}

// The key is quoted and cast: the smallest number is not a literal that a minus sign can be put before.
std::string lock_statement(std::int64_t key) {
  return fmt::format("SELECT pg_catalog.pg_try_advisory_lock('{}'::pg_catalog.int8) AS locked", key);
}

std::string holder_statement(std::int64_t key) {
  const auto bits = static_cast<std::uint64_t>(key);
  return fmt::format(
      "SELECT a.pid, a.usename, a.application_name, pg_catalog.host(a.client_addr), "
      "pg_catalog.to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'), a.query "
      "FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid OPERATOR(pg_catalog.=) l.pid "
      "WHERE l.locktype OPERATOR(pg_catalog.=) 'advisory'::pg_catalog.text AND l.granted "
      "AND l.classid OPERATOR(pg_catalog.=) '{}'::pg_catalog.oid AND l.objid OPERATOR(pg_catalog.=) "
      "'{}'::pg_catalog.oid "
      "AND l.objsubid OPERATOR(pg_catalog.=) 1::pg_catalog.int2 "
      "AND l.database OPERATOR(pg_catalog.=) (SELECT d.oid FROM pg_catalog.pg_database d "
      "WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())",
      bits >> 32U, bits & 0xFFFFFFFFU);
}

std::optional<LockHolder> parse_holder(const Result& result) {
  if (result.rows.empty() || result.rows[0].size() < 6) return std::nullopt;
  const auto cell = [&](std::size_t i) { return result.rows[0][i].value_or(""); };
  LockHolder holder{0, cell(1), cell(2), cell(3), cell(4), shown_query(cell(5))};
  const std::string pid = cell(0);
  std::from_chars(pid.data(), pid.data() + pid.size(), holder.pid);
  return holder;
}

std::string LockHolder::text() const {
  std::string text = fmt::format("pid {}, user \"{}\"", pid, user);
  if (!application_name.empty()) text += fmt::format(", application \"{}\"", printable(application_name, 64));
  text += client_address.empty() ? ", on the local socket" : ", from " + client_address;
  if (!since.empty()) text += ", since " + since;
  if (!query.empty()) text += ", running or last: " + query;
  return text;
}

std::chrono::milliseconds lock_pause(int attempt, double share) {
  double longest = 100;
  for (int i = 1; i < attempt && longest < 1000; ++i) longest *= 1.5;
  longest = std::min(longest, 1000.0);
  return std::chrono::milliseconds(static_cast<std::int64_t>(longest * (0.5 + share / 2)));
}

RunnerLock RunnerLock::acquire(SqlChannel& channel, const LockRequest& request, Observer& observer, Reply* answers) {
  const Message message{message_text(request), {}, {}};
  for (Patience patience(request, observer);; patience.wait(channel)) {
    if (is_interrupted(request.interrupt_fd)) throw interrupted_waiting();
    Reply reply = channel.exchange(message);
    // What was sent has been cancelled on the server then.
    if (reply.failure && is_interrupted(request.interrupt_fd)) throw interrupted_waiting();
    // Without even the lock's own answer the failure is the connection's.
    if (reply.lost || reply.results.empty()) require_results(std::move(reply), Category::connection);
    if (!was_locked(reply)) continue;
    RunnerLock lock(channel, request.key);
    reply.results.erase(reply.results.begin());
    if (answers == nullptr) require_results(std::move(reply), Category::history);
    else *answers = std::move(reply);
    return lock;
  }
}

RunnerLock::RunnerLock(RunnerLock&& other) noexcept
    : channel_(std::exchange(other.channel_, nullptr)), key_(other.key_) {}

RunnerLock::~RunnerLock() {
  try {
    release();
  } catch (...) {   // the end of the connection releases it as well
  }
}

void RunnerLock::release() {
  if (SqlChannel* channel = std::exchange(channel_, nullptr)) release_runner_lock(*channel, key_);
}

void release_runner_lock(SqlChannel& channel, std::int64_t key) {
  if (channel.in_transaction()) return;
  const Reply reply = channel.exchange(
      Message{fmt::format("SELECT pg_catalog.pg_advisory_unlock('{}'::pg_catalog.int8)", key), {}, {}});
  if (reply.lost || reply.failure) return;
  if (!was_locked(reply))
    throw Error(Category::check, "the runner lock was not held to the end of the run")
        .detail("A revision has called pg_advisory_unlock_all(), or somebody has in this session; another runner could have "
                "worked at the same time. Every step found the version rows as it expected them.")
        .hint("Look for pg_advisory_unlock_all in the revisions of this run, and take it out.");
}

}  // namespace cairn
