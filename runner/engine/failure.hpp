#pragma once

#include "base/error.hpp"
#include "engine/script.hpp"
#include "graph/plan.hpp"
#include "seam/sql_channel.hpp"

#include <string>

namespace cairn {

/// revision 37a02ec8662a "init schema"
std::string name_of(const Revision& revision);

/// What the server said, naming no revision.
Error make_server_error(const ServerFailure& failure, std::optional<Place> place);

/// The server's failure as an error of this step: in its own SQL, in our bookkeeping (category history when the
/// rows were not the expected ones), or at COMMIT.
Error make_step_error(const Step& step, const ServerFailure& failure, const Fault& fault);

/// An error the step's own code gave, or how its process died. Not for one that names the revision already.
Error make_step_error(const Step& step, Error error);

/// The user stopped the step while it ran, or before it began.
Error interrupted_error(const Step& step);
Error interrupted_before_error(const Step& step);

/// What the server said before the connection went, if it said something.
Error lost_error(const std::optional<ServerFailure>& failure);

/// Worth sending the same text again: lock timeout, deadlock, serialization failure.
bool is_retryable(const ServerFailure& failure);
bool is_retryable(const Error& error);

}  // namespace cairn
