#pragma once

#include "seam/step_runner.hpp"
#include "worker/worker_wire.hpp"

#include <string>

namespace cairn {

/// The StepHost of the worker: every call is a frame to the runner, which holds the connection.
/// execute, write_copy, log and progress are one way; what failed in them is told by the next call that
/// answers, and by the runner when the step ends. HostCallFailed carries no reason here: the runner has it.
class RemoteHost final : public StepHost {
 public:
  explicit RemoteHost(WorkerWire& wire) : wire_(wire) {}

  void execute(std::string sql, Place place) override;
  Result query(std::string sql, std::vector<Cell> parameters, Place place) override;
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
  bool offline() override;

  /// Sends what copy data is still gathered; before the step is told to be finished.
  void flush();

 private:
  FieldReader ask_statement(Opcode opcode, const std::string& sql, const std::vector<Cell>& parameters, const Place& place);
  void send(Opcode opcode, const FieldWriter& fields, const Place& place);
  FieldReader ask(Opcode opcode, const FieldWriter& fields, const Place& place = {});

  WorkerWire& wire_;
  std::string copy_data_;   ///< small writes gathered into one frame
};

}  // namespace cairn
