#pragma once

#include "observe/effect.hpp"
#include "observe/probe.hpp"
#include "seam/sql_channel.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// Passes everything on to another channel. A message that tells where the author's statements stand in it is sent in
/// pieces, so that the server can be looked at before and after each of them; the answer is the same as if it had been sent
/// whole. Only an error that the server finds when it reads a text, before it runs anything of it, is found later: when the
/// statement's turn has come.
class WatchedChannel final : public SqlChannel {
 public:
  /// The channel outlives this. Tables to leave out need not exist: Cairn's own.
  explicit WatchedChannel(SqlChannel& channel, std::vector<RelationName> leave_out = {})
      : channel_(&channel), probe_(channel, std::move(leave_out)) {}

  /// What the statements since the last call did: to be called after each step, since what is fresh, and which foreign keys
  /// have lost their index, is told in comparison with the call before.
  StepEffects take();

  Reply exchange(const Message& message) override;
  Reply begin_copy_in(const std::string& statement) override;
  bool write_copy(std::string_view data) override { return channel_->write_copy(data); }
  Reply end_copy_in(const std::optional<std::string>& abort_reason) override;
  Reply begin_copy_out(const std::string& statement) override;
  std::string_view read_copy() override { return channel_->read_copy(); }
  Reply end_copy_out() override;
  bool in_transaction() const override { return channel_->in_transaction(); }
  int backend_pid() const override { return channel_->backend_pid(); }
  int server_version() const override { return channel_->server_version(); }
  /// Those of looking on count too.
  std::size_t round_trips() const override { return channel_->round_trips(); }

 private:
  using Clock = std::chrono::steady_clock;

  Reply exchange_in_pieces(const Message& message);
  Reply exchange_statement(const Message& message, std::string text, const Place& place);
  Reply exchange_unwatched(const Message& message);
  Reply begin_copy(const std::string& statement, const std::function<Reply()>& begin);
  Reply end_copy(Reply reply);
  Reply unless_cancelled(const std::function<Reply()>& send);
  Reply or_cancelled(Reply reply);

  /// Around an unbroken run of statements: nothing of Cairn's own may see the event triggers.
  void begin_run();
  void end_run(const Reply& reply);
  void begin_statement(std::string text, const Place& place);
  void end_statement(const Reply& reply);
  void look(const Scene* known);

  SqlChannel* channel_;
  Probe probe_;
  StepEffects effects_;
  std::optional<Scene> first_;        ///< before the first statement since take()
  std::optional<Scene> scene_;        ///< as it is now, if that is known
  StatementEffects current_;
  std::string reason_;                ///< of what the current statement writes anew
  std::vector<Oid> truncated_;        ///< by the current statement
  std::set<ObjectName> members_;      ///< of extensions that the current statement may drop
  Clock::time_point begun_;
  bool copying_ = false;
};

}  // namespace cairn
