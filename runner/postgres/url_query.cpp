#include "postgres/url_query.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace cairn {

namespace {

/// What SQLAlchemy's drivers call things. An empty libpq keyword means: for the driver alone, dropped.
struct DriverOption { std::string_view name; std::string_view keyword; };
constexpr std::array driver_options{
    DriverOption{"timeout", "connect_timeout"},
    DriverOption{"command_timeout", ""},
    DriverOption{"async_fallback", ""},
    DriverOption{"prepared_statement_cache_size", ""},
    DriverOption{"prepared_statement_name_func", ""},
    DriverOption{"statement_cache_size", ""},
};

std::string ssl_mode(const std::string& value) {
  if (value == "true" || value == "True" || value == "1") return "require";
  if (value == "false" || value == "False" || value == "0") return "disable";
  return value;
}

/// SQLAlchemy decodes "+" as a space and allows "=" in values; libpq does neither.
std::string to_libpq_value(std::string_view value) {
  std::string text;
  for (const char c : value) text += c == '+' ? "%20" : c == '=' ? "%3D" : std::string(1, c);
  return text;
}

bool has_port(std::string_view host) {
  return std::count(host.begin(), host.end(), ':') == 1 && is_number(host.substr(host.find(':') + 1));
}

/// SQLAlchemy writes several servers as host=a:1&host=b:2, libpq as host=a,b&port=1,2.
void join_hosts(std::vector<std::string>& query) {
  std::vector<std::string> hosts;
  for (const std::string& option : query)
    if (option.starts_with("host=")) hosts.push_back(option.substr(5));
  if (hosts.size() < 2 && std::none_of(hosts.begin(), hosts.end(), has_port)) return;
  std::erase_if(query, [](const std::string& o) { return o.starts_with("host=") || o.starts_with("port="); });
  std::string names;
  std::string ports;
  for (const std::string& host : hosts) {
    const std::size_t name_end = has_port(host) ? host.find(':') : host.size();
    names += (names.empty() ? "" : "%2C") + host.substr(0, name_end);
    ports += (&host == &hosts.front() ? "" : "%2C") + host.substr(std::min(name_end + 1, host.size()));
  }
  query.push_back("host=" + names);
  query.push_back("port=" + ports);
}

/// One option of a SQLAlchemy URL in libpq's words, or nothing if it is for the driver alone.
std::optional<std::string> translate_option(const std::string& option) {
  const std::size_t equals = option.find('=');
  if (equals == std::string::npos) return option;
  std::string name = option.substr(0, equals);
  for (const DriverOption& row : driver_options) {
    if (name != row.name) continue;
    if (row.keyword.empty()) return std::nullopt;
    name = row.keyword;
  }
  return name + "=" + to_libpq_value(std::string_view(option).substr(equals + 1));
}

}  // namespace

void translate_query(std::vector<std::string>& query, UrlDialect dialect) {
  std::vector<std::string> translated;
  for (std::string& option : query) {
    if (option.starts_with("ssl=")) option = "sslmode=" + ssl_mode(option.substr(4));
    const auto kept = dialect == UrlDialect::sqlalchemy ? translate_option(option) : option;
    if (kept) translated.push_back(*kept);
  }
  if (dialect == UrlDialect::sqlalchemy) join_hosts(translated);
  query = std::move(translated);
}

std::vector<std::string> cut(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace cairn
