#pragma once

#include <string>
#include <string_view>

namespace cairn {

/// Between which of them the rows of a COPY travel as a stream.
enum class CopyStream { from_client, to_client };

/// The streams of copy_in() and copy_out() are one statement, since the data of the stream are all that the server is
/// waited for. Throws Error (revision) for any other text. What the lexer does not know is left to the server.
void require_copy(const std::string& sql, CopyStream stream);

}  // namespace cairn
