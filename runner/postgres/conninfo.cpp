#include "postgres/conninfo.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "postgres/conninfo_problem.hpp"
#include "postgres/database_url.hpp"
#include "postgres/libpq.hpp"
#include "postgres/url_query.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>

namespace cairn {

namespace {

constexpr std::string_view hidden = "***";

template <typename Visit>
void each_option(const PQconninfoOption* option, Visit visit) {
  for (; option != nullptr && option->keyword != nullptr; ++option) visit(*option);
}

std::vector<Setting> to_settings(const PQconninfoOption* list) {
  std::vector<Setting> settings;
  each_option(list, [&](const PQconninfoOption& o) {
    if (o.val != nullptr && *o.val != '\0') settings.push_back({o.keyword, o.val});
  });
  return settings;
}

OptionList parse_options(const std::string& text) {
  char* message = nullptr;
  OptionList list(PQconninfoParse(text.c_str(), &message));
  PQfreemem(message);   // never shown: it may quote a password
  return list;
}

Error not_a_database(std::string_view text) {
  // Only what reads as a plain name is repeated; anything else may be half of a URL with a password in it.
  const bool safe = text.size() < 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-';
  });
  Error error(Category::configuration,
              safe ? fmt::format("\"{}\" is neither a database URL nor a list of settings", text)
                   : "the database given is neither a URL nor a list of settings");
  const std::vector<std::string> words{"local", "ephemeral"};
  if (const auto meant = nearest_word(text, words)) return error.hint(fmt::format("Did you mean \"{}\"?", *meant));
  return error.hint(safe ? fmt::format("For a database of that name write \"dbname={}\".", text)
                         : "Write postgresql://user@host:5432/name, or \"host=... dbname=...\", or \"local\".");
}

/// libpq would read a URL inside dbname only when asked to; hidden there, its password would be printed.
void refuse_nested(const Database& database) {
  const std::string name = database.value_of("dbname");
  if (looks_like_url(name) || name.find("password=") != std::string::npos)
    throw Error(Category::configuration,
                "the database settings are wrong: \"dbname\" holds a whole URL or list of settings")
        .hint("Give the URL alone.");
}

void check_ports(const Database& database) {
  for (const std::string& port : cut(database.value_of("port"), ','))
    if (!is_number(port) || port.size() > 5 || std::stoi(port) < 1 || std::stoi(port) > 65535)
      throw Error(Category::configuration, "the database settings are wrong: \"port\" is not a port number")
          .hint("A port is a number from 1 to 65535; PostgreSQL's own is 5432.");
}

Database parse_with_libpq(std::string_view text) {
  Database database;
  database.spelling = looks_like_url(text) ? Spelling::url : Spelling::settings;
  const bool is_url = database.spelling == Spelling::url;
  const OptionList list = parse_options(is_url ? to_libpq_url(text) : std::string(text));
  if (!list && is_url)
    throw Error(Category::configuration, "the database URL is wrong: libpq cannot read it")
        .hint("The form is postgresql://user:password@host:port/name?option=value.");
  if (!list) throw explain_bad_settings(text);
  database.settings = to_settings(list.get());
  check_ports(database);
  refuse_nested(database);
  return database;
}

std::string shown(const Setting& setting) { return is_secret(setting.keyword) ? std::string(hidden) : setting.value; }

std::string quoted_setting(const Setting& setting) {
  const std::string value = shown(setting);
  if (value.find_first_of(" '\\\t\n") == std::string::npos) return setting.keyword + "=" + value;
  std::string text = setting.keyword + "='";
  for (const char c : value) text += (c == '\'' || c == '\\') ? std::string("\\") + c : std::string(1, c);
  return text + "'";
}

std::string redacted_settings(const std::vector<Setting>& settings) {
  std::string text;
  for (const Setting& setting : settings) text += (text.empty() ? "" : " ") + quoted_setting(setting);
  return text;
}

/// One plain host goes where a URL has it; lists and socket directories are clearer as options.
bool fits_authority(const std::string& host) {
  return !host.empty() && host.find_first_of("/,@:") == std::string::npos;
}

std::string redacted_url(const Database& database) {
  const std::string host = database.value_of("host");
  const bool inline_host = fits_authority(host) && database.value_of("port").find(',') == std::string::npos;
  std::string url = "postgresql://" + percent_encode(database.value_of("user"));
  if (!database.value_of("password").empty()) url += fmt::format(":{}", hidden);
  if (!url.ends_with("//")) url += "@";
  if (inline_host) url += percent_encode(host);
  if (inline_host && !database.value_of("port").empty()) url += ":" + database.value_of("port");
  url += "/" + percent_encode(database.value_of("dbname"));
  char separator = '?';
  for (const Setting& s : database.settings) {
    if (s.keyword == "user" || s.keyword == "password" || s.keyword == "dbname") continue;
    if (inline_host && (s.keyword == "host" || s.keyword == "port")) continue;
    url += fmt::format("{}{}={}", separator, s.keyword,
                       is_secret(s.keyword) ? std::string(hidden) : percent_encode(s.value));
    separator = '&';
  }
  return url;
}

}  // namespace

