#pragma once

#include "base/error.hpp"
#include "graph/plan.hpp"
#include "seam/sql_channel.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

enum class SavepointAction { begin, release, rollback };
enum class LogLevel { debug, info, notice, warning };

/// Thrown by StepHost calls whose statement failed: the error the step will be reported with.
/// A runner passes it to the plugin as a failed call; only a savepoint may recover from it.
struct HostCallFailed {
  Error error;
};

/// What stands for a number of rows that nobody knows; CAIRN_COUNT_UNKNOWN of abi.h.
inline constexpr std::uint64_t count_unknown = std::numeric_limits<std::uint64_t>::max();

/// What a running step may ask for. The engine implements it; all calls come from one thread,
/// between the entry of StepRunner::run and its return.
class StepHost {
 public:
  virtual ~StepHost() = default;

  /// One or many statements without an answer; may be sent later.
  virtual void execute(std::string sql, Place place) = 0;
  /// One statement, sent at once. Answers the rows; `affected` comes from the tag.
  virtual Result query(std::string sql, std::vector<Cell> parameters, Place place) = 0;
  /// The same where only the number of affected rows is asked for; count_unknown when there is no server to tell it.
  virtual std::uint64_t run(std::string sql, std::vector<Cell> parameters, Place place) {
    return affected_rows(query(std::move(sql), std::move(parameters), std::move(place)).tag);
  }
  virtual void savepoint(SavepointAction action, Place place) = 0;

  virtual void begin_copy_in(std::string statement, Place place) = 0;
  virtual void write_copy(std::string_view data) = 0;
  /// Answers the number of rows, or count_unknown.
  virtual std::uint64_t end_copy_in(std::optional<std::string> abort_reason) = 0;

  virtual void begin_copy_out(std::string statement, Place place) = 0;
  /// The next piece, at most most_piece_bytes, valid until the next call; empty once the data have come to their end.
  virtual std::string_view read_copy() = 0;
  /// Answers the number of rows; before the end of the data it gives the copy up, which is a failure.
  virtual std::uint64_t end_copy_out() = 0;

  virtual void log(LogLevel level, std::string text) = 0;
  virtual void progress(std::uint64_t done, std::uint64_t total, std::string what) = 0;
  virtual std::optional<std::string> variable(std::string_view key) = 0;
  /// True when the step should end: the user pressed ^C.
  virtual bool cancelled() = 0;

  /// True while the step is only recorded: nothing reaches a server, and questions have no answer.
  virtual bool offline() { return false; }
  /// The upgrade has succeeded, and the revision's verify function comes next.
  virtual void verify_begins() {}
};

/// How a step of a code revision ended, as far as the plugin is concerned.
struct StepEnd {
  std::optional<Error> error;   ///< nothing: it returned success
  bool died = false;            ///< the process running it is gone (crash, exit, deadline)
};

/// Runs the code of C++ revisions: in the worker process, or in this one.
class StepRunner {
 public:
  virtual ~StepRunner() = default;

  /// Loads these revisions' libraries, so that a missing symbol shows before the first write.
  /// Throws one Error with every library that cannot be used.
  virtual void load(std::span<const Revision* const> revisions) = 0;

  /// Runs upgrade or downgrade, and after a successful upgrade verify where there is one.
  virtual StepEnd run(const Step& step, StepHost& host) = 0;
};

}  // namespace cairn
