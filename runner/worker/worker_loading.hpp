#pragma once

#include "base/error.hpp"
#include "worker/collected_library.hpp"
#include "worker/worker_process.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace cairn {

/// Starts a worker and hears its greeting. Throws Error (configuration) when it cannot be started or comes
/// from another build than this program.
std::unique_ptr<WorkerProcess> start_worker(const std::string& executable, const std::vector<std::string>& hidden,
                                            const WorkerPatience& patience, int interrupt);

/// Hands the library's bytes to the worker, which loads them and never opens a path, and answers which functions it has. Throws Error (plugin) when that fails;
/// the worker is gone() when the library took it down.
std::uint32_t open_in_worker(WorkerProcess& worker, const CollectedLibrary& library, const WorkerPatience& patience);

/// A time from now, or never.
std::optional<Deadlines::Clock::time_point> from_now(const std::optional<std::chrono::milliseconds>& time);

/// Adds what the worker wrote last, if anything.
void add_last_words(Error& error, WorkerProcess& worker);

}  // namespace cairn
