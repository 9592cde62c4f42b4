#pragma once

#include "seam/sql_channel.hpp"

#include <libpq-fe.h>

#include <memory>
#include <stdexcept>

namespace cairn::test {

/// The least that reads a snapshot: one libpq connection, statements without COPY.
class SnapshotChannel final : public SqlChannel {
 public:
  explicit SnapshotChannel(const std::string& conninfo) : connection_(PQconnectdb(conninfo.c_str())) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection_.get()));
    PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
  }

  Reply exchange(const Message& message) override {
    ++round_trips_;
    Reply reply;
    if (PQsendQuery(connection_.get(), message.text.c_str()) == 0) reply.lost = true;
    while (const std::unique_ptr<PGresult, Clear> result{PQgetResult(connection_.get())}) {
      if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR)
        reply.failure = read_failure(result.get());
      else
        reply.results.push_back(read_result(result.get()));
    }
    reply.lost = reply.lost || PQstatus(connection_.get()) != CONNECTION_OK;
    return reply;
  }

  Reply begin_copy(const std::string&) override { throw std::logic_error("no COPY here"); }
  bool write_copy(std::string_view) override { return false; }
  Reply end_copy(const std::optional<std::string>&) override { return {}; }
  bool in_transaction() const override {
    const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
  }
  int backend_pid() const override { return PQbackendPID(connection_.get()); }
  int server_version() const override { return PQserverVersion(connection_.get()); }
  std::size_t round_trips() const override { return round_trips_; }

  /// Runs statements; throws std::runtime_error with the server's words.
  Reply execute(const std::string& sql) {
    Reply reply = exchange({sql, {}, std::nullopt});
    if (reply.failure) throw std::runtime_error(reply.failure->message + " in: " + sql.substr(0, 100));
    if (reply.lost) throw std::runtime_error("connection lost in: " + sql);
    return reply;
  }
  std::string value(const std::string& sql) { return execute(sql).results.back().rows.at(0).at(0).value_or("NULL"); }

 private:
  struct Finish { void operator()(PGconn* connection) const { PQfinish(connection); } };
  struct Clear { void operator()(PGresult* result) const { PQclear(result); } };

  static std::string field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? "" : text;
  }
  static ServerFailure read_failure(const PGresult* result) {
    ServerFailure failure;
    failure.sqlstate = field(result, PG_DIAG_SQLSTATE);
    failure.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    return failure;
  }
  static Result read_result(PGresult* result) {
    Result read;
    read.tag = PQcmdStatus(result);
    for (int column = 0; column < PQnfields(result); ++column) read.columns.emplace_back(PQfname(result, column));
    for (int row = 0; row < PQntuples(result); ++row) {
      std::vector<Cell> cells;
      for (int column = 0; column < PQnfields(result); ++column)
        cells.push_back(PQgetisnull(result, row, column) ? Cell() : Cell(PQgetvalue(result, row, column)));
      read.rows.push_back(std::move(cells));
    }
    return read;
  }

  std::unique_ptr<PGconn, Finish> connection_;
  std::size_t round_trips_ = 0;
};

}  // namespace cairn::test
