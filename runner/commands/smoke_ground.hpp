#pragma once

#include "commands/invocation.hpp"
#include "smoke/ladder.hpp"
#include "smoke/scratch.hpp"

#include <memory>
#include <string>

namespace cairn {

class EphemeralCluster;

/// The server of a smoke run. Closing it ends a throw-away server.
struct SmokeServer {
  std::shared_ptr<EphemeralCluster> cluster;
  std::unique_ptr<Scratch> scratch;
  std::string name;                  ///< for people: redacted
};

/// A throw-away server; or, with --database, that server, on which scratch databases are made. A database that only the
/// environment or cairn.toml names is a target, and no smoke run goes near it.
SmokeServer open_smoke_server(const Invocation& invocation);

/// The database that the ladder begins with: empty, or with what the dump says. Throws Error (configuration) for a dump that
/// does not load, with the place in it.
Ground make_ground(const Invocation& invocation, Scratch& scratch);

}  // namespace cairn
