#include "consumer/shop.hpp"

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

TestServer& shop_server() {
  static TestServer& server = []() -> TestServer& {
    TestServer& made = TestServer::shared();
    Session(made.conninfo("postgres")).execute("CREATE ROLE shop LOGIN");
    return made;
  }();
  return server;
}

}  // namespace

std::string Shop::preset() {
  const std::string named = environment_variable("CAIRN_TEST_PRESET");
  return named.empty() ? "gcc" : named;
}

void Shop::SetUpTestSuite() {
  Installed::SetUpTestSuite();
  fs::copy(CAIRN_SHOP, project(), fs::copy_options::recursive);
  // Whoever tried the project in the source tree has left these.
  fs::remove_all(project() / "build");
  fs::remove_all(project() / ".cairn");
  const Command command{.environment = {{"CMAKE_PREFIX_PATH", prefix().string()}, {"CXXFLAGS", std::nullopt}},
                        .directory = project(), .deadline = std::chrono::minutes(5)};
  for (const std::vector<std::string>& argv : {std::vector<std::string>{CAIRN_CMAKE, "--preset", preset()},
                                               {CAIRN_CMAKE, "--build", "--preset", preset()},
                                               {CAIRN_CTEST, "--preset", preset(), "--no-tests=error"}}) {
    Command next = command;
    next.argv = argv;
    test::require(next);
  }
}

Shop::Shop() {
  const std::string plugins = (project() / "build" / preset() / "plugins").string();
  shop_ = {.program = prefix() / "bin/cairn", .directory = project(), .options = {"--plugins", plugins}};
  both_ = shop_;
  both_.options.insert(both_.options.end(), {"--plugins", (prefix() / "lib/cairn/plugins/arcoirispos").string()});
}

const std::vector<std::string>& Shop::chain() {
  static const std::vector<std::string> ids = {"c41de7a09b52", "a9eb2b4acc41", "5d0b93f1e6a7", "e27c50d8b194",
                                               "fb847ab39d59", "70f6a3be15c8", "9b8e41c7d02f", "1e6cd8250fa3"};
  return ids;
}

std::unique_ptr<TestDatabase> Shop::make_database() {
  return std::make_unique<TestDatabase>(shop_server(), DatabaseOptions{.owner = "shop"});
}

}  // namespace cairn::test
