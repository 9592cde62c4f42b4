#pragma once

#include <chrono>

namespace cairn {

/// Makes SIGINT and SIGTERM set a flag instead of ending the process. After the second signal the default
/// action is back, so a third one ends a run that does not stop by itself.
void install_interrupt_handler();

bool interrupted();

/// The first signal that came, or 0.
int interrupt_signal();

/// Readable from the moment of the interrupt on, for poll(). Valid for the life of the process; never read from it.
int interrupt_fd();

/// Waits that long, or until the interrupt: then false.
bool pause_unless_interrupted(std::chrono::milliseconds pause);

/// As if the signal had come; safe in a signal handler once interrupt_fd() has been called.
void raise_interrupt();

/// Forgets all interrupts; for tests.
void clear_interrupt();

}  // namespace cairn
