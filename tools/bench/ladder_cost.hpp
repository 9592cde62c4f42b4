#pragma once

#include "race.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cairn::bench {

/// A history by its texts, in order.
struct History {
  std::string name;
  struct Revision {
    std::string up;
    std::string down;
  };
  std::vector<Revision> revisions;
  std::filesystem::path plugins;
};

/// The practice history that CAIRN_PRACTICE_DIR has, else a generated one of 150 revisions; its plugins go into the folder.
History make_history(const std::filesystem::path& folder);

/// "cairn smoke" against psql with the same texts: each up, down and up, then all down and all up. Without our plans, checks
/// and looks at the server, and in one session, so nothing that looks at all of it can come near.
Race race_ladder(int rounds, const std::filesystem::path& cairn, const History& history);

/// Where the time of one ladder goes, as the server's log tells it: a Markdown table.
std::string split_ladder(const std::filesystem::path& cairn, const History& history);

}  // namespace cairn::bench
