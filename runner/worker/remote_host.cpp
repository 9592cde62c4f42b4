#include "worker/remote_host.hpp"

#include "worker/messages.hpp"

namespace cairn {

namespace {

constexpr std::size_t copy_gather_bytes = std::size_t{64} << 10U;
constexpr std::size_t copy_frame_bytes = std::size_t{1} << 20U;

Error too_long(std::size_t bytes, const Place& place) {
  Error error(Category::revision, "a statement with its parameters has " + std::to_string(bytes) +
                                      " bytes; a revision may send at most " + std::to_string(most_frame_bytes));
  error.hint("Send it in pieces, or its data with COPY.");
  if (place != Place{}) error.at(place);
  return error;
}

}  // namespace

void RemoteHost::send(Opcode opcode, const FieldWriter& fields, const Place& place) {
  flush();
  const std::string& payload = fields.payload();
  if (payload.size() <= most_frame_bytes) return wire_.send(opcode, payload);
  const Error error = too_long(payload.size(), place);
  FieldWriter reason;
  write_error(reason, error);
  wire_.send(Opcode::refused, reason.payload());
  throw HostCallFailed{error};
}

FieldReader RemoteHost::ask(Opcode opcode, const FieldWriter& fields, const Place& place) {
  send(opcode, fields, place);
  const Frame frame = wire_.receive();
  if (frame.opcode == Opcode::failed) throw HostCallFailed{Error(Category::revision, "the call failed")};
  if (frame.opcode != Opcode::answer) end_worker();
  return FieldReader(frame.payload);
}

void RemoteHost::flush() {
  if (copy_data_.empty()) return;
  wire_.send(Opcode::write_copy, copy_data_);
  copy_data_.clear();
}

void RemoteHost::execute(std::string sql, Place place) {
  FieldWriter fields;
  write_place(fields, place);
  send(Opcode::execute, fields.text(sql), place);
}

FieldReader RemoteHost::ask_statement(Opcode opcode, const std::string& sql, const std::vector<Cell>& parameters,
                                      const Place& place) {
  FieldWriter fields;
  write_place(fields, place);
  write_cells(fields.text(sql), parameters);
  return ask(opcode, fields, place);
}

Result RemoteHost::query(std::string sql, std::vector<Cell> parameters, Place place) {
  FieldReader answer = ask_statement(Opcode::query, sql, parameters, place);
  return read_result(answer);
}

std::uint64_t RemoteHost::run(std::string sql, std::vector<Cell> parameters, Place place) {
  return ask_statement(Opcode::run, sql, parameters, place).u64();
}

void RemoteHost::savepoint(SavepointAction action, Place place) {
  FieldWriter fields;
  write_place(fields, place);
  ask(Opcode::savepoint, fields.u32(static_cast<std::uint32_t>(action)));
}

void RemoteHost::begin_copy_in(std::string statement, Place place) {
  FieldWriter fields;
  write_place(fields, place);
  ask(Opcode::begin_copy_in, fields.text(statement), place);
}

void RemoteHost::write_copy(std::string_view data) {
  if (copy_data_.size() + data.size() < copy_gather_bytes) {
    copy_data_ += data;
    return;
  }
  flush();
  for (; !data.empty(); data.remove_prefix(std::min(data.size(), copy_frame_bytes)))
    wire_.send(Opcode::write_copy, data.substr(0, copy_frame_bytes));
}

std::uint64_t RemoteHost::end_copy_in(std::optional<std::string> abort_reason) {
  return ask(Opcode::end_copy_in, FieldWriter().optional(abort_reason)).u64();
}

void RemoteHost::begin_copy_out(std::string statement, Place place) {
  FieldWriter fields;
  write_place(fields, place);
  ask(Opcode::begin_copy_out, fields.text(statement), place);
}

std::string_view RemoteHost::read_copy() { return ask(Opcode::read_copy, {}).rest(); }

std::uint64_t RemoteHost::end_copy_out() { return ask(Opcode::end_copy_out, {}).u64(); }

void RemoteHost::log(LogLevel level, std::string text) {
  send(Opcode::log, FieldWriter().u32(static_cast<std::uint32_t>(level)).text(text), {});
}

void RemoteHost::progress(std::uint64_t done, std::uint64_t total, std::string what) {
  send(Opcode::progress, FieldWriter().u64(done).u64(total).text(what), {});
}

std::optional<std::string> RemoteHost::variable(std::string_view key) {
  return ask(Opcode::variable, FieldWriter().text(key)).optional();
}

bool RemoteHost::cancelled() { return ask(Opcode::cancelled, {}).u32() != 0; }

bool RemoteHost::offline() { return ask(Opcode::offline, {}).u32() != 0; }

}  // namespace cairn
