#include "support/session.hpp"

#include <libpq-fe.h>
#include <thread>

namespace cairn::test {

namespace {

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, Clear>;

void ignore_notice(void*, const PGresult*) {}

Rows read_rows(const PGresult* result) {
  Rows rows(static_cast<std::size_t>(PQntuples(result)), Row(static_cast<std::size_t>(PQnfields(result))));
  for (int row = 0; row < PQntuples(result); ++row) {
    for (int column = 0; column < PQnfields(result); ++column) {
      if (PQgetisnull(result, row, column)) continue;
      const auto size = static_cast<std::size_t>(PQgetlength(result, row, column));
      rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] =
          std::string(PQgetvalue(result, row, column), size);
    }
  }
  return rows;
}

void require_success(const PGresult* result, PGconn* connection) {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return;
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  throw SessionError(PQerrorMessage(connection), state != nullptr ? state : "");
}

}  // namespace

void Session::Close::operator()(pg_conn* connection) const { PQfinish(connection); }

Session::Session(const std::string& conninfo) : connection_(PQconnectdb(conninfo.c_str())) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) throw SessionError(PQerrorMessage(connection_.get()), "");
  PQsetNoticeReceiver(connection_.get(), ignore_notice, nullptr);
}

Rows Session::query(const std::string& sql) {
  const ResultPointer result(PQexec(connection_.get(), sql.c_str()));
  require_success(result.get(), connection_.get());
  return read_rows(result.get());
}

std::vector<std::string> Session::column(const std::string& sql) {
  std::vector<std::string> cells;
  for (const Row& row : query(sql)) cells.push_back(row.at(0).value_or("NULL"));
  return cells;
}

std::string Session::value(const std::string& sql) {
  const Rows rows = query(sql);
  if (rows.size() != 1 || rows[0].size() != 1) throw std::runtime_error("not exactly one cell: " + sql);
  return rows[0][0].value_or("NULL");
}

void Session::send(const std::string& sql) {
  if (PQsendQuery(connection_.get(), sql.c_str()) != 1) throw SessionError(PQerrorMessage(connection_.get()), "");
}

Rows Session::finish() {
  ResultPointer last;
  while (PGresult* next = PQgetResult(connection_.get())) {
    last.reset(next);
    const ExecStatusType status = PQresultStatus(next);
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) break;  // libpq would answer the same for ever
  }
  require_success(last.get(), connection_.get());
  return read_rows(last.get());
}

int Session::backend_pid() const { return PQbackendPID(connection_.get()); }

void Session::cancel() {
  char problem[256];
  PGcancel* cancel = PQgetCancel(connection_.get());
  const bool sent = PQcancel(cancel, problem, sizeof problem) == 1;
  PQfreeCancel(cancel);
  if (!sent) throw SessionError(problem, "");
}

bool becomes(Session& session, const std::string& sql, const std::string& expected, std::chrono::milliseconds deadline) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (session.value(sql) != expected) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace cairn::test
