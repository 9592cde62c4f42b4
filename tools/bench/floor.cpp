// What no client can beat: connect and "select 1", or the bench's history through libpq's pipeline mode with one
// Sync per revision, an explicit transaction and one version-row statement in each.
//
//   cairn-floor select CONNINFO | up CONNINFO REVISIONS | down CONNINFO REVISIONS
#include "pipeline.hpp"

#include <cstdio>
#include <exception>
#include <libpq-fe.h>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

using cairn::bench::Pipeline;

std::string id_of(int number) {
  char text[16];
  std::snprintf(text, sizeof text, "%08d", number);
  return text;
}

/// The row of one revision gives way to that of another; none stands for base.
std::string version_statement(int from, int to) {
  if (from == 0) return "INSERT INTO public.alembic_version VALUES ('" + id_of(to) + "')";
  if (to == 0) return "DELETE FROM public.alembic_version WHERE version_num = '" + id_of(from) + "'";
  return "UPDATE public.alembic_version SET version_num = '" + id_of(to) + "' WHERE version_num = '" + id_of(from) + "'";
}

void upgrade(const std::string& conninfo, int revisions) {
  Pipeline pipeline(conninfo);
  pipeline.send("CREATE TABLE IF NOT EXISTS public.alembic_version (version_num varchar(32) PRIMARY KEY)");
  pipeline.sync();
  for (int number = 1; number <= revisions; ++number) {
    const std::string table = "t" + std::to_string(number);
    pipeline.send("BEGIN");
    pipeline.send("CREATE TABLE " + table + " (id bigint PRIMARY KEY, v text)");
    pipeline.send("CREATE INDEX " + table + "_v ON " + table + " (v)");
    pipeline.send(version_statement(number - 1, number));
    pipeline.send("COMMIT");
    pipeline.sync();
  }
  pipeline.finish();
}

void downgrade(const std::string& conninfo, int revisions) {
  Pipeline pipeline(conninfo);
  for (int number = revisions; number >= 1; --number) {
    pipeline.send("BEGIN");
    pipeline.send("DROP TABLE t" + std::to_string(number));
    pipeline.send(version_statement(number, number - 1));
    pipeline.send("COMMIT");
    pipeline.sync();
  }
  pipeline.finish();
}

void select_one(const std::string& conninfo) {
  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(conninfo.c_str()), PQfinish);
  const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), "select 1"), PQclear);
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
}

int run(const std::string& what, const std::string& conninfo, int revisions) {
  if (what == "select") select_one(conninfo);
  if (what == "up") upgrade(conninfo, revisions);
  if (what == "down") downgrade(conninfo, revisions);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: cairn-floor select|up|down CONNINFO [REVISIONS]\n", stderr);
    return 2;
  }
  try {
    return run(argv[1], argv[2], argc > 3 ? std::stoi(argv[3]) : 0);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cairn-floor: %s\n", error.what());
    return 1;
  }
}
