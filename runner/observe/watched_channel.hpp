#pragma once

#include "observe/effect.hpp"
#include "seam/sql_channel.hpp"

namespace cairn {

/// Passes everything on to another channel. A message that tells where the author's statements stand in it is sent in
/// pieces, so that the server can be looked at before and after each of them; the answer is the same as if it had been sent
/// whole.
class WatchedChannel final : public SqlChannel {
 public:
  explicit WatchedChannel(SqlChannel& channel) : channel_(&channel) {}

  /// What the statements since the last call did.
  StepEffects take();

  Reply exchange(const Message& message) override;
  Reply begin_copy_in(const std::string& statement) override { return channel_->begin_copy_in(statement); }
  bool write_copy(std::string_view data) override { return channel_->write_copy(data); }
  Reply end_copy_in(const std::optional<std::string>& abort_reason) override { return channel_->end_copy_in(abort_reason); }
  Reply begin_copy_out(const std::string& statement) override { return channel_->begin_copy_out(statement); }
  std::string_view read_copy() override { return channel_->read_copy(); }
  Reply end_copy_out() override { return channel_->end_copy_out(); }
  bool in_transaction() const override { return channel_->in_transaction(); }
  int backend_pid() const override { return channel_->backend_pid(); }
  int server_version() const override { return channel_->server_version(); }
  std::size_t round_trips() const override { return channel_->round_trips(); }

 private:
  SqlChannel* channel_;
  StepEffects effects_;
};

}  // namespace cairn
