#pragma once

// Internal to this folder: libpq results turned into a Reply.

#include "postgres/conversation.hpp"
#include "seam/sql_channel.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace cairn {

/// Reads the whole answer to one message. `most_results` bounds the loop; a text of n bytes cannot have more
/// than n statements. `most_bytes`: see Message; it needs libpq to bring the rows one by one.
Reply read_answer(Conversation& conversation, std::span<const std::string_view> copies, std::size_t most_results,
                  std::size_t most_bytes = 0);

enum class CopyDirection { in, out };

/// Reads up to the point where the server wants COPY data, or begins to send them: then the reply has no failure and the
/// copy is open.
Reply read_copy_start(Conversation& conversation, CopyDirection direction, std::size_t most_results);

/// How the reply to a broken connection says so.
Reply lost_reply(std::string message);

ServerFailure to_failure(const PGresult& result);

}  // namespace cairn
