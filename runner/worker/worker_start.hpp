#pragma once

namespace cairn {

/// What runner and worker agree on about the start: the wire is this descriptor, the only argument is the
/// runner's process id.
inline constexpr int worker_socket = 3;

/// Exit status of a worker that can no longer reach the runner.
inline constexpr int exit_wire_lost = 199;

}  // namespace cairn
