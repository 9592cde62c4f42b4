#pragma once

#include "report/format.hpp"

#include <string>
#include <vector>

namespace cairn {

/// The local server, for `db start|stop|status|reset`.
struct ServerReport {
  std::string state;
  int process = 0;
  int major = 0;
  std::string user;
  std::string data;
  std::string socket;
  std::string log;
  std::string url;
};

/// Any other database: the connection was tested.
struct ConnectionReport {
  std::string name;
  int facts_version = 0;
  std::string database;
  std::string user;
  bool standby = false;
  bool read_only = false;
  std::vector<std::string> rows;
};

std::string render(const ServerReport& report, const Format& format);
std::string render(const ConnectionReport& report, const Format& format);
std::string render_url(const std::string& url, const Format& format);

}  // namespace cairn
