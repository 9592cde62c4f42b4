#pragma once

#include "base/error.hpp"
#include "seam/sql_channel.hpp"

namespace cairn {

/// The server's words with our advice for the SQLSTATE. The place is the caller's to add: only it knows which
/// part of the text was whose.
Error to_error(const ServerFailure& failure, Category category);

/// The results, or the failure thrown: category connection for a lost connection, else as given.
std::vector<Result> require_results(Reply reply, Category category);

}  // namespace cairn