std::string value_of(const std::vector<Setting>& settings, std::string_view keyword) {
  const auto found =
      std::find_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.keyword == keyword; });
  return found == settings.end() ? std::string() : found->value;
}

std::string Database::value_of(std::string_view keyword) const { return cairn::value_of(settings, keyword); }

std::string Database::redacted() const {
  if (kind == DatabaseKind::local) return "local";
  if (kind == DatabaseKind::ephemeral) return "ephemeral";
  if (settings.empty()) return "(as the PG* environment variables say)";
  return spelling == Spelling::url ? redacted_url(*this) : redacted_settings(settings);
}

Database parse_database(std::string_view text) {
  while (!text.empty() && std::strchr(" \t\r\n", text.front()) != nullptr) text.remove_prefix(1);
  while (!text.empty() && std::strchr(" \t\r\n", text.back()) != nullptr) text.remove_suffix(1);
  if (text.empty())
    throw Error(Category::configuration, "the database is given as an empty text")
        .hint("Use --database with a URL such as postgresql://user@host/name, or \"local\".");
  if (text.find('\0') != text.npos) throw Error(Category::configuration, "the database is given with a NUL byte in it");
  if (text == "local") return Database{.kind = DatabaseKind::local, .spelling = Spelling::settings, .settings = {}};
  if (text == "ephemeral")
    return Database{.kind = DatabaseKind::ephemeral, .spelling = Spelling::settings, .settings = {}};
  if (text.starts_with("jdbc:"))
    throw Error(Category::configuration, "the database is given as a JDBC URL")
        .hint("Take \"jdbc:\" off and put user and password before the host: postgresql://user:password@host/name.");
  if (!looks_like_url(text) && text.find('=') == text.npos) throw not_a_database(text);
  return parse_with_libpq(text);
}

std::optional<Database> find_database_in_environment() {
  for (const char* name : {"PGDATABASE", "PGSERVICE", "PGHOST", "PGHOSTADDR"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return Database{};
  }
  return std::nullopt;
}

std::vector<Setting> read_effective_settings(const Database& database) {
  std::vector<Setting> effective = database.settings;
  const auto add_missing = [&](const std::vector<Setting>& more) {
    for (const Setting& s : more)
      if (value_of(effective, s.keyword).empty()) effective.push_back(s);
  };
  if (!database.value_of("service").empty()) {
    // Only a connection object knows what a service named in the settings says; it is dropped before it is used.
    std::vector<const char*> keywords;
    std::vector<const char*> values;
    for (const Setting& s : database.settings) {
      keywords.push_back(s.keyword.c_str());
      values.push_back(s.value.c_str());
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    const ConnectionHandle begun(PQconnectStartParams(keywords.data(), values.data(), 0));
    if (begun) add_missing(to_settings(OptionList(PQconninfo(begun.get())).get()));
  }
  add_missing(to_settings(OptionList(PQconndefaults()).get()));
  return effective;
}

std::string describe_target(const std::vector<Setting>& effective) {
  const std::string user = value_of(effective, "user");
  const std::string name = value_of(effective, "dbname");
  const std::string host = value_of(effective, "host");
  const std::string address = value_of(effective, "hostaddr");
  std::string text = fmt::format("database \"{}\" on \"{}\"", name.empty() ? user : name,
                                 !host.empty() ? host : !address.empty() ? address : "the local socket");
  if (const std::string port = value_of(effective, "port"); !port.empty()) text += " port " + port;
  return text + fmt::format(" as user \"{}\"", user);
}

bool is_secret(std::string_view keyword) {
  static const std::vector<std::string> secrets = [] {
    std::vector<std::string> found;
    const OptionList list = parse_options("");
    each_option(list.get(), [&](const PQconninfoOption& o) {
      if (o.dispchar != nullptr && std::strchr(o.dispchar, '*') != nullptr) found.emplace_back(o.keyword);
    });
    return found;
  }();
  return keyword == "password" || std::find(secrets.begin(), secrets.end(), keyword) != secrets.end();
}

std::vector<std::string> known_keywords() {
  std::vector<std::string> keywords;
  const OptionList list = parse_options("");
  each_option(list.get(), [&](const PQconninfoOption& o) { keywords.emplace_back(o.keyword); });
  return keywords;
}

}  // namespace cairn
