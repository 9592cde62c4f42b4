#pragma once

#include "support/file_text.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace cairn::test {

/// Makes bundles of what this build holds.
struct BundleMaker {
  std::filesystem::path program = CAIRN_BINARY;
  std::string plugins = CAIRN_TEST_PLUGINS;
  std::map<std::string, std::optional<std::string>> environment = {};

  Finished run(const std::filesystem::path& output, std::vector<std::string> options = {}) const {
    Command command{.argv = {program.string(), "bundle", "-o", output.string()}, .environment = environment, .directory = "/"};
    command.environment.try_emplace("CAIRN_PLUGINS", plugins);
    command.argv.insert(command.argv.end(), options.begin(), options.end());
    command.deadline = std::chrono::minutes(5);
    return test::run(command);
  }

  void require(const std::filesystem::path& output, std::vector<std::string> options = {}) const {
    const Finished finished = run(output, std::move(options));
    if (!finished.ok()) throw std::runtime_error("cairn bundle failed:\n" + finished.err);
  }
};

/// Every file and folder below, with its mode and what is in it.
inline std::map<std::string, std::string> tree_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> tree;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto mode = static_cast<unsigned>(entry.status().permissions());
    std::string& text = tree[std::filesystem::relative(entry.path(), folder).string()];
    text = std::to_string(mode >> 6U & 7U) + std::to_string(mode >> 3U & 7U) + std::to_string(mode & 7U);
    if (entry.is_regular_file()) text += " " + read_file(entry.path());
  }
  return tree;
}

inline std::vector<std::string> names_of(const std::map<std::string, std::string>& tree) {
  std::vector<std::string> names;
  for (const auto& [name, content] : tree) names.push_back(name);
  return names;
}

}  // namespace cairn::test
