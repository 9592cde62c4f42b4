// A separate process for the cluster tests to kill:
//   cluster_holder ephemeral <cache> <scratch root>                 starts, prints, waits to be killed
//   cluster_holder local <project> <state> <runtime> <temporary>    starts, prints, ends
#include "base/error.hpp"
#include "cluster/ephemeral_cluster.hpp"
#include "cluster/local_cluster.hpp"

#include <cstdio>
#include <string>

#include <unistd.h>

namespace {

int hold_ephemeral(char** words) {
  cairn::EphemeralOptions options;
  options.cache = words[0];
  options.scratch_roots = {words[1]};
  const cairn::EphemeralCluster cluster = cairn::EphemeralCluster::start(options);
  std::printf("%s %d %d\n", cluster.directory().c_str(), cluster.server(), cluster.janitor());
  std::fflush(stdout);
  while (true) ::pause();
}

int start_local(char** words) {
  cairn::LocalOptions options;
  options.roots = cairn::MachineRoots{words[1], words[2], words[3]};
  const cairn::ClusterStatus status = cairn::LocalCluster(words[0], options).start();
  std::printf("%d\n", status.process);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  try {
    const std::string mode = count > 1 ? words[1] : "";
    if (mode == "ephemeral" && count == 4) return hold_ephemeral(words + 2);
    if (mode == "local" && count == 6) return start_local(words + 2);
    std::fprintf(stderr, "unknown arguments\n");
    return 2;
  } catch (const cairn::Error& error) {
    std::fprintf(stderr, "%s\n%s\n", error.what(), error.detail().c_str());
    return 1;
  }
}
