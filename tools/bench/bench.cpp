// Compares cairn with the floor of its own run; see options.cpp for the arguments.
#include "report.hpp"
#include "stage.hpp"
#include "support/sql_plugin_file.hpp"

#include <cstdio>
#include <exception>

namespace cairn::bench {

namespace {

namespace fs = std::filesystem;

/// The commands in the order of a run's life, with the goals of the project.
std::vector<Comparison> make_comparisons(int round_trip_ms) {
  return {{"up", 1.25, round_trip_ms}, {"current", 1.3, round_trip_ms}, {"no-op", 2.0, round_trip_ms}, {"down", 1.3, round_trip_ms}};
}

void run_floor(Stage& stage, std::vector<Comparison>& comparisons) {
  comparisons[0].floor.push_back(stage.floor_up());
  comparisons[3].floor.push_back(stage.floor_down());
}

/// Start-up is measured at head, in turn with the floor.
void run_short_commands(Stage& stage, const Options& options, std::vector<Comparison>& comparisons) {
  for (int run = 0; run < options.start_runs; ++run) {
    comparisons[1].floor.push_back(stage.floor_select());
    if (!options.cairn.empty()) comparisons[1].cairn.push_back(stage.cairn_current());
    comparisons[2].floor.push_back(stage.floor_select());
    if (!options.cairn.empty()) comparisons[2].cairn.push_back(stage.cairn_no_op());
  }
}

void run_cairn(Stage& stage, const Options& options, std::vector<Comparison>& comparisons) {
  if (!options.cairn.empty()) comparisons[0].cairn.push_back(stage.cairn_up());
  run_short_commands(stage, options, comparisons);
  if (!options.cairn.empty()) comparisons[3].cairn.push_back(stage.cairn_down());
}

/// One pair: each on a database of its own, and each first in every second pair.
void run_pair(test::TestServer& server, const Options& options, const fs::path& plugins, int pair,
              std::vector<Comparison>& comparisons) {
  const int round_trip = comparisons[0].round_trip_ms;
  for (const int turn : {0, 1}) {
    Stage stage(server, options, plugins, round_trip);
    if ((pair + turn) % 2 == 0) {
      run_floor(stage, comparisons);
    } else {
      run_cairn(stage, options, comparisons);
    }
  }
  std::fprintf(stderr, "round trip %d ms: pair %d of %d done\n", round_trip, pair + 1, options.runs);
}

/// As durable as in production; in memory where that is possible, since disks repeat badly.
test::ServerOptions server_options() {
  test::ServerOptions options;
  options.settings = {{"fsync", "on"}, {"full_page_writes", "on"}, {"synchronous_commit", "on"},
                      {"wal_level", "replica"}, {"shared_buffers", "128MB"}, {"max_wal_size", "4GB"}};
  return options;
}

int run(const Options& options) {
  const test::TemporaryDirectory plugins;
  static_cast<void>(test::write_sql_history(plugins.path(), options.revisions));
  test::TestServer server(server_options());
  std::vector<Comparison> all;
  for (const int round_trip : options.round_trips_ms) {
    std::vector<Comparison> comparisons = make_comparisons(round_trip);
    for (int pair = 0; pair < options.runs; ++pair) run_pair(server, options, plugins.path(), pair, comparisons);
    all.insert(all.end(), comparisons.begin(), comparisons.end());
  }
  std::fputs(print_report(all, options, test::require_server_programs().version).c_str(), stdout);
  return 0;
}

}  // namespace

}  // namespace cairn::bench

int main(int argc, char** argv) {
  try {
    const auto self = std::filesystem::canonical("/proc/self/exe").parent_path();
    return cairn::bench::run(cairn::bench::parse_options({argv + 1, argv + argc}, self));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cairn-bench: %s\n", error.what());
    return 1;
  }
}
