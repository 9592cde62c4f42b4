#pragma once

#include "support/runner.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_database.hpp"

#include <filesystem>
#include <string>

namespace cairn::test {

/// One plugin in a folder of its own, a database, and the runner that knows both.
class PluginFolder {
 public:
  explicit PluginFolder(const std::string& built) : file_(directory_ / std::filesystem::path(built).filename()) {
    std::filesystem::copy_file(std::filesystem::path(CAIRN_TEST_PLUGINS) / built, file_);
    runner.options = {"--plugins", directory_.path().string()};
  }

  const std::filesystem::path& file() const { return file_; }
  Finished run(std::vector<std::string> words) { return runner.run(database.url(), std::move(words)); }

  TestDatabase database;
  Runner runner{.program = CAIRN_TEST_BIN};

 private:
  TemporaryDirectory directory_;
  std::filesystem::path file_;
};

}  // namespace cairn::test
