#pragma once

#include "authoring/metadata_problem.hpp"

#include <optional>
#include <string_view>

namespace cairn {

/// Reads CAIRN_REVISION(...) of a C++ source, as long as its values are written out: literals, not names of constants,
/// and no #if above it. Nothing when the source holds no revision.
std::optional<ReadMetadata> read_cpp_metadata(std::string_view source);

}  // namespace cairn
