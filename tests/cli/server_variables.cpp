#include "cli/server_variables.hpp"

#include "support/session.hpp"
#include "support/test_server.hpp"

#include <memory>

namespace cairn::test {

namespace {

std::string standby_url() {
  static const TestServer primary({.settings = standby_settings()});
  static const std::unique_ptr<TestServer> standby = TestServer::standby_of(primary);
  return standby->url("postgres");
}

std::string password_url() {
  static const TestServer server({.authentication = Authentication::password});
  Session(server.conninfo("postgres"))
      .execute("DO $$ BEGIN IF to_regrole('guarded') IS NULL THEN CREATE ROLE guarded LOGIN PASSWORD 'right'; END IF; END $$");
  return server.url("postgres", "guarded");
}

std::string down_url() {
  static const TemporaryDirectory directory("/tmp");
  return "postgresql://" + std::string(superuser) + "@/postgres?host=" + directory.path().string();
}

}  // namespace

std::map<std::string, std::string> server_variables(const std::string& text) {
  using Source = std::string (*)();
  static const std::map<std::string, Source> sources = {
      {"STANDBY_URL", standby_url}, {"PASSWORD_URL", password_url}, {"DOWN_URL", down_url}};
  std::map<std::string, std::string> variables;
  for (const auto& [name, source] : sources) {
    if (text.find("${" + name + "}") != std::string::npos) variables[name] = source();
  }
  return variables;
}

}  // namespace cairn::test
