#include "support/test_server.hpp"

#include "support/file_text.hpp"

#include <chrono>
#include <libpq-fe.h>
#include <stdexcept>
#include <thread>

namespace cairn::test {

namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Socket paths end at 107 bytes, so their directory is never below a long $TMPDIR.
constexpr const char* socket_parent = "/tmp";

const std::vector<std::pair<std::string, std::string>>& common_settings() {
  static const std::vector<std::pair<std::string, std::string>> settings = {
      {"listen_addresses", ""},      {"port", "5432"},         {"fsync", "off"},
      {"full_page_writes", "off"},   {"autovacuum", "off"},    {"synchronous_commit", "off"},
      {"wal_level", "minimal"},      {"max_wal_senders", "0"}, {"shared_buffers", "16MB"},
      {"max_connections", "50"},     {"timezone", "UTC"},      {"unix_socket_permissions", "0700"},
      {"log_line_prefix", "%m [%p] %q%d %a: "},
  };
  return settings;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> standby_settings() {
  return {{"wal_level", "replica"}, {"max_wal_senders", "4"}};
}

TestServer::TestServer(const ServerOptions& options, Backup)
    : options_(options), home_(options.parent, server_account()), sockets_(socket_parent, server_account()) {
  write_access_rules();
}

TestServer::TestServer(const ServerOptions& options) : TestServer(options, Backup{}) {
  copy_server_template(data_directory());
  start();
}

TestServer::~TestServer() {
  if (!postmaster_) return;
  postmaster_->signal(SIGQUIT);  // nothing in it is worth a checkpoint
  postmaster_->set_deadline(seconds(10));
  postmaster_->wait();
}

TestServer& TestServer::shared() {
  static TestServer server = [] {
    for (const fs::path& parent : {fast_parent(), fs::path(socket_parent)}) sweep_temporary_directories(parent);
    return TestServer();
  }();
  return server;
}

std::unique_ptr<TestServer> TestServer::standby_of(const TestServer& primary) {
  std::unique_ptr<TestServer> standby(new TestServer(primary.options_, Backup{}));
  const Finished copied = run({.argv = {require_server_programs().path("pg_basebackup"), "--pgdata",
                                        standby->data_directory().string(), "--write-recovery-conf", "--checkpoint=fast",
                                        "--no-sync", "--dbname", primary.conninfo("postgres")},
                               .environment = without_postgres_variables(),
                               .directory = "/",
                               .account = server_account()});
  if (!copied.ok()) throw std::runtime_error("pg_basebackup failed: " + copied.err);
  standby->start();
  return standby;
}

void TestServer::write_access_rules() const {
  std::string rules;
  for (const std::string& rule : options_.access_rules) rules += rule + "\n";
  rules += std::string("local all,replication ") + superuser + " trust\n";
  rules += std::string("local all all ") + (options_.authentication == Authentication::password ? "scram-sha-256" : "trust");
  const fs::path file = home_.path() / "pg_hba.conf";
  write_file(file, rules + "\n");
  fs::permissions(file, fs::perms(0644));
}

std::vector<std::string> TestServer::arguments() const {
  std::vector<std::string> argv = {require_server_programs().path("postgres"), "-D", data_directory().string()};
  const auto set = [&](const std::string& name, const std::string& value) {
    argv.push_back("-c");
    argv.push_back(name + "=" + value);
  };
  for (const auto& [name, value] : common_settings()) set(name, value);
  set("unix_socket_directories", socket_directory());
  set("hba_file", (home_.path() / "pg_hba.conf").string());
  for (const auto& [name, value] : options_.settings) set(name, value);
  return argv;
}

void TestServer::start() {
  postmaster_ = std::make_unique<Process>(Command{.argv = arguments(),
                                                  .environment = without_postgres_variables(),
                                                  .directory = "/",
                                                  .deadline = hours(24),
                                                  .account = server_account(),
                                                  .death_signal = SIGQUIT,
                                                  .output_file = home_.path() / "log"});
  wait_until_ready();
}

void TestServer::wait_until_ready() {
  const auto end = std::chrono::steady_clock::now() + seconds(60);
  while (PQping(conninfo("postgres").c_str()) != PQPING_OK) {
    if (!postmaster_->running()) throw std::runtime_error("the test server did not start:\n" + log());
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("the test server is not ready:\n" + log());
    std::this_thread::sleep_for(milliseconds(3));
  }
}

void TestServer::stop() {
  postmaster_->signal(SIGINT);
  postmaster_->set_deadline(seconds(60));
  const Finished ended = postmaster_->wait();
  postmaster_.reset();
  if (ended.timed_out) throw std::runtime_error("the test server did not stop:\n" + log());
}

std::string TestServer::log() const {
  return read_file(home_.path() / "log");
}

std::string TestServer::conninfo(const std::string& database, const std::string& user) const {
  return "host=" + socket_directory() + " port=5432 user=" + user + " dbname=" + database;
}

std::string TestServer::url(const std::string& database, const std::string& user) const {
  return "postgresql://" + user + "@/" + database + "?host=" + socket_directory() + "&port=5432";
}

}  // namespace cairn::test
