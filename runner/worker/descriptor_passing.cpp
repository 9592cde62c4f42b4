#include "worker/descriptor_passing.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cstring>

namespace cairn {

namespace {

using ControlBytes = std::array<char, CMSG_SPACE(sizeof(int))>;

/// A message of these bytes alone; `control` stays with the caller.
msghdr message_of(iovec& bytes) {
  msghdr message{};
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  return message;
}

void attach(msghdr& message, ControlBytes& control, int descriptor) {
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
}

}  // namespace

ssize_t send_with_descriptor(int socket, std::string_view bytes, int descriptor) {
  iovec piece{const_cast<char*>(bytes.data()), bytes.size()};
  msghdr message = message_of(piece);
  alignas(cmsghdr) ControlBytes control{};
  if (descriptor >= 0) attach(message, control, descriptor);
  return ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

ssize_t receive_with_descriptor(int socket, std::span<char> room, FileDescriptor& descriptor) {
  iovec piece{room.data(), room.size()};
  msghdr message = message_of(piece);
  alignas(cmsghdr) ControlBytes control{};
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  const ssize_t got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  const cmsghdr* const header = got > 0 ? CMSG_FIRSTHDR(&message) : nullptr;
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS || header->cmsg_len < CMSG_LEN(sizeof(int))) return got;
  int number = -1;
  std::memcpy(&number, CMSG_DATA(header), sizeof number);
  descriptor = FileDescriptor(number);
  return got;
}

}  // namespace cairn
