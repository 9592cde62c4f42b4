#pragma once

#include "support/runner.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>

namespace cairn::test {

inline Finished require(const Command& command) {
  Finished finished = run(command);
  if (!finished.ok()) throw std::runtime_error(command.argv.front() + " failed:\n" + finished.out + finished.err);
  return finished;
}

/// Installed once and then moved: nothing may depend on where it was put first.
class Installed : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryDirectory>();
    const std::filesystem::path first = folder_->path() / "first";
    require({.argv = {CAIRN_CMAKE, "--install", CAIRN_BUILD, "--prefix", first.string()}, .deadline = std::chrono::minutes(5)});
    std::filesystem::rename(first, prefix());
  }
  static void TearDownTestSuite() { folder_.reset(); }
  static std::filesystem::path prefix() { return folder_->path() / "moved away"; }
  static std::filesystem::path folder() { return folder_->path(); }

  Runner runner_{.program = prefix() / "bin/cairn"};

 private:
  inline static std::unique_ptr<TemporaryDirectory> folder_;
};

}  // namespace cairn::test
