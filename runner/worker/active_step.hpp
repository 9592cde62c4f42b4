#pragma once

#include "seam/step_runner.hpp"

#include <cairn/abi.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cairn {

/// How a plugin's function came back.
struct CallEnd {
  bool succeeded = false;
  std::optional<Error> reported;   ///< what it gave to set_error, or what it did that no step may do
};

/// The step a thread is in, and what it holds until it returns. A plugin knows it as a token that is never
/// dereferenced: tokens count up, so one kept from an earlier step is recognised instead of followed.
class ActiveStep {
 public:
  /// Makes this the step of the calling thread; the destructor ends it.
  explicit ActiveStep(StepHost& host);
  ~ActiveStep();
  ActiveStep(const ActiveStep&) = delete;
  ActiveStep& operator=(const ActiveStep&) = delete;

  /// The calling thread's step if the token is its own; otherwise null, and the call is counted as stray.
  static ActiveStep* find(const cairn_step* token);
  static std::uint64_t take_stray_calls();

  cairn_step* token() const { return token_; }
  StepHost& host() { return host_; }

  /// An answer the step may read until free_rows() or its own end. Rows of no step are found nowhere.
  cairn_rows* keep(Result result);
  static const Result* find_rows(const cairn_rows* rows);
  static void free_rows(cairn_rows* rows);

  /// A piece of COPY data the step may look at until the next one.
  std::string_view keep_piece(std::string_view piece) { return piece_.assign(piece); }

  /// Null when it was not given. Valid until the step ends.
  const std::string* find_variable(std::string_view key);

  void report(Error error) { report_ = std::move(error); }
  /// A call that broke the contract or found no memory: the step has failed, whatever it returns.
  void spoil(const char* what) noexcept;
  CallEnd end(bool returned_ok) { return CallEnd{returned_ok && !spoiled_, std::move(report_)}; }

 private:
  StepHost& host_;
  cairn_step* token_;
  std::unordered_map<const cairn_rows*, std::unique_ptr<Result>> rows_;
  std::map<std::string, std::optional<std::string>, std::less<>> variables_;
  std::string piece_;
  std::optional<Error> report_;
  bool spoiled_ = false;
};

}  // namespace cairn
