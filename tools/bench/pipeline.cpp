#include "pipeline.hpp"

#include <libpq-fe.h>
#include <poll.h>
#include <stdexcept>

namespace cairn::bench {

void Pipeline::Close::operator()(pg_conn* connection) const { PQfinish(connection); }

Pipeline::Pipeline(const std::string& conninfo) : connection_(PQconnectdb(conninfo.c_str())) {
  const bool ready = PQstatus(connection_.get()) == CONNECTION_OK && PQsetnonblocking(connection_.get(), 1) == 0 &&
                     PQenterPipelineMode(connection_.get()) == 1;
  if (!ready) throw std::runtime_error(PQerrorMessage(connection_.get()));
}

void Pipeline::send(const std::string& sql) {
  if (PQsendQueryParams(connection_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) {
    throw std::runtime_error(PQerrorMessage(connection_.get()));
  }
}

void Pipeline::sync() {
  if (PQpipelineSync(connection_.get()) != 1) throw std::runtime_error(PQerrorMessage(connection_.get()));
  ++open_syncs_;
}

void Pipeline::finish() {
  while (open_syncs_ > 0) {
    wait_for_socket();
    read_results();
  }
}

void Pipeline::wait_for_socket() {
  const int unsent = PQflush(connection_.get());
  const auto events = static_cast<short>(POLLIN | (unsent == 1 ? POLLOUT : 0));
  pollfd event{PQsocket(connection_.get()), events, 0};
  if (unsent < 0 || poll(&event, 1, 60'000) != 1 || PQconsumeInput(connection_.get()) != 1) {
    throw std::runtime_error(std::string("the server does not answer: ") + PQerrorMessage(connection_.get()));
  }
}

void Pipeline::read_results() {
  int nothing = 0;
  while (open_syncs_ > 0 && nothing < 2 && PQisBusy(connection_.get()) == 0) {
    PGresult* result = PQgetResult(connection_.get());
    const ExecStatusType status = PQresultStatus(result);
    nothing = result == nullptr ? nothing + 1 : 0;  // one closes each statement, two in a row: no more for now
    PQclear(result);
    if (status == PGRES_PIPELINE_SYNC) --open_syncs_;
    const bool failed = status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED;
    if (failed && nothing == 0) throw std::runtime_error(PQerrorMessage(connection_.get()));
  }
}

}  // namespace cairn::bench
