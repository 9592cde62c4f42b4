// What a smoke run costs: server, snapshots, ladder. Arguments: rounds (5), and "no-ladder" to leave out the longest part.
#include "ladder_cost.hpp"
#include "race.hpp"
#include "support/server_programs.hpp"
#include "support/temporary_directory.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>

namespace cairn::bench {

namespace {

int run_all(int rounds, bool with_ladder, const std::filesystem::path& cairn) {
  test::forget_postgres_variables();
  std::vector<Race> races{race_starts(rounds)};
  for (const std::size_t tables : {500U, 60U})
    for (const Reading reading : {Reading::first, Reading::again}) races.push_back(race_snapshots(rounds, tables, reading));
  std::string split;
  if (with_ladder) {
    const test::TemporaryDirectory folder;
    const History history = make_history(folder.path());
    races.push_back(race_ladder(std::min(rounds, 3), cairn, history));
    split = "\n" + split_ladder(cairn, history);
  }
  std::printf("PostgreSQL %s; the least of all rounds\n\n%s%s", test::require_server_programs().version.c_str(), print_races(races).c_str(), split.c_str());
  return 0;
}

}  // namespace

}  // namespace cairn::bench

int main(int argc, char** argv) {
  try {
    const auto self = std::filesystem::canonical("/proc/self/exe").parent_path();
    const bool with_ladder = argc < 3 || std::string(argv[2]) != "no-ladder";
    return cairn::bench::run_all(argc > 1 ? std::stoi(argv[1]) : 5, with_ladder, self / "cairn");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cairn-smoke-bench: %s\n", error.what());
    return 1;
  }
}
