#include "postgres/start_up.hpp"

#include <algorithm>
#include <array>

namespace cairn {

namespace {

constexpr std::array<const char*, 2> our_defaults{
    "-c idle_in_transaction_session_timeout=600000",
    "-c default_transaction_isolation=read\\ committed",
};

struct Default { const char* keyword; const char* value; };
constexpr std::array network_defaults{
    Default{"keepalives_idle", "30"},
    Default{"keepalives_interval", "10"},
    Default{"keepalives_count", "3"},
    Default{"tcp_user_timeout", "60000"},   // milliseconds
};

void put(std::vector<Setting>& settings, const std::string& keyword, const std::string& value) {
  std::erase_if(settings, [&](const Setting& s) { return s.keyword == keyword; });
  settings.push_back({keyword, value});
}

/// As options= wants it: a space or backslash in a value has a backslash before it.
std::string escape_option(const std::string& value) {
  std::string escaped;
  for (const char c : value) escaped += (c == ' ' || c == '\\') ? std::string("\\") + c : std::string(1, c);
  return escaped;
}

std::string merge_options(const std::string& of_user, const ConnectOptions& options, StartUp extent) {
  std::string merged;
  const auto add = [&](const std::string& text) { merged += (merged.empty() || text.empty() ? "" : " ") + text; };
  for (const char* option : our_defaults) add(option);
  if (extent == StartUp::full) add("-c client_connection_check_interval=500");
  add(of_user);
  add("-c standard_conforming_strings=on");
  if (!options.search_path.empty()) add("-c search_path=" + escape_option(options.search_path));
  return merged;
}

}  // namespace

std::vector<Setting> make_start_up_settings(const std::vector<Setting>& effective, const ConnectOptions& options,
                                            StartUp extent) {
  std::vector<Setting> settings = effective;
  put(settings, "client_encoding", "UTF8");
  put(settings, "fallback_application_name", options.application_name);
  for (const Default& row : network_defaults)
    if (value_of(settings, row.keyword).empty()) settings.push_back({row.keyword, row.value});
  if (extent != StartUp::plain)
    put(settings, "options", merge_options(value_of(effective, "options"), options, extent));
  return settings;
}

}  // namespace cairn
