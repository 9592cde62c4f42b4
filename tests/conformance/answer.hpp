#pragma once

#include "conformance/case_file.hpp"

#include <string>

namespace cairn::conformance {

/// What the graph layer answers, beside what is on record.
struct Answer {
  std::string refusal;     ///< the kind of refusal, in the words of the record; empty: an answer
  std::string difference;  ///< empty: as recorded
};

Answer ask(const Case& one);

}  // namespace cairn::conformance
