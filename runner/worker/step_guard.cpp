#include "worker/step_guard.hpp"

#include <utility>

namespace cairn {

namespace {

Error contract(std::string message, const Place& place = {}) {
  Error error(Category::revision, std::move(message));
  if (place != Place{}) error.at(place);
  return error;
}

}  // namespace

/// Runs one call of the engine's and remembers how it failed.
template <class Call>
auto StepGuard::pass(Call call) {
  try {
    return call();
  } catch (const HostCallFailed& failed) {
    fail(failed.error);
  } catch (const std::exception& failure) {
    fatal_ = std::current_exception();
    lasting_ = true;
    fail(Error(Category::internal, failure.what()));
  } catch (...) {
    fatal_ = std::current_exception();
    lasting_ = true;
    fail(Error(Category::internal, "a host call failed for an unknown reason"));
  }
}

void StepGuard::refuse(Error error) {
  if (!failure_) failure_ = std::move(error);
}

void StepGuard::fail(Error error) {
  refuse(std::move(error));
  throw HostCallFailed{*failure_};
}

void StepGuard::require_no_failure() const {
  if (failure_) throw HostCallFailed{*failure_};
}

void StepGuard::require_no_copy(const char* call, const Place& place) {
  require_no_failure();
  if (copy_ != OpenCopy::none) fail(contract(std::string(call) + " was called inside a COPY, which must be ended first", place));
}

void StepGuard::execute(std::string sql, Place place) {
  ++calls_;
  require_no_copy("execute", place);
  pass([&] { host_.execute(std::move(sql), std::move(place)); });
}

Result StepGuard::query(std::string sql, std::vector<Cell> parameters, Place place) {
  ++calls_;
  require_no_copy("query", place);
  return pass([&] { return host_.query(std::move(sql), std::move(parameters), std::move(place)); });
}

std::uint64_t StepGuard::run(std::string sql, std::vector<Cell> parameters, Place place) {
  ++calls_;
  require_no_copy("run", place);
  return pass([&] { return host_.run(std::move(sql), std::move(parameters), std::move(place)); });
}

void StepGuard::savepoint(SavepointAction action, Place place) {
  ++calls_;
  if (action == SavepointAction::rollback) return roll_back(std::move(place));
  require_no_copy("savepoint", place);
  if (action == SavepointAction::release && savepoints_ == 0)
    fail(contract("a savepoint was released, but none is open", place));
  pass([&] { host_.savepoint(action, std::move(place)); });
  action == SavepointAction::begin ? ++savepoints_ : --savepoints_;
}

void StepGuard::roll_back(Place place) {
  if (savepoints_ == 0 || lasting_) {
    require_no_failure();
    fail(contract("a savepoint was rolled back, but none is open", place));
  }
  if (copy_ != OpenCopy::none) fail(contract("a savepoint was rolled back inside a COPY, which must be ended first", place));
  try {
    host_.savepoint(SavepointAction::rollback, std::move(place));
  } catch (...) {
    lasting_ = true;
    pass([]() { throw; });
  }
  --savepoints_;
  failure_.reset();
  gave_up_ = false;
}

void StepGuard::require_copy_open(OpenCopy direction, const char* otherwise) {
  require_no_failure();
  const bool open = copy_ == direction || (direction == OpenCopy::out && copy_ == OpenCopy::all_read);
  if (!open) fail(contract(otherwise));
}

void StepGuard::begin_copy_in(std::string statement, Place place) {
  ++calls_;
  require_no_copy("copy_in", place);
  pass([&] { host_.begin_copy_in(std::move(statement), std::move(place)); });
  copy_ = OpenCopy::in;
}

void StepGuard::write_copy(std::string_view data) {
  require_copy_open(OpenCopy::in, "COPY data were written, but no COPY ... FROM STDIN is open");
  pass([&] { host_.write_copy(data); });
}

std::uint64_t StepGuard::end_copy_in(std::optional<std::string> abort_reason) {
  ++calls_;
  if (failure_) abort_copy(failure_->message());
  require_copy_open(OpenCopy::in, "a COPY ... FROM STDIN was ended, but none is open");
  copy_ = OpenCopy::none;
  gave_up_ = abort_reason.has_value();
  const std::uint64_t rows = pass([&] { return host_.end_copy_in(std::move(abort_reason)); });
  gave_up_ = false;
  return rows;
}

void StepGuard::begin_copy_out(std::string statement, Place place) {
  ++calls_;
  require_no_copy("copy_out", place);
  pass([&] { host_.begin_copy_out(std::move(statement), std::move(place)); });
  copy_ = OpenCopy::out;
}

std::string_view StepGuard::read_copy() {
  require_copy_open(OpenCopy::out, "COPY data were read, but no COPY ... TO STDOUT is open");
  const std::string_view piece = pass([&] { return host_.read_copy(); });
  if (piece.empty()) copy_ = OpenCopy::all_read;
  return piece;
}

std::uint64_t StepGuard::end_copy_out() {
  ++calls_;
  if (failure_) abort_copy(failure_->message());
  require_copy_open(OpenCopy::out, "a COPY ... TO STDOUT was ended, but none is open");
  gave_up_ = copy_ == OpenCopy::out;
  copy_ = OpenCopy::none;
  const std::uint64_t rows = pass([&] { return host_.end_copy_out(); });
  gave_up_ = false;
  return rows;
}

/// The copy is still open at the server after a failure: it is ended with that as the reason, and what the
/// server says to it is not news.
void StepGuard::abort_copy(std::string reason) {
  const OpenCopy copy = std::exchange(copy_, OpenCopy::none);
  if (copy == OpenCopy::none) return;
  try {
    if (copy == OpenCopy::in) host_.end_copy_in(std::move(reason));
    else host_.end_copy_out();
  } catch (const HostCallFailed&) {
  } catch (...) {
    if (!fatal_) fatal_ = std::current_exception();
    lasting_ = true;
  }
}

void StepGuard::log(LogLevel level, std::string text) {
  ++calls_;
  pass([&] { host_.log(level, std::move(text)); });
}

void StepGuard::progress(std::uint64_t done, std::uint64_t total, std::string what) {
  ++calls_;
  pass([&] { host_.progress(done, total, std::move(what)); });
}

std::optional<std::string> StepGuard::variable(std::string_view key) {
  ++calls_;
  return pass([&] { return host_.variable(key); });
}

bool StepGuard::cancelled() {
  ++calls_;
  return pass([&] { return host_.cancelled(); });
}

bool StepGuard::offline() {
  ++calls_;
  return pass([&] { return host_.offline(); });
}

void StepGuard::close() {
  left_copy_ = copy_ != OpenCopy::none;
  abort_copy(failure_ ? failure_->message() : "the step ended inside of this COPY");
}

std::optional<Error> StepGuard::find_left_open() const {
  if (left_copy_) return contract("its code returned inside of a COPY that it had begun");
  if (savepoints_ > 0) return contract("its code returned inside of a savepoint that it had begun");
  return std::nullopt;
}

}  // namespace cairn
