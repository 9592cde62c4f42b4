#include "postgres/answer.hpp"

#include <charconv>
#include <utility>

namespace cairn {

namespace {

/// The COPY that the caller wants to have open; none: they are fed and refused here.
using Wanted = std::optional<CopyDirection>;

std::string field(const PGresult& result, int code) {
  const char* text = PQresultErrorField(&result, code);
  return text == nullptr ? "" : text;
}

std::size_t to_position(const std::string& text) {
  std::size_t position = 0;
  std::from_chars(text.data(), text.data() + text.size(), position);
  return position;
}

std::vector<Cell> to_row(const PGresult* result, int r) {
  std::vector<Cell> row;
  const int columns = PQnfields(result);
  row.reserve(static_cast<std::size_t>(columns));
  for (int c = 0; c < columns; ++c) {
    if (PQgetisnull(result, r, c) != 0) row.emplace_back();
    else row.emplace_back(std::string(PQgetvalue(result, r, c), static_cast<std::size_t>(PQgetlength(result, r, c))));
  }
  return row;
}

Result to_result(PGresult* result) {
  Result converted;
  converted.tag = PQcmdStatus(result);
  const int columns = PQnfields(result);
  for (int c = 0; c < columns; ++c) converted.columns.emplace_back(PQfname(result, c));
  const int rows = PQntuples(result);
  converted.rows.reserve(static_cast<std::size_t>(rows));
  for (int r = 0; r < rows; ++r) converted.rows.push_back(to_row(result, r));
  return converted;
}

/// As Message counts them.
std::size_t bytes_of(const std::vector<Cell>& row) {
  constexpr std::size_t beside_a_row = 8;
  constexpr std::size_t beside_a_value = 12;
  std::size_t bytes = beside_a_row + beside_a_value * row.size();
  for (const Cell& cell : row) bytes += cell ? cell->size() : 0;
  return bytes;
}

ServerFailure refused(std::string message, std::string hint) {
  ServerFailure failure;
  failure.sqlstate = "0A000";
  failure.message = std::move(message);
  failure.hint = std::move(hint);
  return failure;
}

/// Takes results one by one until the server is ready, or wants the data of a copy that the caller will feed.
class Reader {
 public:
  Reader(Conversation& conversation, std::span<const std::string_view> copies, Wanted wanted, std::size_t most_bytes = 0)
      : conversation_(conversation), copies_(copies), wanted_(wanted), most_bytes_(most_bytes) {}

  /// Single rows are bounded by their bytes, and what comes after these by the time a cancel may take.
  Reply read(std::size_t most_results) {
    for (std::size_t count = 0; !handed_over_ && !ended_;) {
      if (count > most_results) return lost_reply("the server sends more results than there are statements");
      const ResultHandle result = conversation_.next();
      if (!result) break;
      if (PQresultStatus(result.get()) != PGRES_SINGLE_TUPLE) ++count;
      take(result.get());
    }
    return std::move(*this).finish();
  }

 private:
  void take(PGresult* result) {
    switch (PQresultStatus(result)) {
      case PGRES_EMPTY_QUERY:
      case PGRES_COMMAND_OK:
      case PGRES_TUPLES_OK: take_result(result); return;
      case PGRES_SINGLE_TUPLE: take_row(result); return;
      case PGRES_COPY_IN: start_copy_in(); return;
      case PGRES_COPY_OUT: start_copy_out(); return;
      case PGRES_FATAL_ERROR: take_failure(*result); return;
      default: ended_ = true; broken_ = true; return;   // replication, pipelines: nothing we ever ask for
    }
  }

  /// The rows that came one by one belong to it.
  void take_result(PGresult* result) {
    reply_.results.push_back(to_result(result));
    if (!rows_.empty()) reply_.results.back().rows = std::exchange(rows_, {});
  }

