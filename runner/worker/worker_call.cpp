#include "worker/worker_call.hpp"

#include "worker/messages.hpp"
#include "worker/step_server.hpp"
#include "worker/worker_loading.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

FunctionReturned read_finished(std::string_view payload) {
  FieldReader fields(payload);
  FunctionReturned returned;
  returned.end.succeeded = fields.u32() != 0;
  returned.stray_calls = fields.u64();
  if (fields.u32() != 0) returned.end.reported = read_error(fields, Category::revision);
  fields.end();
  return returned;
}

}  // namespace

std::variant<FunctionReturned, WorkerEnding> WorkerCall::run(StepFunction function) {
  deadlines_ = {.silence = from_now(patience_.silence), .whole = from_now(patience_.whole)};
  const FieldWriter request = FieldWriter().text(revision_).u32(static_cast<std::uint32_t>(function));
  worker_.output().start_step();
  worker_.send(Opcode::run_function, request.payload(), deadlines_);
  for (;;) {
    const WorkerEvent event = worker_.wait(deadlines_);
    forward_output();
    if (const auto* ending = std::get_if<WorkerEnding>(&event)) return *ending;
    if (const auto* frame = std::get_if<Frame>(&event)) {
      try {
        if (auto returned = handle(*frame)) return std::move(*returned);
      } catch (const WireBroken& broken) {
        return worker_.stop(EndedBy::broken_wire, broken.what());
      }
    }
  }
}

std::optional<FunctionReturned> WorkerCall::handle(const Frame& frame) {
  if (frame.opcode != Opcode::finished) {
    serve(frame);
    return std::nullopt;
  }
  FunctionReturned returned = read_finished(frame.payload);
  worker_.read_output();
  worker_.output().finish();
  forward_output();
  report_dropped_output();
  return returned;
}

/// The clock of silence stands still while the runner itself works for the step.
void WorkerCall::serve(const Frame& frame) {
  std::optional<CallAnswer> answer = serve_call(frame, guard_);
  if (guard_.fatal()) std::rethrow_exception(guard_.fatal());
  if (frame.opcode == Opcode::cancelled && worker_.interrupted())
    answer = CallAnswer{Opcode::answer, FieldWriter().u32(1).payload()};
  deadlines_.silence = from_now(patience_.silence);
  if (answer) worker_.send(answer->opcode, answer->payload, deadlines_);
}

void WorkerCall::forward_output() {
  for (const std::string& line : worker_.output().take())
    host_.log(LogLevel::info, fmt::format("{} wrote: {}", revision_, line));
}

void WorkerCall::report_dropped_output() {
  const std::size_t dropped = worker_.output().dropped();
  if (dropped > 0)
    host_.log(LogLevel::warning, fmt::format("{} wrote {} bytes more, which are not shown", revision_, dropped));
}

}  // namespace cairn
