#include "observe/watched_channel.hpp"

#include "observe/comparison.hpp"
#include "observe/missing_index.hpp"
#include "observe/stretches.hpp"
#include "observe/command_words.hpp"

#include <utility>

namespace cairn {

namespace {

/// To look costs some milliseconds: a step of so many statements fills tables.
constexpr std::size_t most_watched = 1000;

bool ended_well(const Reply& reply) { return !reply.failure && !reply.lost; }

}  // namespace

StepEffects WatchedChannel::take() {
  first_.reset();
  return std::exchange(effects_, StepEffects{});
}

Reply WatchedChannel::exchange(const Message& message) {
  if (!message.statements.empty()) return exchange_in_pieces(message);
  scene_.reset();
  return channel_->exchange(message);
}

Reply WatchedChannel::exchange_in_pieces(const Message& message) {
  Pieces pieces(message);
  bool running = false;
  while (const Stretch* stretch = pieces.next()) {
    const bool own = stretch->statement == nullptr;
    if (own && running) end_run(pieces.answer());
    if (!own && !running) {
      // Outside a transaction what is sent in one message would be one: it is not cut then.
      if (!channel_->in_transaction() && !pieces.is_alone()) {
        pieces.take_rest(exchange(pieces.rest()));
        break;
      }
      begin_run();
    }
    running = !own;
    pieces.take(own ? unless_cancelled([&] { return exchange(pieces.message()); })
                    : exchange_statement(pieces.message(), pieces.text_of(*stretch->statement), stretch->statement->place));
  }
  if (running) end_run(pieces.answer());
  return or_cancelled(std::move(pieces.answer()));
}

/// An interrupt that came while the server was looked at has failed the transaction: it is what the next message, or the end
/// of the present one, is answered with.
Reply WatchedChannel::unless_cancelled(const std::function<Reply()>& send) {
  auto cancelled = probe_.take_cancelled();
  if (!cancelled) return send();
  Reply reply;
  reply.failure = std::move(cancelled);
  return reply;
}

Reply WatchedChannel::or_cancelled(Reply reply) {
  auto cancelled = probe_.take_cancelled();
  if (cancelled && ended_well(reply)) reply.failure = std::move(cancelled);
  return reply;
}

Reply WatchedChannel::exchange_statement(const Message& message, std::string text, const Place& place) {
  if (effects_.statements.size() >= most_watched) return exchange_unwatched(message);
  begin_statement(std::move(text), place);
  Reply reply = unless_cancelled([&] { return channel_->exchange(message); });
  end_statement(reply);
  return reply;
}

Reply WatchedChannel::exchange_unwatched(const Message& message) {
  effects_.complete = false;
  return unless_cancelled([&] { return exchange({.text = message.text, .copies = message.copies, .parameters = message.parameters,
                                                 .most_answer_bytes = message.most_answer_bytes}); });
}

void WatchedChannel::begin_run() {
  probe_.watch();
  if (!scene_) look(nullptr);
  if (!first_) first_ = scene_;
}

/// A failed transaction takes the triggers along.
void WatchedChannel::end_run(const Reply& reply) {
  if (scene_ && first_) effects_.without_index = find_new_without_index(*first_, *scene_);
  if (ended_well(reply) || !channel_->in_transaction()) probe_.unwatch();
}

void WatchedChannel::look(const Scene* known) {
  scene_ = probe_.look(known);
  if (!scene_ || !scene_->triggers) effects_.complete = false;
}

void WatchedChannel::begin_statement(std::string text, const Place& place) {
  current_ = StatementEffects();
  current_.text = std::move(text);
  current_.place = place;
  current_.in_transaction = channel_->in_transaction();
  const std::string words = command_words(current_.text);
  reason_ = rewrite_reason(words);
  if (drops_plpgsql(words, current_.text)) probe_.unwatch();
  truncated_ = words == "TRUNCATE" ? probe_.find_tables(find_truncated_names(current_.text)) : std::vector<Oid>();
  members_ = may_drop_extension(words) ? probe_.find_extension_members() : std::set<ObjectName>();
  begun_ = Clock::now();
}

void WatchedChannel::end_statement(const Reply& reply) {
  current_.duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun_);
  current_.failed = !ended_well(reply);
  const std::optional<Scene> before = std::exchange(scene_, std::nullopt);
  if (!current_.failed) {
    look(before ? &*before : nullptr);
    if (first_ && before && scene_) compare_scenes({*first_, *before, *scene_, reason_, truncated_, members_}, current_);
  }
  effects_.statements.push_back(std::move(current_));
}

Reply WatchedChannel::begin_copy_in(const std::string& statement) {
  return begin_copy(statement, [&] { return channel_->begin_copy_in(statement); });
}

Reply WatchedChannel::begin_copy_out(const std::string& statement) {
  return begin_copy(statement, [&] { return channel_->begin_copy_out(statement); });
}

Reply WatchedChannel::begin_copy(const std::string& statement, const std::function<Reply()>& begin) {
  begin_run();
  begin_statement(statement, {});
  Reply reply = unless_cancelled(begin);
  copying_ = true;
  return ended_well(reply) ? reply : end_copy(std::move(reply));
}

Reply WatchedChannel::end_copy_in(const std::optional<std::string>& abort_reason) {
  return end_copy(channel_->end_copy_in(abort_reason));
}

Reply WatchedChannel::end_copy_out() { return end_copy(channel_->end_copy_out()); }

Reply WatchedChannel::end_copy(Reply reply) {
  if (!std::exchange(copying_, false)) return reply;
  end_statement(reply);
  end_run(reply);
  return or_cancelled(std::move(reply));
}

}  // namespace cairn
