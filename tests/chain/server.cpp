#include "chain/server.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

namespace cairn::testing {
namespace {

std::string program(const char* name) { return std::string(CAIRN_TEST_PG_BINDIR) + "/" + name; }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::runtime_error failure(const std::string& what, const Finished& finished) {
  return std::runtime_error(what + " failed with exit code " + std::to_string(finished.exit_code) + ":\n" +
                            finished.out + finished.err);
}

/// What the environment says, or what CMake knew when it built this.
std::string setting(const char* name, const char* built) {
  const char* const given = std::getenv(name);
  const std::string value = given != nullptr ? given : built;
  if (value.empty()) throw std::runtime_error(std::string("the chain tests need ") + name);
  return value;
}

/// The dump without comments, empty lines and pg_dump's random \restrict keys.
std::string essence(const std::string& dump) {
  std::string kept;
  for (const std::string& line : lines_of(dump)) {
    const bool noise = line.empty() || line.starts_with("--") || line.starts_with("\\");
    if (!noise) kept += line + "\n";
  }
  return kept;
}

std::string dump(const std::string& url, std::vector<std::string> options) {
  options.insert(options.begin(), {program("pg_dump"), "--dbname=" + url, "--exclude-table=public.alembic_version",
                                   "--exclude-table=public.cairn_*"});
  const Finished finished = run_process({options, {}, "", ""});
  if (!finished.succeeded()) throw failure("pg_dump", finished);
  return essence(finished.out);
}

}  // namespace

Server& Server::instance() {
  static Server server;
  return server;
}

Server::Server() {
  try {
    start();
  } catch (...) {
    stop();
    throw;
  }
}

Server::~Server() { stop(); }

void Server::start() {
  char pattern[] = "/tmp/cairn-chain-XXXXXX";
  if (::mkdtemp(pattern) == nullptr) throw std::runtime_error("cannot make a directory in /tmp");
  directory_ = pattern;
  if (::geteuid() == 0) {
    user_ = ::getpwnam("postgres") != nullptr ? "postgres" : "nobody";
    const passwd* entry = ::getpwnam(user_.c_str());
    if (entry == nullptr || ::chown(pattern, entry->pw_uid, entry->pw_gid) != 0)
      throw std::runtime_error("cannot hand " + directory_ + " to the user " + user_);
  }
  require({{program("initdb"), "-D", directory_ + "/data", "-A", "trust", "-U", "postgres", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync"}, {}, "", user_});
  require({{program("pg_ctl"), "-D", directory_ + "/data", "-l", directory_ + "/log", "-w", "-o",
            "-c listen_addresses='' -c fsync=off -c unix_socket_directories=" + directory_, "start"}, {}, "", user_});
  require({{program("psql"), "-XqAt", "-h", directory_, "-U", "postgres", "-c", "CREATE ROLE owner LOGIN", "postgres"},
           {}, "", ""});
}

void Server::stop() {
  if (directory_.empty()) return;
  run_process({{program("pg_ctl"), "-D", directory_ + "/data", "-m", "immediate", "-w", "stop"}, {}, "", user_});
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void Server::require(const Command& command) {
  const Finished finished = run_process(command);
  if (!finished.succeeded()) throw failure(command.arguments.front(), finished);
}

std::string Server::create_database(const std::string& copy_of) {
  const std::string name = "chain_" + std::to_string(++databases_);
  require({{program("psql"), "-XqAt", "-h", directory_, "-U", "postgres", "-c",
            "CREATE DATABASE " + name + " OWNER owner TEMPLATE " + copy_of, "postgres"}, {}, "", ""});
  return name;
}

std::string Server::url(const std::string& database) const {
  return "postgresql://owner@/" + database + "?host=" + directory_;
}

Finished Database::sql(std::string_view text) const {
  return run_process({{program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", Server::instance().url(name_), "-f", "-"},
                      {{"PGOPTIONS", "-c client_min_messages=warning"}}, std::string(text), ""});
}

std::vector<std::string> Database::rows(std::string_view text) const {
  const Finished finished = sql(text);
  if (!finished.succeeded()) throw failure(std::string(text), finished);
  return lines_of(finished.out);
}

std::string Database::value(std::string_view text) const {
  const std::vector<std::string> lines = rows(text);
  return lines.empty() ? "" : lines.front();
}

std::string Database::schema() const { return dump(Server::instance().url(name_), {"--schema-only"}); }

std::string Database::data() const {
  return dump(Server::instance().url(name_), {"--data-only", "--inserts", "--schema=core", "--schema=acct",
                                              "--schema=inv", "--schema=pos"});
}

Finished Database::cairn(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {setting("CAIRN_BIN", CAIRN_TEST_BIN), "--database", Server::instance().url(name_)});
  return run_process({arguments, {{"CAIRN_PLUGINS", setting("CAIRN_PLUGINS", CAIRN_TEST_PLUGINS)}}, "", ""});
}

Finished Database::upgrade(const std::string& target, const std::map<std::string, std::string>& variables) const {
  std::vector<std::string> arguments;
  for (const auto& [key, value] : variables) arguments.insert(arguments.end(), {"-x", key + "=" + value});
  arguments.insert(arguments.end(), {"upgrade", target});
  return cairn(arguments);
}

Finished Database::downgrade(const std::string& target) const { return cairn({"downgrade", target}); }

void Database::require_upgrade(const std::string& target) const {
  const Finished finished = upgrade(target);
  if (!finished.succeeded()) throw failure("upgrade " + target, finished);
}

void Database::require_downgrade(const std::string& target) const {
  const Finished finished = downgrade(target);
  if (!finished.succeeded()) throw failure("downgrade " + target, finished);
}

}  // namespace cairn::testing
