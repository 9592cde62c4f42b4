#pragma once

#include "authoring/new_files.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace cairn {

/// The greatest time that fits into a tar header: in the year 2242.
inline constexpr std::int64_t latest_tar_time = 077777777777;

/// The files as one archive in the format ustar, which every tar reads. The same files give the same bytes, in whatever
/// order they come: names are sorted, folders stand before what is in them, everything belongs to user and group 0, has
/// the mode 755 or 644 and the same time, in seconds since 1970. Throws Error (configuration) for a path or a
/// time that does not fit into a header.
std::string make_tar(std::span<const NewFile> files, std::int64_t time);

}  // namespace cairn
