#pragma once

#include "base/file_descriptor.hpp"

#include <chrono>

namespace cairn {

/// A moment after which a passage is given up. Its descriptor becomes readable then, and also when the user asks to stop: what
/// watches the one descriptor ends for either reason.
class Deadline {
 public:
  Deadline();

  /// Counts from now; zero: never. What came before is forgotten.
  void begin(std::chrono::milliseconds time);
  void end() { begin(std::chrono::milliseconds(0)); }

  /// Has it come since begin()?
  bool passed() const;
  /// It has come, or the user asked to stop.
  bool reached() const;

  /// For poll(); valid as long as this value, and never to be read from.
  int fd() const { return either_.get(); }

 private:
  FileDescriptor timer_;
  FileDescriptor either_;
};

}  // namespace cairn
