#include "worker/step_server.hpp"

#include "worker/messages.hpp"

namespace cairn {

namespace {

/// Takes one number that counts an enumeration from 0.
template <class Enum>
Enum read_enum(FieldReader& fields, Enum last) {
  const std::uint32_t value = fields.u32();
  if (value > static_cast<std::uint32_t>(last)) throw WireBroken("an unknown kind of call");
  return static_cast<Enum>(value);
}

void execute(FieldReader fields, StepGuard& guard) {
  Place place = read_place(fields);
  std::string sql(fields.text());
  fields.end();
  guard.execute(std::move(sql), std::move(place));
}

FieldWriter query(FieldReader fields, StepGuard& guard) {
  const Place place = read_place(fields);
  std::string sql(fields.text());
  std::vector<Cell> parameters = read_cells(fields);
  fields.end();
  FieldWriter answer;
  write_result(answer, guard.query(std::move(sql), std::move(parameters), place));
  if (answer.payload().size() <= most_frame_bytes) return answer;
  Error error(Category::revision, "the answer to this query has " + std::to_string(answer.payload().size()) +
                                      " bytes; a revision may read at most " + std::to_string(most_frame_bytes));
  error.hint(way_to_read_more);
  if (place != Place{}) error.at(place);
  guard.refuse(error);
  throw HostCallFailed{error};
}

FieldWriter run(FieldReader fields, StepGuard& guard) {
  Place place = read_place(fields);
  std::string sql(fields.text());
  std::vector<Cell> parameters = read_cells(fields);
  fields.end();
  return FieldWriter().u64(guard.run(std::move(sql), std::move(parameters), std::move(place)));
}

FieldWriter savepoint(FieldReader fields, StepGuard& guard) {
  Place place = read_place(fields);
  const auto action = read_enum(fields, SavepointAction::rollback);
  fields.end();
  guard.savepoint(action, std::move(place));
  return {};
}

FieldWriter begin_copy_in(FieldReader fields, StepGuard& guard) {
  Place place = read_place(fields);
  std::string statement(fields.text());
  fields.end();
  guard.begin_copy_in(std::move(statement), std::move(place));
  return {};
}

FieldWriter end_copy_in(FieldReader fields, StepGuard& guard) {
  std::optional<std::string> reason = fields.optional();
  fields.end();
  return FieldWriter().u64(guard.end_copy_in(std::move(reason)));
}

FieldWriter begin_copy_out(FieldReader fields, StepGuard& guard) {
  Place place = read_place(fields);
  std::string statement(fields.text());
  fields.end();
  guard.begin_copy_out(std::move(statement), std::move(place));
  return {};
}

FieldWriter read_copy(FieldReader fields, StepGuard& guard) {
  fields.end();
  return FieldWriter().bytes(guard.read_copy());
}

FieldWriter end_copy_out(FieldReader fields, StepGuard& guard) {
  fields.end();
  return FieldWriter().u64(guard.end_copy_out());
}

void log(FieldReader fields, StepGuard& guard) {
  const auto level = read_enum(fields, LogLevel::warning);
  std::string text(fields.text());
  fields.end();
  guard.log(level, std::move(text));
}

void progress(FieldReader fields, StepGuard& guard) {
  const std::uint64_t done = fields.u64();
  const std::uint64_t total = fields.u64();
  std::string what(fields.text());
  fields.end();
  guard.progress(done, total, std::move(what));
}

FieldWriter variable(FieldReader fields, StepGuard& guard) {
  const std::string_view key = fields.text();
  fields.end();
  return FieldWriter().optional(guard.variable(key));
}

void refused(FieldReader fields, StepGuard& guard) {
  Error error = read_error(fields, Category::revision);
  fields.end();
  guard.refuse(std::move(error));
}

FieldWriter cancelled(FieldReader fields, StepGuard& guard) {
  fields.end();
  return FieldWriter().u32(guard.cancelled() ? 1 : 0);
}

FieldWriter offline(FieldReader fields, StepGuard& guard) {
  fields.end();
  return FieldWriter().u32(guard.offline() ? 1 : 0);
}

FieldWriter answer_to(const Frame& frame, StepGuard& guard) {
  const FieldReader fields(frame.payload);
  switch (frame.opcode) {
    case Opcode::query: return query(fields, guard);
    case Opcode::run: return run(fields, guard);
    case Opcode::savepoint: return savepoint(fields, guard);
    case Opcode::begin_copy_in: return begin_copy_in(fields, guard);
    case Opcode::end_copy_in: return end_copy_in(fields, guard);
    case Opcode::begin_copy_out: return begin_copy_out(fields, guard);
    case Opcode::read_copy: return read_copy(fields, guard);
    case Opcode::end_copy_out: return end_copy_out(fields, guard);
    case Opcode::variable: return variable(fields, guard);
    case Opcode::cancelled: return cancelled(fields, guard);
    case Opcode::offline: return offline(fields, guard);
    default: throw WireBroken("a frame of unknown kind " + std::to_string(static_cast<unsigned>(frame.opcode)));
  }
}

/// True when the frame was a one-way call, which is done then; its failure waits in the guard.
bool did_one_way(const Frame& frame, StepGuard& guard) {
  const FieldReader fields(frame.payload);
  try {
    switch (frame.opcode) {
      case Opcode::execute: execute(fields, guard); return true;
      case Opcode::write_copy: guard.write_copy(frame.payload); return true;
      case Opcode::log: log(fields, guard); return true;
      case Opcode::progress: progress(fields, guard); return true;
      case Opcode::refused: refused(fields, guard); return true;
      default: return false;
    }
  } catch (const HostCallFailed&) {
    return true;
  }
}

}  // namespace

std::optional<CallAnswer> serve_call(const Frame& frame, StepGuard& guard) {
  if (did_one_way(frame, guard)) return std::nullopt;
  try {
    return CallAnswer{Opcode::answer, std::move(answer_to(frame, guard)).payload()};
  } catch (const HostCallFailed&) {
    return CallAnswer{Opcode::failed, {}};
  }
}

}  // namespace cairn
