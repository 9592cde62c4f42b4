#pragma once

#include "engine/executor.hpp"
#include "state/bookkeeping.hpp"

#include <chrono>
#include <span>
#include <string>
#include <vector>

namespace cairn {

/// What a person reads above a step: id, message, who wrote it and when.
std::string heading_of(const Step& step);

/// A step as psql carries it out: what Cairn would send, with the same bookkeeping in the same transaction; outside a
/// transaction one statement at a time, each with its journal entries before and after.
std::string step_text(const Work& work, const Bookkeeping& bookkeeping, std::chrono::milliseconds lock_timeout);

/// The pieces that code sent, each with its place above it, for a person.
std::string recorded_text(std::span<const Piece> pieces);

}  // namespace cairn
