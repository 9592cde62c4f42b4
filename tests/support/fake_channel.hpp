#pragma once

#include "seam/sql_channel.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace cairn::test {

/// A scripted SqlChannel. It records what it was sent and answers each statement of a text with its command
/// tag, unless a rule says otherwise. Like the server it skips the rest of a text after a failure, refuses
/// all but the end of a failed transaction (25P02) and answers its COMMIT with ROLLBACK.
///
/// It cuts texts at semicolons outside quotes, dollar quotes and line comments, and follows BEGIN, COMMIT
/// and ROLLBACK to know whether a transaction is open. That is all the SQL it knows.
class FakeChannel : public SqlChannel {
 public:
  /// Rules: the first whose text occurs in a statement decides, and stays in force unless told `once`.
  FakeChannel& answer(std::string occurs, Result result) { return add({std::move(occurs), std::move(result), {}, false}); }
  FakeChannel& fail(std::string occurs, ServerFailure failure) { return add({std::move(occurs), {}, std::move(failure), false}); }
  FakeChannel& fail(std::string occurs, std::string sqlstate, std::string message = "failed") {
    return fail(std::move(occurs), ServerFailure{std::move(sqlstate), std::move(message), {}, {}, {}, 0});
  }
  /// Any message in which the text occurs fails as a whole, before its first statement: at the text, as a syntax
  /// error does, or nowhere, as characters that the server cannot take.
  FakeChannel& refuse(std::string occurs, std::string sqlstate = "42601");
  FakeChannel& refuse_anywhere(std::string occurs, std::string sqlstate = "22P05");
  FakeChannel& lose(std::string occurs) { return add({std::move(occurs), {}, {}, true}); }
  /// The rule added last applies one time only.
  FakeChannel& once() { rules_.back().uses = 1; return *this; }
  /// Called with every text before it is answered: to change rules, or what another session would change.
  void on_text(std::function<void(const std::string&)> action) { on_text_ = std::move(action); }

  const std::vector<std::string>& texts() const { return texts_; }          ///< one per exchange
  const std::vector<std::string>& statements() const { return statements_; } ///< those that were reached
  const std::vector<Message>& messages() const { return messages_; }        ///< their copies point into the sender
  const std::vector<std::string>& copied() const { return copied_; }        ///< data of each copy, inline or streamed
  bool sent(const std::string& text) const;                                 ///< in any exchange
  /// What a COPY ... TO STDOUT sends, piece by piece; it ends there, or with a failure.
  void sends(std::vector<std::string> pieces, std::optional<ServerFailure> at_the_end = {});
  void server_is(int version) { server_version_ = version; }

  Reply exchange(const Message& message) override;
  Reply begin_copy_in(const std::string& statement) override;
  bool write_copy(std::string_view data) override;
  Reply end_copy_in(const std::optional<std::string>& abort_reason) override;
  Reply begin_copy_out(const std::string& statement) override;
  std::string_view read_copy() override;
  Reply end_copy_out() override;
  bool in_transaction() const override { return in_transaction_; }
  int backend_pid() const override { return 4711; }
  int server_version() const override { return server_version_; }
  std::size_t round_trips() const override { return round_trips_; }

 private:
  struct Rule {
    std::string occurs;
    std::optional<Result> result;
    std::optional<ServerFailure> failure;
    bool lost = false;
    std::size_t uses = static_cast<std::size_t>(-1);
  };

  FakeChannel& add(Rule rule) { rules_.push_back(std::move(rule)); return *this; }
  std::optional<ServerFailure> find_refusal(const std::string& text) const;
  Rule* find_rule(const std::string& statement);
  bool run_statement(const std::string& statement, Reply& reply);
  std::string follow_transaction(const std::string& statement);
  std::optional<ServerFailure> failure_of(const std::string& statement, const Rule* rule) const;

  struct Refusal {
    std::string occurs;
    std::string sqlstate;
    bool placed = true;
  };

  std::vector<Rule> rules_;
  std::vector<Refusal> refusals_;
  std::function<void(const std::string&)> on_text_;
  std::vector<std::string> texts_;
  std::vector<std::string> statements_;
  std::vector<Message> messages_;
  std::vector<std::string> copied_;
  std::vector<std::string> pieces_;
  std::optional<ServerFailure> end_of_pieces_;
  std::size_t pieces_read_ = 0;
  bool in_transaction_ = false;
  bool failed_ = false;
  bool lost_ = false;
  int server_version_ = 150020;
  std::size_t round_trips_ = 0;
};

}  // namespace cairn::test
