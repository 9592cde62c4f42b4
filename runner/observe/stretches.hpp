#pragma once

#include "seam/sql_channel.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cairn {

/// A part of a message's text that can be sent by itself: one statement of the author, or what Cairn put between.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  const AuthoredStatement* statement = nullptr;   ///< of the message; null: Cairn's own
};

/// The stretches in order. What holds no statement is left out: comments, semicolons.
std::vector<Stretch> cut(const Message& message);

/// A message sent stretch by stretch, and the answer put together as if it had been sent whole.
class Pieces {
 public:
  /// The message outlives the pieces.
  explicit Pieces(const Message& message) : whole_(message), stretches_(cut(message)) {}

  /// The next one to send; null at the end, and after a failure.
  const Stretch* next() const;
  /// What to send for it; with the data of its COPY.
  Message message() const;
  /// What is left of the message from it on, to be sent at once.
  Message rest() const;
  /// The message is one statement of the author and nothing else.
  bool is_alone() const { return stretches_.size() == 1; }
  /// What the author wrote of it.
  std::string text_of(const AuthoredStatement& statement) const;

  /// The answer to it; after the rest there is no next.
  void take(Reply part);
  void take_rest(Reply part);
  Reply& answer() { return answer_; }

 private:
  std::vector<std::string_view> copies_from_here(std::size_t count) const;

  const Message& whole_;
  std::vector<Stretch> stretches_;
  std::size_t at_ = 0;
  std::size_t copies_ = 0;   ///< used up
  Reply answer_;
};

}  // namespace cairn
