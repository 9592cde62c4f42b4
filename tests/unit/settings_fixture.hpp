#pragma once

#include "config/key.hpp"
#include "config/settings.hpp"

#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace cairn {

namespace fs = std::filesystem;

/// A project folder, in which the test works, and an environment without our variables.
class SettingsTest : public testing::Test {
 protected:
  SettingsTest() : before_(fs::current_path()) {
    for (const ConfigKey& key : config_keys())
      for (const std::string_view name : key.variables) unsetenv(std::string(name).c_str());
    fs::current_path(directory_.path());
  }
  ~SettingsTest() override { fs::current_path(before_); }

  void write(const fs::path& file, const std::string& text) {
    fs::create_directories((directory_.path() / file).parent_path());
    std::ofstream(directory_.path() / file) << text;
  }

  Settings read(const CommandLineSettings& line = {}) { return read_settings(line, "/opt/cairn/bin"); }

  const fs::path& path() const { return directory_.path(); }

 private:
  test::TemporaryDirectory directory_;
  fs::path before_;
};

}  // namespace cairn
