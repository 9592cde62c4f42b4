#pragma once

#include "schema/snapshot.hpp"

#include <string>

namespace cairn {

/// SHA-256 of the snapshot's objects in hexadecimal: equal for equal schemas, whatever server or database they
/// are in, as long as both servers print definitions alike (the same major version does).
std::string fingerprint(const Snapshot& snapshot);

}  // namespace cairn
