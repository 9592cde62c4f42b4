#include "stage.hpp"

#include <chrono>
#include <stdexcept>

namespace cairn::bench {

Stage::Stage(test::TestServer& server, const Options& options, const std::filesystem::path& plugins, int round_trip_ms)
    : options_(options),
      database_(server),
      proxy_(server.socket_path(), std::chrono::milliseconds(round_trip_ms)),
      through_(proxy_.conninfo(database_.name(), test::superuser)),
      command_{options.cairn, proxy_.url(database_.name(), test::superuser), plugins} {}

/// Counts turnarounds once Terminate has arrived too.
Run Stage::timed(const std::vector<std::string>& argv) {
  proxy_.reset_counters();
  Run run = measure(argv);
  if (database_.left_over_backends() != 0) throw std::runtime_error(argv[0] + " left a session behind");
  run.turnarounds = proxy_.turnarounds();
  return run;
}

/// What is timed has to have happened.
void Stage::require_tables(std::size_t expected) {
  const std::string found = database_.value("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname ~ '^t[0-9]+$'");
  if (found != std::to_string(expected)) {
    throw std::runtime_error("there are " + found + " tables and not " + std::to_string(expected));
  }
}

Run Stage::floor_up() {
  database_.execute("CHECKPOINT");
  const Run run = timed({options_.floor.string(), "up", through_, std::to_string(options_.revisions)});
  require_tables(options_.revisions);
  return run;
}

Run Stage::floor_down() {
  database_.execute("CHECKPOINT");
  const Run run = timed({options_.floor.string(), "down", through_, std::to_string(options_.revisions)});
  require_tables(0);
  return run;
}

Run Stage::cairn_up() {
  database_.execute("CHECKPOINT");
  const Run run = timed(command_.upgrade());
  require_tables(options_.revisions);
  return run;
}

Run Stage::cairn_down() {
  database_.execute("CHECKPOINT");
  const Run run = timed(command_.downgrade());
  require_tables(0);
  return run;
}

}  // namespace cairn::bench
