#include "postgres/database_url.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "postgres/conninfo.hpp"
#include "postgres/url_query.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

namespace cairn {

namespace {

struct UrlParts {
  bool has_driver = false;      ///< postgresql+psycopg2: written for SQLAlchemy, whose rules apply
  bool has_user = false;
  std::optional<std::string> password;
  std::string user;
  std::string hosts;            ///< host:port,host:port
  std::string path;             ///< "/dbname" or empty
  std::vector<std::string> query;
};

Error bad_url(std::string what) { return Error(Category::configuration, "the database URL is wrong: " + what); }

std::string percent_hint() {
  return "In user names, passwords and database names write % as %25, @ as %40, : as %3A, / as %2F and ? as %3F.";
}

std::size_t scheme_end(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '+' ||
                               text[end] == '-' || text[end] == '.'))
    ++end;
  return end;
}

/// Where the "@" is that closes user and password; npos when there are none. A raw "/" in a password is taken as
/// SQLAlchemy takes it, unless what is before it reads as host:port.
std::size_t credentials_end(std::string_view rest) {
  const std::size_t at = rest.substr(0, rest.find('?')).find('@');
  const std::size_t slash = rest.find('/');
  if (at != rest.npos && at < slash) return at;
  const std::size_t late_at = rest.find('@');
  if (late_at == rest.npos || slash == 0) return rest.npos;
  const std::size_t colon = rest.find(':');
  const std::string_view port = rest.substr(std::min(colon, rest.size() - 1) + 1);
  const bool password_before = colon < late_at && colon < rest.find_first_of("/?") && rest[0] != '[' &&
                               !is_number(port.substr(0, port.find_first_of("/?,")));
  return password_before ? late_at : rest.npos;
}

void take_credentials(std::string_view text, UrlParts& parts) {
  parts.has_user = true;
  const std::size_t colon = text.find(':');
  parts.user = text.substr(0, colon);
  if (colon == text.npos) return;
  parts.password.emplace();
  for (const char c : text.substr(colon + 1))
    *parts.password += c == '/' ? "%2F" : c == '?' ? "%3F" : std::string(1, c);
}

UrlParts split_url(std::string_view url) {
  UrlParts parts;
  std::string scheme(url.substr(0, scheme_end(url)));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::string base = scheme.substr(0, scheme.find('+'));
  if (base != "postgresql" && base != "postgres")
    throw Error(Category::configuration,
                fmt::format("cairn works with PostgreSQL only, not with \"{}\" databases", base))
        .hint("Use a URL such as postgresql://user@host:5432/name, or \"local\" for a private server.");
  parts.has_driver = base.size() != scheme.size();
  std::string_view rest = url.substr(scheme.size() + 3);
  if (const std::size_t at = credentials_end(rest); at != rest.npos) {
    take_credentials(rest.substr(0, at), parts);
    rest.remove_prefix(at + 1);
  }
  const std::size_t question = std::min(rest.find('?'), rest.size());
  if (question < rest.size()) parts.query = cut(rest.substr(question + 1), '&');
  rest = rest.substr(0, question);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  parts.hosts = rest.substr(0, slash);
  parts.path = rest.substr(slash);
  return parts;
}

bool has_bad_escape(std::string_view text) {
  for (std::size_t i = text.find('%'); i != text.npos; i = text.find('%', i + 1)) {
    const bool two_digits = i + 2 < text.size() && std::isxdigit(static_cast<unsigned char>(text[i + 1])) != 0 &&
                            std::isxdigit(static_cast<unsigned char>(text[i + 2])) != 0;
    if (!two_digits || text.substr(i + 1, 2) == "00") return true;
  }
  return false;
}

/// The name of a query option for a message: only if libpq or a driver knows it, since anything else may be
/// a piece of a password.
std::string option_name(std::string_view option) {
  const std::string name(option.substr(0, option.find('=')));
  const std::vector<std::string> known = known_keywords();
  const bool safe = std::find(known.begin(), known.end(), name) != known.end();
  return safe ? fmt::format("the option \"{}\"", name) : "an option after the question mark";
}

void check_escapes(const UrlParts& parts) {
  std::vector<Error> problems;
  const auto check = [&](std::string_view text, const std::string& name) {
    if (has_bad_escape(text))
      problems.push_back(
          bad_url(name + " has a % that is not followed by two hexadecimal digits").hint(percent_hint()));
  };
  check(parts.user, "the user name");
  check(parts.password.value_or(""), "the password");
  check(parts.hosts, "the host");
  check(parts.path, "the database name");
  for (const std::string& option : parts.query) check(option, option_name(option));
  throw_all(std::move(problems));
}

void check_hosts(const UrlParts& parts) {
  if (parts.hosts.find('@') != std::string::npos || parts.path.find('@') != std::string::npos)
    throw bad_url("it has more than one \"@\", or one in the database name").hint(percent_hint());
  for (const std::string& host : cut(parts.hosts, ',')) {
    const std::size_t bracket = host.find(']');
    const std::size_t colon = host.find(':', bracket == std::string::npos ? 0 : bracket);
    if (colon == std::string::npos || colon + 1 == host.size()) continue;
    const std::string port = host.substr(colon + 1);
    if (!is_number(port) || port.size() > 5 || std::stoi(port) < 1 || std::stoi(port) > 65535)
      throw bad_url("the part between host and database name is not a port number")
          .hint("It may belong to the password. " + percent_hint());
  }
}

void check_options(const UrlParts& parts) {
  const std::vector<std::string> known = known_keywords();
  for (const std::string& option : parts.query) {
    const std::string name = option.substr(0, option.find('='));
    if (name.size() == option.size())
      throw bad_url(option_name(option) + " has no \"=\" and value").hint(percent_hint());
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const auto meant = nearest_word(name, known);
    throw bad_url("an option after the question mark is not one of libpq's")
        .hint(meant ? fmt::format("Did you mean \"{}\"?", *meant)
                    : "Take it out, or, if it belongs to the password, write ? as %3F.");
  }
}

std::string compose(const UrlParts& parts) {
  std::string url = "postgresql://";
  if (parts.has_user) url += parts.user + (parts.password ? ":" + *parts.password : "") + "@";
  url += parts.hosts + parts.path;
  if (!parts.query.empty()) url += "?" + join(parts.query, "&");
  return url;
}

}  // namespace

bool looks_like_url(std::string_view text) {
  const std::size_t end = scheme_end(text);
  return end > 0 && text.substr(end).starts_with("://");
}

std::string to_libpq_url(std::string_view url) {
  UrlParts parts = split_url(url);
  translate_query(parts.query, parts.has_driver ? UrlDialect::sqlalchemy : UrlDialect::libpq);
  check_hosts(parts);
  check_escapes(parts);
  check_options(parts);
  return compose(parts);
}

}  // namespace cairn
