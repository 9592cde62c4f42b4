#pragma once

#include "engine/script.hpp"
#include "engine/session.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace cairn {

/// What a revision outside a transaction talks to: each statement travels alone and is journalled
/// before and after, so that a death in between is known afterwards. Used by code revisions, and by
/// the executor itself for the statements of SQL revisions.
class BareSession : public Session {
 public:
  BareSession(World& world, const Step& step);

  void execute(std::string sql, Place place) override;
  cairn::Result query(std::string sql, std::vector<Cell> parameters, Place place) override;
  void savepoint(SavepointAction action, Place place) override;
  void begin_copy(std::string statement, Place place) override;
  void write_copy(std::string_view data) override;
  std::uint64_t end_copy(std::optional<std::string> abort_reason) override;

  /// All statements of a SQL file.
  void run_piece(const Piece& piece);

  /// The last statement's journal entry and the version rows, in one transaction.
  void finish();

  /// True once a statement had an effect that is not recorded as the whole step.
  bool has_left_something() const { return dirty_; }

 private:
  Reply run_statement(Message message, const Place& place);
  void note(std::string sql);
  [[noreturn]] void fail(Error error);

  std::size_t number_ = 0;        // statements started
  bool dirty_ = false;
};

}  // namespace cairn
