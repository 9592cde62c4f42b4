#pragma once

#include "graph/plan.hpp"
#include "state/tables.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// Who runs: written into every journal entry.
struct RunIdentity {
  std::string run;      ///< one per invocation
  std::string client;   ///< user@host:pid of the runner
  std::string runner;   ///< "cairn 0.1.0"
  std::optional<std::string> tag = {};   ///< what the user calls this run; needs the journal's column
};

/// A source that a person has looked at.
struct AcceptedSource {
  std::string revision;
  std::string digest;   ///< of what it means
  std::string source;   ///< as the library states it; may be empty
};

/// The setting that carries a step's start through its transaction; now() stands still within one message.
inline constexpr std::string_view started_setting = "cairn.started";

/// What our bookkeeping raises when the rows are not the expected ones: found in the server's message.
inline constexpr std::string_view rows_changed_marker = "cairn: version rows are ";

/// Makes the statements that keep the version rows and the journal. Pure: only texts.
/// Everything is qualified, operators too, since it runs under whatever search_path a revision left.
class Bookkeeping {
 public:
  Bookkeeping(StateTables tables, RunIdentity identity) : tables_(std::move(tables)), identity_(std::move(identity)) {}

  const StateTables& tables() const { return tables_; }

  /// The statements that end a step, to run in its transaction: hold the rows and raise unless all of them are exactly
  /// rows_before; move them to rows_after; write the journal entry. The last answers one row with the step's milliseconds.
  /// Several plain statements, since the server plans them in half the time of one that does all of it.
  std::vector<std::string> finish(const Step& step) const;

  /// The same without a step: sets the rows, for stamp. purge: whatever rows were there. Several statements, to be sent as
  /// one message outside a transaction, which the server then takes as a whole or not at all.
  std::string stamp(const std::vector<std::string>& before, const std::vector<std::string>& after, bool purge) const;

  /// The journal entry by which a person lets an edited revision stand: from now on this is what is applied.
  std::string accept(const AcceptedSource& accepted) const;

  /// Journal entries of a revision that runs outside a transaction, by number of its statement from 1.
  std::string statement_started(const Step& step, std::size_t statement) const;
  std::string statement_done(const Step& step, std::size_t statement) const;
  /// The statement failed; `clean`: the server rolled all of it back and nothing came before it.
  std::string statement_failed(const Step& step, std::size_t statement, bool clean, std::string_view error) const;

  /// A transactional step failed and is rolled back.
  std::string failed(const Step& step, std::string_view error) const;

 private:
  std::string entry(const Step& step, std::optional<std::size_t> statement, std::string_view state,
                    std::optional<std::string_view> error) const;

  StateTables tables_;
  RunIdentity identity_;
};

}  // namespace cairn
