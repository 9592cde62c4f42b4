#pragma once

namespace cairn {

/// What the worker does for all of its life: loads libraries and runs their functions as the runner asks,
/// over the socket. Returns never; the process ends when the runner closes its end.
[[noreturn]] void serve(int socket);

}  // namespace cairn
