#pragma once

#include "base/error.hpp"
#include "graph/revision.hpp"
#include "lint/finding.hpp"
#include "observe/effect.hpp"
#include "schema/difference.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// How one passage over a revision ended.
enum class Verdict {
  passed,
  immaterial,   ///< it differs in the order of columns, white space of routines or times only
  differs,
  failed,
  left_out,     ///< it was not tried, and `why` says why
};

/// One passage: up, down or up again.
struct Trial {
  Verdict verdict = Verdict::left_out;
  std::string why;                        ///< "it is declared irreversible"
  std::optional<Error> error;
  std::vector<Difference> differences;    ///< to what the database was, or should be
  std::chrono::microseconds duration{0};  ///< of the revision's statements
};

/// What is known of a revision by itself: up, down, up again from where it stands in the history.
struct Proof {
  const Revision* revision = nullptr;     ///< owned by the graph
  bool asked = true;                      ///< false: only applied, since others were asked for
  Trial up;
  Trial down;
  Trial again;
  std::vector<Difference> made;           ///< what the upgrade changed: left_over means new
  StepEffects up_effects;
  StepEffects down_effects;
};

/// The whole way from the head to the base and up again. Single downgrades may all work, and this not.
struct ChainProof {
  Trial down;
  Trial again;
  std::size_t steps = 0;                  ///< that the way down has
  std::size_t taken = 0;                  ///< of them
  std::string stopped_at;                 ///< the revision it stopped at
  std::string stuck = {};                   ///< why the ladder could not go on in a clean database; empty: it could
};

struct SmokeResult {
  std::string scratch;                    ///< where it was tried: "ephemeral database"
  int server_version = 0;                 ///< 150020
  std::string origin;                     ///< the dump it began with, or empty
  std::vector<Proof> proofs;              ///< in the order of the upgrade
  ChainProof chain;
  std::vector<Finding> findings;          ///< all that no rule leaves out, in the order of the revisions
  std::optional<Level> gate;              ///< findings of this level and above fail the build; none: nothing does
  std::chrono::milliseconds duration{0};
};

/// True for a finding that makes the build fail.
bool fails(const SmokeResult& result, const Finding& finding);
bool fails(const SmokeResult& result);

}  // namespace cairn
