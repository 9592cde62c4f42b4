#pragma once

#include "graph/revision.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace cairn {

/// Why the metadata in a source cannot be told without building it.
struct MetadataProblem {
  std::size_t line = 0;
  std::string text;       ///< lower-case, one line
};

/// The metadata of a source as far as it goes, and the first thing that cannot be read.
struct ReadMetadata {
  Revision revision;
  std::optional<MetadataProblem> problem;
};

}  // namespace cairn
