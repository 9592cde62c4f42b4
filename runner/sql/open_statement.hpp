#pragma once

#include "sql/scanner.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::sql {

/// The statement that is being read: knows from its tokens where it ends, by the rules of psql.
class OpenStatement {
 public:
  /// The text must outlive the statement.
  explicit OpenStatement(std::string_view text) : text_(text) {}

  enum class Taken { goes_on, ends };

  /// Takes the next token. `ends`: it is the semicolon behind the statement, and not part of it.
  Taken take(const Token& token);

  bool empty() const { return end_ == 0; }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }        ///< behind the last token
  /// COPY ... FROM STDIN: its data follow in the text.
  bool copies_in() const { return copies_in_; }
  /// COPY ... TO STDOUT: the rows would go to the client.
  bool copies_out() const { return copies_out_; }
  /// What in it would release the lock that keeps other runners away, as "DISCARD ALL"; else empty. Only what is
  /// written out is seen, not what a string or a function hides.
  std::string_view releases_locks() const;
  /// The words it begins with, in capitals, at most six.
  const std::vector<std::string>& leading_words() const { return leading_words_; }
  /// The innermost parenthesis still open, and the BEGIN of an SQL body without its END.
  std::optional<std::size_t> open_parenthesis() const;
  std::optional<std::size_t> open_body() const { return in_body_ ? std::optional(body_begin_) : std::nullopt; }

 private:
  void take_parenthesis(const Token& open);
  void take_word(const Token& word);
  void take_word_of_body(const Token& word);
  void take_client_stream();
  bool follows(std::string_view upper) const;
  bool is_routine() const;

  std::string_view text_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  Token previous_;
  std::vector<std::string> leading_words_;
  bool leading_ = true;
  std::vector<std::size_t> parentheses_;
  bool copies_in_ = false;
  bool copies_out_ = false;
  bool unlocks_all_ = false;
  bool in_body_ = false;            ///< between BEGIN ATOMIC and its END
  std::size_t body_begin_ = 0;
  std::size_t cases_ = 0;           ///< CASE ... END still open in the body's present statement
};

}  // namespace cairn::sql
