#include "worker/worker_wire.hpp"

#include "worker/descriptor_passing.hpp"
#include "worker/worker_start.hpp"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace cairn {

namespace {

void drop_front(std::span<iovec> pieces, std::size_t count) {
  for (iovec& piece : pieces) {
    const std::size_t gone = count < piece.iov_len ? count : piece.iov_len;
    piece.iov_base = static_cast<char*>(piece.iov_base) + gone;
    piece.iov_len -= gone;
    count -= gone;
  }
}

}  // namespace

void end_worker() { ::_exit(exit_wire_lost); }

void WorkerWire::send(Opcode opcode, std::string_view payload) {
  FrameHeader header = make_header(opcode, payload.size());
  std::array<iovec, 2> pieces{iovec{header.data(), header.size()},
                              iovec{const_cast<char*>(payload.data()), payload.size()}};
  while (pieces[0].iov_len + pieces[1].iov_len > 0) {
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    const ssize_t sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) end_worker();
    drop_front(pieces, static_cast<std::size_t>(sent));
  }
}

Frame WorkerWire::receive() {
  while (!input_.complete()) {
    const std::span<char> room = input_.room();
    const ssize_t got = receive_with_descriptor(socket_, room, descriptor_);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) end_worker();
    try {
      input_.filled(static_cast<std::size_t>(got));
    } catch (...) {
      end_worker();
    }
  }
  return input_.take();
}

}  // namespace cairn
