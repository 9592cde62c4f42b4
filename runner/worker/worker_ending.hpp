#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace cairn {

/// How long a worker may take. Nothing: for ever.
struct WorkerPatience {
  std::optional<std::chrono::milliseconds> silence;    ///< between two host calls of a step
  std::optional<std::chrono::milliseconds> whole;      ///< for one function of a step
  std::chrono::milliseconds loading{60'000};           ///< for starting, and for loading one library
  std::chrono::milliseconds after_interrupt{5'000};    ///< from ^C until the code is stopped
};

enum class EndedBy { exit, signal, silence, overtime, interrupt, closed_wire, broken_wire };

/// How a worker came to its end, by itself or by our hand.
struct WorkerEnding {
  EndedBy by = EndedBy::exit;
  int number = 0;         ///< exit status or signal
  std::string what;       ///< of a broken wire: what was wrong
};

/// From the status of waitpid().
WorkerEnding make_ending(int wait_status);

/// What the code did and where, to be read after "its code": "died: segmentation fault (SIGSEGV) in upgrade",
/// "did not return within 5 s in upgrade, and was stopped".
std::string describe(const WorkerEnding& ending, const WorkerPatience& patience, const std::string& where);

/// What to do about it; may be empty.
std::string advise(const WorkerEnding& ending);

}  // namespace cairn
