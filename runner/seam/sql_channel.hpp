#pragma once

#include "base/error.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

using Cell = std::optional<std::string>;

/// One result of a statement: its command tag ("CREATE TABLE", "SELECT 3") and its rows, in text form.
struct Result {
  std::string tag;
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

/// The rows that a command tag counts: "UPDATE 5", "INSERT 0 3". Nothing counted: 0.
inline std::uint64_t affected_rows(std::string_view tag) {
  std::uint64_t rows = 0;
  const std::size_t space = tag.rfind(' ');
  if (space != tag.npos) std::from_chars(tag.data() + space + 1, tag.data() + tag.size(), rows);
  return rows;
}

/// An error as the server told it.
struct ServerFailure {
  std::string sqlstate;
  std::string message;
  std::string detail;
  std::string hint;
  std::string context;                  ///< PL/pgSQL call stack and the like
  std::size_t position = 0;             ///< characters from the start of the text sent, from 1; 0: unknown
};

/// What one exchange brought: the results before a failure, and the failure if there was one.
struct Reply {
  std::vector<Result> results;
  std::optional<ServerFailure> failure;
  bool lost = false;                    ///< the connection is gone; what the server did is not known here
};

/// Where a statement of an author stands in the text of a message, for who looks on while it runs.
/// It can be sent by itself; where Cairn has wrapped it, that goes with it.
struct AuthoredStatement {
  std::size_t begin = 0;                ///< bytes of the text
  std::size_t end = 0;                  ///< behind it, without the semicolon
  Place place;                          ///< in the author's file
  bool copies_in = false;               ///< COPY ... FROM STDIN: takes the next of the copies
  std::size_t own_begin = begin;        ///< what the author wrote of it
  std::size_t own_end = end;
};

/// One message to the server and the data for each COPY ... FROM STDIN in it, in order.
struct Message {
  std::string text;
  std::vector<std::string_view> copies;
  std::optional<std::vector<Cell>> parameters;  ///< present: one statement with $1, $2, …
  std::size_t most_answer_bytes = 0;            ///< a larger answer is given up, as a failure; 0: any size. One statement.
  std::vector<AuthoredStatement> statements = {};  ///< of the revision, in order; only where somebody looks on
};

/// What the rows of one answer for code may have, each value counted with 12 bytes more and each row with 8: 64 MiB, less
/// what stands around them in a frame of the worker.
inline constexpr std::size_t most_answer_bytes = (std::size_t{64} << 20U) - (std::size_t{256} << 10U);

/// The hint where an answer is larger.
inline constexpr const char* way_to_read_more =
    "Read it in pieces, with LIMIT or a cursor, or as a stream with copy_out().";

/// The largest piece of a COPY that is read.
inline constexpr std::size_t most_piece_bytes = std::size_t{64} << 10U;

/// A connection as the engine sees it. Server errors are answers, not exceptions.
class SqlChannel {
 public:
  virtual ~SqlChannel() = default;

  /// Sends one message and reads all of the answer: exactly one round trip, whatever the text holds.
  /// A COPY without data, or one that would send data to us, is ended and answered as a failure.
  virtual Reply exchange(const Message& message) = 0;

  /// COPY ... FROM STDIN fed piece by piece. begin answers with a failure or an open copy; after it only
  /// write and end may be called. A reason makes the server undo the copy.
  virtual Reply begin_copy_in(const std::string& statement) = 0;
  virtual bool write_copy(std::string_view data) = 0;
  virtual Reply end_copy_in(const std::optional<std::string>& abort_reason) = 0;

  /// COPY ... TO STDOUT taken piece by piece, in the same way. A piece is cut anywhere and valid until the next call; an
  /// empty one is the end, and end tells of which kind. An end before it makes the server stop, as a failure.
  virtual Reply begin_copy_out(const std::string& statement) = 0;
  virtual std::string_view read_copy() = 0;
  virtual Reply end_copy_out() = 0;

  /// True inside a transaction block, failed or not.
  virtual bool in_transaction() const = 0;

  /// Process id of the backend that serves this connection.
  virtual int backend_pid() const = 0;

  /// Server version as server_version_num tells it: 150020.
  virtual int server_version() const = 0;

  /// How many round trips were made: the beginning and the end of a COPY count one each.
  virtual std::size_t round_trips() const = 0;
};

}  // namespace cairn
