#pragma once

#include "measure.hpp"
#include "options.hpp"
#include "support/delay_proxy.hpp"
#include "support/test_database.hpp"

#include <memory>
#include <string>
#include <vector>

namespace cairn::bench {

/// A database behind a proxy of a given round trip, with the history's plugins beside it.
class Stage {
 public:
  Stage(test::TestServer& server, const Options& options, const std::filesystem::path& plugins, int round_trip_ms);

  Run floor_select() { return timed({options_.floor.string(), "select", through_}); }
  Run floor_up();
  Run floor_down();
  Run cairn_up();
  Run cairn_down();
  Run cairn_current() { return timed(command_.current()); }
  Run cairn_no_op() { return timed(command_.upgrade()); }

 private:
  Run timed(const std::vector<std::string>& argv);
  void require_tables(std::size_t expected);

  const Options& options_;
  test::TestDatabase database_;
  test::DelayProxy proxy_;
  std::string through_;
  CairnCommand command_;
};

}  // namespace cairn::bench
