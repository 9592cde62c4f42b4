#include "worker/worker_loading.hpp"

#include "worker/messages.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

namespace cairn {

namespace {

Deadlines loading_deadlines(const WorkerPatience& patience) {
  return {.silence = {}, .whole = from_now(patience.loading)};
}

/// The next frame or the end.
WorkerEvent wait_for_frame(WorkerProcess& worker, const Deadlines& deadlines) {
  for (;;) {
    WorkerEvent event = worker.wait(deadlines);
    if (!std::holds_alternative<OutputReady>(event)) return event;
  }
}

bool is_our_hello(const WorkerEvent& event) {
  const Frame* const frame = std::get_if<Frame>(&event);
  if (frame == nullptr || frame->opcode != Opcode::hello) return false;
  try {
    FieldReader fields(frame->payload);
    return fields.u32() == wire_version && fields.u32() == CAIRN_ABI_MAJOR && fields.u32() == CAIRN_ABI_MINOR;
  } catch (const WireBroken&) {
    return false;
  }
}

/// The answer to open_library: the functions, or the error.
std::uint32_t read_opened(const Frame& frame) {
  FieldReader fields(frame.payload);
  if (frame.opcode == Opcode::not_opened) throw read_error(fields, Category::plugin);
  if (frame.opcode != Opcode::opened) throw WireBroken("another answer than it asked for");
  return fields.u32();
}

Error died_loading(WorkerProcess& worker, const std::string& path, const WorkerEnding& ending,
                   WorkerPatience patience) {
  patience.whole = patience.loading;
  const Category category = ending.by == EndedBy::interrupt ? Category::interrupted : Category::plugin;
  Error error(category, fmt::format("{}: its code {}", path, describe(ending, patience, "while it was being loaded")));
  error.hint("A revision does nothing in the constructors of its global variables.");
  add_last_words(error, worker);
  return error;
}

}  // namespace

std::optional<Deadlines::Clock::time_point> from_now(const std::optional<std::chrono::milliseconds>& time) {
  if (!time) return std::nullopt;
  return Deadlines::Clock::now() + *time;
}

void add_last_words(Error& error, WorkerProcess& worker) {
  const std::string words = worker.output().last_words();
  if (!words.empty()) error.detail("It last wrote: " + words);
}

std::unique_ptr<WorkerProcess> start_worker(const std::string& executable, const std::vector<std::string>& hidden,
                                            const WorkerPatience& patience, int interrupt) {
  auto worker = std::make_unique<WorkerProcess>(executable, hidden, interrupt, patience.after_interrupt);
  if (is_our_hello(wait_for_frame(*worker, loading_deadlines(patience)))) return worker;
  Error error(Category::configuration, executable + " is not the worker of this cairn");
  error.hint("Install cairn and cairn-worker from one build, or give --isolation=none.");
  add_last_words(error, *worker);
  throw error;
}

std::uint32_t open_in_worker(WorkerProcess& worker, const CollectedLibrary& collected, const WorkerPatience& patience) {
  const FileDescriptor copy = open_checked_copy(collected);
  const LibraryToLoad& library = collected.load;
  const Deadlines deadlines = loading_deadlines(patience);
  const FieldWriter request = FieldWriter().text(library.id).text(library.path).text(library.metadata_note);
  worker.output().start_step();
  worker.send(Opcode::open_library, request.payload(), deadlines, copy.get());
  const WorkerEvent event = wait_for_frame(worker, deadlines);
  if (const auto* ending = std::get_if<WorkerEnding>(&event))
    throw died_loading(worker, library.path, *ending, patience);
  try {
    return read_opened(std::get<Frame>(event));
  } catch (const WireBroken& broken) {
    throw died_loading(worker, library.path, worker.stop(EndedBy::broken_wire, broken.what()), patience);
  }
}

}  // namespace cairn
