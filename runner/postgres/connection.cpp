#include "postgres/connection.hpp"

#include "postgres/answer.hpp"
#include "postgres/conversation.hpp"

#include "base/text.hpp"

#include <poll.h>

#include <algorithm>
#include <vector>

namespace cairn {

namespace {

/// Rows and COPY give at most two results per statement, and a statement has at least one byte.
std::size_t most_results(const std::string& text) { return 2 * text.size() + 16; }

Reply failed(std::string sqlstate, std::string message, std::size_t position = 0) {
  Reply reply;
  reply.failure.emplace();
  reply.failure->sqlstate = std::move(sqlstate);
  reply.failure->message = std::move(message);
  reply.failure->position = position;
  return reply;
}

/// libpq takes C strings: it would send the part before the NUL and say nothing.
std::optional<Reply> refuse_nul(const Message& message) {
  if (const std::size_t nul = message.text.find('\0'); nul != std::string::npos)
    return failed("22021", "the SQL text holds a NUL byte",
                  length_in_characters(std::string_view(message.text).substr(0, nul)) + 1);
  if (!message.parameters) return std::nullopt;
  const bool found = std::any_of(message.parameters->begin(), message.parameters->end(),
                                 [](const Cell& cell) { return cell && cell->find('\0') != std::string::npos; });
  if (found) return failed("22021", "a parameter holds a NUL byte");
  return std::nullopt;
}

void pass_notice(void* argument, const PGresult* result) {
  const auto& on_notice = static_cast<const ConnectOptions*>(argument)->on_notice;
  if (!on_notice) return;
  ServerFailure told = to_failure(*result);
  const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  on_notice(Notice{severity == nullptr ? "NOTICE" : severity, std::move(told.sqlstate), std::move(told.message),
                   std::move(told.detail), std::move(told.hint)});
}

}  // namespace

Connection::Connection(pg_conn* owned, ConnectOptions options)
    : connection_(owned),
      options_(std::move(options)),
      backend_pid_(PQbackendPID(owned)),
      server_version_(PQserverVersion(owned)) {
  PQsetnonblocking(connection_, 1);
  PQsetNoticeReceiver(connection_, pass_notice, &options_);
}

Connection::~Connection() { close(); }

void Connection::close() {
  copy_.reset();
  PQfinish(connection_);
  connection_ = nullptr;
}

bool Connection::interrupted() const {
  pollfd entry{options_.interrupt_fd, POLLIN, 0};
  return ::poll(&entry, 1, 0) > 0;
}

bool Connection::in_transaction() const {
  if (connection_ == nullptr) return false;
  const PGTransactionStatusType status = PQtransactionStatus(connection_);
  return status == PQTRANS_ACTIVE || status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool Connection::send(const Message& message) {
  if (!message.parameters) return PQsendQuery(connection_, message.text.c_str()) == 1;
  std::vector<const char*> values;
  for (const Cell& cell : *message.parameters) values.push_back(cell ? cell->c_str() : nullptr);
  return PQsendQueryParams(connection_, message.text.c_str(), static_cast<int>(values.size()), nullptr, values.data(),
                           nullptr, nullptr, 0) == 1;
}

Reply Connection::finish(Reply reply) {
  if (connection_ != nullptr && PQstatus(connection_) == CONNECTION_BAD) reply.lost = true;
  if (reply.lost && !reply.failure) reply.failure = lost_reply("the connection to the server was lost").failure;
  if (reply.lost) close();
  return reply;
}

Reply Connection::exchange(const Message& message) {
  if (auto refusal = refuse_nul(message)) return *refusal;
  if (connection_ == nullptr) return lost_reply("the connection to the server is closed");
  if (copy_) return failed("55000", "a COPY is still open on this connection");
  if (message.parameters && message.parameters->size() > PQ_QUERY_PARAM_MAX_LIMIT)
    return failed("54000", "a statement takes at most 65535 parameters");
  Conversation conversation(connection_, options_.interrupt_fd, cancelled_);
  if (!send(message)) return finish(lost_reply("the connection to the server was lost"));
  ++round_trips_;
  if (message.most_answer_bytes > 0) PQsetSingleRowMode(connection_);
  Reply reply = read_answer(conversation, message.copies, most_results(message.text), message.most_answer_bytes);
  return finish(std::move(reply));
}

Reply Connection::begin_copy(const std::string& statement, CopyDirection direction) {
  const Message message{statement, {}, std::nullopt};
  if (auto refusal = refuse_nul(message)) return *refusal;
  if (connection_ == nullptr) return lost_reply("the connection to the server is closed");
  if (copy_) return failed("55000", "a COPY is still open on this connection");
  copy_ = std::make_unique<Conversation>(connection_, options_.interrupt_fd, cancelled_);
  if (!send(message)) return finish(lost_reply("the connection to the server was lost"));
  ++round_trips_;
  Reply reply = read_copy_start(*copy_, direction, most_results(statement));
  const bool open = !reply.failure && !reply.lost && PQtransactionStatus(connection_) == PQTRANS_ACTIVE;
  if (open) return reply;
  copy_.reset();
  if (!reply.failure && !reply.lost)
    return failed("0A000", direction == CopyDirection::in ? "the statement is not a COPY ... FROM STDIN"
                                                          : "the statement is not a COPY ... TO STDOUT");
  return finish(std::move(reply));
}

Reply Connection::no_copy() const {
  return connection_ == nullptr ? lost_reply("the connection to the server is closed")
                                : failed("55000", "no COPY is open on this connection");
}

Reply Connection::begin_copy_in(const std::string& statement) { return begin_copy(statement, CopyDirection::in); }

bool Connection::write_copy(std::string_view data) { return copy_ && copy_->put_copy(data); }

Reply Connection::end_copy_in(const std::optional<std::string>& abort_reason) {
  if (!copy_) return no_copy();
  const std::optional<std::string> reason =
      copy_->was_cancelled() ? std::optional<std::string>("interrupted") : abort_reason;
  copy_->end_copy_in(reason ? reason->c_str() : nullptr);
  ++round_trips_;
  Reply reply = read_answer(*copy_, {}, 16);
  copy_.reset();
  return finish(std::move(reply));
}

Reply Connection::begin_copy_out(const std::string& statement) {
  copied_out_ = false;
  return begin_copy(statement, CopyDirection::out);
}

std::string_view Connection::read_copy() {
  const std::string_view piece = copy_ && !copied_out_ ? copy_->get_copy(most_piece_bytes) : std::string_view();
  copied_out_ = copied_out_ || (piece.empty() && copy_ && !copy_->was_cancelled());
  return piece;
}

/// Where the server was faster than the request to stop, it has sent all of it, and nothing failed there.
Reply Connection::end_copy_out() {
  if (!copy_) return no_copy();
  if (!copied_out_) {
    copy_->cancel();
    copy_->drain_copy();
  }
  ++round_trips_;
  Reply reply = read_answer(*copy_, {}, 16);
  copy_.reset();
  return finish(std::move(reply));
}

}  // namespace cairn
