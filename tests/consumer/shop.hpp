#pragma once

#include "chain/schema.hpp"
#include "places/installed.hpp"

#include <string>
#include <vector>

namespace cairn::test {

/// The project in tests/consumer/ecommerce, copied to a place of its own and built there against the installed SDK with
/// the preset that CAIRN_TEST_PRESET names.
class Shop : public Installed {
 protected:
  static void SetUpTestSuite();

  /// Its revisions, oldest first, without the seeds.
  static const std::vector<std::string>& chain();

  Shop();

  /// A database of a role without any privilege: neither chain may need a superuser.
  static std::unique_ptr<TestDatabase> make_database();

  /// The program with the revisions of the shop; throws unless it ends with 0.
  std::string require(const TestDatabase& database, const std::vector<std::string>& words) const {
    return shop_.require(database.url(), words);
  }

  static std::filesystem::path project() { return folder() / "e-commerce platform"; }
  static std::string preset();

  Runner shop_;   ///< runs in the project, whose cairn.toml says where its plugins are
  Runner both_;   ///< with the revisions of ArcoirisPOS too, as they were installed
};

}  // namespace cairn::test
