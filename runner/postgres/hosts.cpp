#include "postgres/hosts.hpp"

#include <algorithm>

namespace cairn {

namespace {

constexpr const char* default_port = "5432";

/// Unlike a word list, empty pieces count: "a,,b" has three.
std::vector<std::string> cut_list(const std::string& text) {
  std::vector<std::string> pieces(1);
  for (const char c : text) {
    if (c == ',') pieces.emplace_back();
    else pieces.back() += c;
  }
  return pieces;
}

std::string piece(const std::vector<std::string>& list, std::size_t index) {
  if (list.size() == 1) return list[0];   // one port serves all hosts
  return index < list.size() ? list[index] : "";
}

void put(std::vector<Setting>& settings, const std::string& keyword, const std::string& value) {
  std::erase_if(settings, [&](const Setting& s) { return s.keyword == keyword; });
  if (value.find_first_not_of(',') != std::string::npos) settings.push_back({keyword, value});
}

/// libpq answers with the resolved address, and with the address as host where no host was given.
bool is_same(const HostEntry& entry, const HostEntry& connected) {
  if (entry.port != connected.port) return false;
  if (entry.host.empty()) return entry.address == connected.host || entry.address == connected.address;
  return entry.host == connected.host && (entry.address.empty() || entry.address == connected.address);
}

}  // namespace

std::vector<HostEntry> list_hosts(const std::vector<Setting>& settings) {
  const std::vector<std::string> hosts = cut_list(value_of(settings, "host"));
  const std::vector<std::string> addresses = cut_list(value_of(settings, "hostaddr"));
  const std::vector<std::string> ports = cut_list(value_of(settings, "port"));
  std::vector<HostEntry> entries;
  for (std::size_t i = 0; i < std::max(hosts.size(), addresses.size()); ++i) {
    entries.push_back({i < hosts.size() ? hosts[i] : "", i < addresses.size() ? addresses[i] : "", piece(ports, i)});
    if (entries.back().port.empty()) entries.back().port = default_port;
  }
  return entries;
}

std::vector<Setting> without_host(const std::vector<Setting>& settings, const HostEntry& silent) {
  std::vector<HostEntry> left = list_hosts(settings);
  std::erase_if(left, [&](const HostEntry& e) { return is_same(e, silent); });
  if (left.empty() || left.size() == list_hosts(settings).size()) return {};
  std::string hosts = left[0].host;
  std::string addresses = left[0].address;
  std::string ports = left[0].port;
  for (std::size_t i = 1; i < left.size(); ++i) {
    hosts += "," + left[i].host;
    addresses += "," + left[i].address;
    ports += "," + left[i].port;
  }
  std::vector<Setting> rest = settings;
  put(rest, "host", hosts);
  put(rest, "hostaddr", addresses);
  put(rest, "port", ports);
  return rest;
}

}  // namespace cairn
