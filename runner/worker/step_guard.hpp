#pragma once

#include "seam/step_runner.hpp"

#include <cstddef>
#include <exception>
#include <optional>
#include <string>

namespace cairn {

/// Stands between a step and the engine and holds it to the contract of abi.h: the first failure ends the
/// step, whatever it returns, unless a savepoint around it is rolled back; until then no further call that
/// would reach the server is passed on. Also: one COPY at a time and nothing else inside it.
/// Every failed call throws HostCallFailed with the error the step will be reported with.
class StepGuard final : public StepHost {
 public:
  explicit StepGuard(StepHost& host) : host_(host) {}

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

  /// A call failed before it reached this guard, or its answer could not be handed over.
  void refuse(Error error);

  /// The function is over: ends a COPY that it left open, so that the connection can be used again.
  void close();
  /// What the function left open, as an error; that counts when it says that it succeeded.
  std::optional<Error> find_left_open() const;

  /// The failure that was not recovered from, or null.
  const Error* failure() const { return failure_ ? &*failure_ : nullptr; }
  /// What a host call threw that was no HostCallFailed: nothing the step may be told, so it waits for the
  /// step's end. Null when there was none.
  std::exception_ptr fatal() const { return fatal_; }
  /// That failure is a COPY that the code itself gave up: why it did is in what it reports.
  bool gave_up() const { return failure_ && gave_up_ && failure_->category() == Category::revision; }
  /// Host calls so far; pieces of COPY data are not counted.
  std::size_t calls() const { return calls_; }

 private:
  enum class OpenCopy { none, in, out, all_read };   ///< the last: out, and its data have come to their end

  template <class Call>
  auto pass(Call call);
  void require_no_failure() const;
  void require_no_copy(const char* call, const Place& place);
  [[noreturn]] void fail(Error error);
  void roll_back(Place place);
  void require_copy_open(OpenCopy direction, const char* otherwise);
  void abort_copy(std::string reason);

  StepHost& host_;
  std::optional<Error> failure_;
  std::exception_ptr fatal_;
  std::size_t calls_ = 0;
  std::size_t savepoints_ = 0;
  bool lasting_ = false;      ///< the failure cannot be recovered from by a savepoint
  bool gave_up_ = false;      ///< the failure is a COPY given up by the code
  OpenCopy copy_ = OpenCopy::none;
  bool left_copy_ = false;    ///< close() found a COPY open
};

}  // namespace cairn
