#include "cluster/ephemeral_cluster.hpp"
#include "postgres/connection.hpp"
#include "race.hpp"
#include "support/process.hpp"
#include "support/server_programs.hpp"
#include "support/server_template.hpp"
#include "support/session.hpp"
#include "support/temporary_directory.hpp"

#include <memory>
#include <stdexcept>

namespace cairn::bench {

namespace {

double ephemeral() {
  std::unique_ptr<EphemeralCluster> cluster;   // its end is not part of the start
  return time_of([&] {
    cluster = std::make_unique<EphemeralCluster>(EphemeralCluster::start());
    const auto connection = open_connection(parse_database(cluster->conninfo()));
    if (connection->exchange({"SELECT 1", {}, std::nullopt}).failure) throw std::runtime_error("the ephemeral server does not answer");
  });
}

void require(const std::vector<std::string>& argv) {
  const test::Finished done = test::run({.argv = argv, .environment = test::without_postgres_variables(), .directory = "/",
                                         .account = test::server_account(), .output_file = "/dev/null"});
  if (!done.ok()) throw std::runtime_error(argv[0] + " failed");
}

/// What a script does without us: the same settings, in memory where that is possible too.
double made_anew() {
  const auto& programs = test::require_server_programs();
  const test::TemporaryDirectory home(test::fast_parent(), test::server_account());
  const test::TemporaryDirectory sockets("/tmp", test::server_account());
  const std::string data = (home.path() / "data").string();
  const std::string socket = sockets.path().string();
  const double seconds = time_of([&] {
    require({programs.path("initdb"), "-D", data, "-N", "-A", "trust", "--no-locale", "-E", "UTF8", "-U", test::superuser});
    require({programs.path("pg_ctl"), "-D", data, "-w", "-o", "-c listen_addresses='' -c fsync=off -k " + socket, "start"});
    test::Session("host=" + socket + " user=" + test::superuser + " dbname=postgres").execute("SELECT 1");
  });
  require({programs.path("pg_ctl"), "-D", data, "-m", "immediate", "stop"});
  return seconds;
}

}  // namespace

Race race_starts(int rounds) {
  ephemeral();   // makes the template, once per machine
  Race race{.what = "start of an ephemeral server to the first answer", .other = "initdb, pg_ctl start"};
  run(race, rounds, ephemeral, made_anew);
  return race;
}

}  // namespace cairn::bench
