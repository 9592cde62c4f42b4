#include "worker/serve.hpp"

#include "worker/host_table.hpp"
#include "worker/library.hpp"
#include "worker/messages.hpp"
#include "worker/remote_host.hpp"
#include "worker/step_function.hpp"

#include <cstdio>
#include <map>
#include <string>

namespace cairn {

namespace {

using Libraries = std::map<std::string, cairn_plugin, std::less<>>;

void say_hello(WorkerWire& wire) {
  wire.send(Opcode::hello, FieldWriter().u32(wire_version).u32(CAIRN_ABI_MAJOR).u32(CAIRN_ABI_MINOR).payload());
}

/// The path is for messages only: what lies there now may be another file.
FileDescriptor require_copy(WorkerWire& wire, const LibraryToLoad& library) {
  FileDescriptor copy = wire.take_descriptor();
  if (copy) return copy;
  throw Error(Category::plugin, library.path + ": cannot be handed to the worker: it has too many files open")
      .hint("Raise the limit of open files, \"ulimit -n\": it takes one for each C++ revision of a run.");
}

void open(WorkerWire& wire, Libraries& libraries, FieldReader fields) {
  const LibraryToLoad library{std::string(fields.text()), std::string(fields.text()), std::string(fields.text())};
  try {
    const cairn_plugin plugin = open_library(library, require_copy(wire, library));
    libraries.insert_or_assign(library.id, plugin);
    wire.send(Opcode::opened, FieldWriter().u32(functions_of(plugin)).payload());
  } catch (const Error& error) {
    FieldWriter reason;
    write_error(reason, error);
    wire.send(Opcode::not_opened, reason.payload());
  }
}

/// Text in stdio's buffers would be lost with the process, or show up in a later step.
void flush_output() { std::fflush(nullptr); }

void run(WorkerWire& wire, const Libraries& libraries, FieldReader fields) {
  const auto library = libraries.find(fields.text());
  const cairn_step_function function =
      library == libraries.end() ? nullptr : function_of(library->second, static_cast<StepFunction>(fields.u32()));
  if (function == nullptr) end_worker();
  RemoteHost host(wire);
  const CallEnd end = call_step(function, host);
  host.flush();
  flush_output();
  FieldWriter told;
  told.u32(end.succeeded ? 1 : 0).u64(take_stray_calls()).u32(end.reported ? 1 : 0);
  if (end.reported) write_error(told, *end.reported);
  wire.send(Opcode::finished, told.payload());
}

}  // namespace

void serve(int socket) {
  WorkerWire wire(socket);
  Libraries libraries;
  say_hello(wire);
  for (;;) {
    const Frame frame = wire.receive();
    switch (frame.opcode) {
      case Opcode::open_library: open(wire, libraries, FieldReader(frame.payload)); break;
      case Opcode::run_function: run(wire, libraries, FieldReader(frame.payload)); break;
      default: end_worker();
    }
  }
}

}  // namespace cairn