  void take_row(const PGresult* result) {
    if (own_failure_) return;
    std::vector<Cell> row = to_row(result, 0);
    bytes_ += bytes_of(row);
    if (bytes_ > most_bytes_) return give_up_rows();
    rows_.push_back(std::move(row));
  }

  void give_up_rows() {
    rows_ = {};
    own_failure_ = refused("the answer to this query is larger than 64 MiB, the most that code may read at once", way_to_read_more);
    conversation_.cancel();
  }

  void start_copy_in() {
    if (wanted_ == CopyDirection::in) {
      handed_over_ = true;
    } else if (wanted_) {
      own_failure_ = refused("the statement takes data from the client, instead of sending them", "Use copy_in() for it.");
      conversation_.end_copy_in("not wanted");
    } else if (next_copy_ >= copies_.size()) {
      own_failure_ = refused("COPY ... FROM STDIN came without data",
                             "Put the data behind the statement, closed by a line with \\. alone.");
      conversation_.end_copy_in("no data");
    } else {
      const bool sent = conversation_.put_copy(copies_[next_copy_++]);
      conversation_.end_copy_in(sent ? nullptr : "interrupted");
    }
    ended_ = conversation_.lost();
  }

  void start_copy_out() {
    if (wanted_ == CopyDirection::out) handed_over_ = true;
    else refuse_copy_out();
  }

  void refuse_copy_out() {
    own_failure_ = refused("COPY ... TO STDOUT sends data to the client, which has no use for it here",
                           "Use COPY ... TO a file on the server, or take the statement out; C++ code has copy_out().");
    copied_out_ = true;
    conversation_.cancel();
    conversation_.drain_copy();
    ended_ = conversation_.lost();
  }

  void take_failure(const PGresult& result) {
    // The first one counts; libpq adds its own when the connection breaks behind it.
    if (!reply_.failure) reply_.failure = to_failure(result);
  }

  Reply finish() && {
    reply_.lost = conversation_.lost() || broken_;
    // A small COPY ended before the cancel reached it, and the server went on: what it did is not known here.
    if (copied_out_ && !reply_.failure) reply_.lost = true;
    if (own_failure_ && (!reply_.failure || reply_.failure->sqlstate == "57014")) reply_.failure = own_failure_;
    if (reply_.lost && (!reply_.failure || reply_.failure->sqlstate.empty()))
      reply_.failure = lost_reply("the connection to the server was lost").failure;
    return std::move(reply_);
  }

  Conversation& conversation_;
  std::span<const std::string_view> copies_;
  Wanted wanted_;
  Reply reply_;
  std::optional<ServerFailure> own_failure_;
  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::vector<std::vector<Cell>> rows_;    ///< of a result whose rows come one by one
  std::size_t next_copy_ = 0;
  bool handed_over_ = false;
  bool copied_out_ = false;
  bool broken_ = false;
  bool ended_ = false;
};

}  // namespace

ServerFailure to_failure(const PGresult& result) {
  ServerFailure failure;
  failure.sqlstate = field(result, PG_DIAG_SQLSTATE);
  failure.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  failure.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
  failure.hint = field(result, PG_DIAG_MESSAGE_HINT);
  failure.context = field(result, PG_DIAG_CONTEXT);
  failure.position = to_position(field(result, PG_DIAG_STATEMENT_POSITION));
  return failure;
}

Reply lost_reply(std::string message) {
  Reply reply;
  reply.lost = true;
  reply.failure.emplace();
  reply.failure->sqlstate = "08006";
  reply.failure->message = std::move(message);
  return reply;
}

Reply read_answer(Conversation& conversation, std::span<const std::string_view> copies, std::size_t most_results,
                  std::size_t most_bytes) {
  return Reader(conversation, copies, std::nullopt, most_bytes).read(most_results);
}

Reply read_copy_start(Conversation& conversation, CopyDirection direction, std::size_t most_results) {
  return Reader(conversation, {}, direction).read(most_results);
}

}  // namespace cairn
