#pragma once

#include "engine/script.hpp"
#include "engine/session.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace cairn {

/// What a revision outside a transaction talks to: each statement travels alone and is journalled
/// before and after, so that a death in between is known afterwards. Used by code revisions, and by
/// the executor itself for the statements of SQL revisions.
///
/// From its first statement to finish() there is always one that was started and not seen to end; that is what
/// stops the next run.
class BareSession : public Session {
 public:
  BareSession(World& world, const Step& step);

  void execute(std::string sql, Place place) override;
  cairn::Result query(std::string sql, std::vector<Cell> parameters, Place place) override;
  void savepoint(SavepointAction action, Place place) override;
  void begin_copy_in(std::string statement, Place place) override;
  void write_copy(std::string_view data) override;
  std::uint64_t end_copy_in(std::optional<std::string> abort_reason) override;
  void begin_copy_out(std::string statement, Place place) override;
  std::string_view read_copy() override;
  std::uint64_t end_copy_out() override;

  /// All statements of a SQL file.
  void run_piece(const Piece& piece);

  /// The last statement's journal entry and the version rows, in one transaction. Answers the step's duration.
  std::chrono::milliseconds finish();

  /// Ends the step with this error: journals it, and answers what to report, which is of category unfinished once a
  /// statement had an effect.
  Error conclude(Error cause);

 private:
  /// The place of a byte of the statement's text in the author's file; without one, of the statement.
  using Locate = std::function<Place(std::optional<std::size_t>)>;

  void require_usable();
  Reply run_statement(const Message& message, const Locate& locate);
  Reply note(const std::string& entries);
  std::string entry_of_ended() const;
  std::string entry_of_failure(const Error& cause) const;
  /// With an error that does not name the revision: conclude() does.
  [[noreturn]] void fail(Error error);

  std::size_t number_ = 0;        // statements started
  bool ended_ = true;             // the last of them succeeded
  bool dirty_ = false;            // something has had an effect
};

}  // namespace cairn
