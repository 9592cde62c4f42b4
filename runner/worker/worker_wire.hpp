#pragma once

#include "base/file_descriptor.hpp"
#include "worker/wire.hpp"

#include <string_view>

namespace cairn {

/// The worker's end of the wire, blocking: back-pressure comes from the socket's own buffer. Without the
/// runner a worker has no reason to live, and no frame of plugin code to unwind through: every failure here,
/// a frame that makes no sense included, ends the process at once.
class WorkerWire {
 public:
  explicit WorkerWire(int socket) : socket_(socket) {}

  void send(Opcode opcode, std::string_view payload);
  /// The payload is valid until the next receive().
  Frame receive();
  /// The one that came with the last frames, if any.
  FileDescriptor take_descriptor() { return std::move(descriptor_); }

 private:
  int socket_;
  FrameInput input_;
  FileDescriptor descriptor_;
};

/// Ends the process with exit_wire_lost.
[[noreturn]] void end_worker();

}  // namespace cairn
