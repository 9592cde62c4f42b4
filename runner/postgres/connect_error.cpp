#include "postgres/connect_error.hpp"

#include "base/text.hpp"
#include "postgres/advice.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace cairn {

namespace {

constexpr std::string_view cannot_connect = "cannot connect: ";
constexpr const char* test_it = "Then \"cairn db status\" tests the connection.";

/// Failures before the server said anything, by what libpq says of them. The runner never calls setlocale(),
/// so these texts are always English.
enum class Outlook { passes, stays };
struct Reason { const char* fragment; const char* message; const char* hint; Outlook outlook; };
constexpr std::array reasons{
    Reason{"could not translate host name", "the host name is not known", "Correct the host name in the database URL.", Outlook::passes},
    Reason{"Name or service not known", "the host name is not known", "Correct the host name in the database URL.", Outlook::passes},
    Reason{"Connection refused", "no server is listening there", "Start the server, or correct host and port.", Outlook::passes},
    Reason{"No such file or directory", "no server is listening on that socket",
           "Start the server, or correct host and port.", Outlook::passes},
    Reason{"Permission denied", "the server's socket may not be opened by this user",
           "Run as a user who may enter the socket's directory, or connect over TCP.", Outlook::stays},
    Reason{"timeout expired", "the server did not answer in time",
           "Correct host and port, look for a firewall in between, or raise connect_timeout.", Outlook::passes},
    Reason{"Connection timed out", "the server did not answer in time",
           "Correct host and port, or look for a firewall in between.", Outlook::passes},
    Reason{"No route to host", "there is no way to that host", "Correct the host, or look at the network.", Outlook::passes},
    Reason{"Network is unreachable", "there is no way to that host", "Correct the host, or look at the network.", Outlook::passes},
    Reason{"definition of service", "the service is not in the service file",
           "Correct service=, or look at ~/.pg_service.conf and PGSERVICEFILE.", Outlook::stays},
    Reason{"SSL", "TLS could not be agreed on",
           "Correct sslmode, sslrootcert, sslcert and sslkey to what the server offers.", Outlook::stays},
    Reason{"certificate", "TLS could not be agreed on",
           "Correct sslmode, sslrootcert, sslcert and sslkey to what the server offers.", Outlook::stays},
    Reason{"server closed the connection unexpectedly", "the server closed the connection at once",
           "Look at the server's log; it may be out of memory or connections, or not be PostgreSQL.", Outlook::passes},
};

bool is_code_character(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0 || (c >= 'A' && c <= 'Z'); }

/// Where "XXXXX" of "FATAL:  XXXXX: message" begins; with several servers the last one that spoke counts.
std::size_t find_code(const std::string& text) {
  for (std::size_t at = text.rfind(":  "); at != std::string::npos && at > 0; at = text.rfind(":  ", at - 1)) {
    std::size_t end = at + 3;
    while (end < text.size() && is_code_character(text[end])) ++end;
    if (end == at + 8 && text.compare(end, 2, ": ") == 0) return at + 3;
  }
  return std::string::npos;
}

std::string first_line(const std::string& text) { return printable(text.substr(0, text.find('\n')), 500); }

/// The last server's line, without the advice libpq puts below it.
std::string last_line(const std::string& text) {
  const std::size_t start = text.rfind("connection to server");
  return first_line(start == std::string::npos ? text : text.substr(start));
}

/// What the message quotes, when a shell would take it as it is.
std::string quoted_word(const std::string& message) {
  const std::size_t begin = message.find('"') + 1;
  const std::size_t end = message.find('"', begin);
  if (begin == 0 || end == message.npos) return "";
  const std::string word = message.substr(begin, end - begin);
  const bool plain = std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
  return plain ? word : "";
}

/// A role that is not there has the code of one that may not come in.
std::string advice_for(const std::string& sqlstate, const std::string& message) {
  const bool no_role = message.starts_with("role \"") && message.ends_with("does not exist");
  std::string advice = no_role ? "Create it with \"createuser NAME\", or correct the user; \"cairn db status\" tests the connection."
                               : find_advice(sqlstate);
  const std::size_t at = advice.find("NAME");
  const std::string name = quoted_word(message);
  if (at != advice.npos && !name.empty()) advice.replace(at, 4, name);
  return advice;
}

Error refused_by_server(const std::string& text, std::size_t code) {
  const std::string sqlstate = text.substr(code, 5);
  Error error(Category::connection, "cannot connect: " + first_line(text.substr(code + 7)));
  error.sqlstate(sqlstate);
  const std::string advice = advice_for(sqlstate, first_line(text.substr(code + 7)));
  return error.hint(advice.empty() ? "\"cairn db status\" tests the connection." : advice);
}

Error not_reached(const ConnectFailure& failure) {
  if (failure.text.starts_with("invalid "))   // an option's value: libpq names both, and checks no secret this way
    return Error(Category::connection, "cannot connect: " + first_line(failure.text))
        .hint("Correct that option in the database URL, the service file or the PG* environment.");
  for (const Reason& row : reasons) {
    if (failure.text.find(row.fragment) == std::string::npos) continue;
    return Error(Category::connection, fmt::format("{}{}", cannot_connect, row.message))
        .hint(fmt::format("{} {}", row.hint, test_it));
  }
  return Error(Category::connection, "cannot connect: " + last_line(failure.text))
      .hint("\"cairn db status\" tests the connection.");
}

}  // namespace

std::string find_sqlstate(const std::string& text) {
  const std::size_t code = find_code(text);
  return code == std::string::npos ? "" : text.substr(code, 5);
}

Error to_connect_error(const ConnectFailure& failure, const std::string& target) {
  const std::size_t code = find_code(failure.text);
  const std::string about = "The target is " + target + ".";
  if (code != std::string::npos) return refused_by_server(failure.text, code).detail(about);
  if (failure.needs_password)
    return Error(Category::connection, "cannot connect: the server asks for a password and none is given")
        .detail(about)
        .hint(fmt::format("Put it into ~/.pgpass (mode 0600), PGPASSWORD or the database URL. {}", test_it));
  if (failure.timed_out)
    return not_reached({"timeout expired", false, true}).detail(about);
  Error error = not_reached(failure);
  const std::string said = last_line(failure.text);
  return error.detail(said.empty() ? about : about + " libpq says: " + said);
}

bool may_pass(const Error& error) {
  if (error.category() != Category::connection) return false;
  // cannot_connect_now, too_many_connections, invalid_catalog_name, admin_shutdown, crash_shutdown
  constexpr std::array<std::string_view, 5> passing{"57P03", "53300", "3D000", "57P01", "57P02"};
  if (!error.sqlstate().empty()) return std::find(passing.begin(), passing.end(), error.sqlstate()) != passing.end();
  return std::any_of(reasons.begin(), reasons.end(), [&](const Reason& row) {
    return row.outlook == Outlook::passes && error.message() == fmt::format("{}{}", cannot_connect, row.message);
  });
}

}  // namespace cairn
