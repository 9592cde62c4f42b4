#pragma once

#include "postgres/conninfo.hpp"

#include <string>
#include <vector>

namespace cairn {

/// One entry of the host, hostaddr and port lists of libpq settings.
struct HostEntry {
  std::string host;
  std::string address;
  std::string port;

  bool operator==(const HostEntry&) const = default;
};

std::vector<HostEntry> list_hosts(const std::vector<Setting>& settings);

/// The settings without one server that did not answer in time, so that the others get their turn.
/// Empty when none would be left.
std::vector<Setting> without_host(const std::vector<Setting>& settings, const HostEntry& silent);

}  // namespace cairn
