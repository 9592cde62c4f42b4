#include "cluster/ephemeral_cluster.hpp"

#include "base/error.hpp"
#include "cluster/file_rights.hpp"
#include "cluster/template_cache.hpp"

namespace cairn {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> roots_of(const EphemeralOptions& options) {
  return options.scratch_roots.empty() ? scratch_roots() : options.scratch_roots;
}

/// Removes a directory that no janitor has taken over yet.
class Removal {
 public:
  Removal(const fs::path& directory, const ServerUser& user) : directory_(directory), user_(user) {}
  Removal(const Removal&) = delete;
  Removal& operator=(const Removal&) = delete;
  ~Removal() {
    if (cancelled_) return;
    const FileRights identity(user_);
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
  }
  void cancel() { cancelled_ = true; }

 private:
  const fs::path& directory_;
  const ServerUser& user_;
  bool cancelled_ = false;
};

ServerLog open_log(const fs::path& directory, const ServerUser& user) {
  const FileRights identity(user);
  return open_server_log(directory / "log");
}

}  // namespace

EphemeralCluster::EphemeralCluster(ServerBinaries binaries, ScratchDirectory scratch, fs::path log, Janitor janitor)
    : binaries_(std::move(binaries)), scratch_(std::move(scratch)), log_(std::move(log)), janitor_(std::move(janitor)) {}

EphemeralCluster EphemeralCluster::start_in_scratch(const ServerBinaries& binaries, const ServerUser& user,
                                                    const EphemeralOptions& options) {
  ScratchDirectory scratch = make_scratch_directory(roots_of(options), user);
  Removal removal(scratch.path, user);
  const ServerSetup setup{binaries, user, scratch.path / "data", scratch.path};
  TemplateCache(binaries, user, options.cache).copy_to(setup.data);
  const ServerLog log = open_log(scratch.path, user);
  Janitor janitor(Janitor::Duty{setup, log, scratch.lock, scratch.path});
  removal.cancel();
  wait_until_ready(setup, log, janitor.server(), options.patience);
  return EphemeralCluster(binaries, std::move(scratch), log.file, std::move(janitor));
}

EphemeralCluster EphemeralCluster::start(const EphemeralOptions& options) {
  const ServerBinaries binaries = find_server_binaries(options.binaries);
  const ServerUser user = choose_server_user();
  sweep_scratch_directories(roots_of(options), user);
  try {
    return start_in_scratch(binaries, user, options);
  } catch (const Error& error) {
    if (error.category() != Category::connection) throw;
    // Cleaners of old files delete parts of a cached template. A new one is the cure if that was the cause.
    TemplateCache(binaries, user, options.cache).discard();
  }
  return start_in_scratch(binaries, user, options);
}

std::string EphemeralCluster::conninfo(const std::string& database) const { return make_conninfo(directory(), database); }

std::vector<std::string> EphemeralCluster::psql_arguments() const {
  return {binaries_.program("psql"), "--no-psqlrc", conninfo()};
}

}  // namespace cairn
