#pragma once

#include "engine/script.hpp"
#include "graph/plan.hpp"
#include "seam/observer.hpp"
#include "seam/step_runner.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// What a step's code asked for while nothing answered it.
struct Recording {
  std::vector<Piece> pieces;           ///< of the upgrade or downgrade, then of the verify function
  std::optional<std::size_t> verify;   ///< where those of the verify function begin; nothing: it was not reached
};

/// What the recorder lets the code know of the world.
struct RecordedWorld {
  Observer& observer;
  const std::map<std::string, std::string, std::less<>>& variables;
  std::function<bool()> interrupted;
};

/// Takes the place of a server while the code of a C++ revision runs: writes down what the code would send, and refuses
/// what asks for an answer. Success is assumed of everything it writes down.
class Recorder final : public StepHost {
 public:
  Recorder(const Revision& revision, RecordedWorld world) : revision_(&revision), world_(std::move(world)) {}

  void execute(std::string sql, Place place) override;
  cairn::Result query(std::string sql, std::vector<Cell> parameters, Place place) override;
  std::uint64_t run(std::string sql, std::vector<Cell> parameters, Place place) override;
  void savepoint(SavepointAction action, Place place) override;
  void begin_copy_in(std::string statement, Place place) override;
  void write_copy(std::string_view data) override;
  std::uint64_t end_copy_in(std::optional<std::string> abort_reason) override;
  void begin_copy_out(std::string statement, Place place) override;
  std::string_view read_copy() override;
  std::uint64_t end_copy_out() override;
  void log(LogLevel level, std::string text) override;
  void progress(std::uint64_t done, std::uint64_t total, std::string what) override;
  std::optional<std::string> variable(std::string_view key) override;
  bool cancelled() override;
  bool offline() override { return true; }
  void verify_begins() override { recording_.verify = recording_.pieces.size(); }

  /// What there is so far, also after a failure.
  Recording take() { return std::move(recording_); }

 private:
  struct OpenCopy {
    std::string statement;
    std::string data;
    Place place;
  };

  void require_usable();
  void count(std::size_t bytes);
  Piece make_piece(const std::string& sql, const Place& place);
  void record(const std::string& sql, const Place& place);
  /// A failure that no savepoint recovers from: what is written down would not be what the code does.
  [[noreturn]] void fail(Error error);

  const Revision* revision_;
  RecordedWorld world_;
  Recording recording_;
  std::optional<OpenCopy> copy_;
  std::optional<Error> failure_;
  std::size_t savepoints_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace cairn
