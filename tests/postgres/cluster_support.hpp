#pragma once

#include "cluster/process.hpp"
#include "cluster/server_user.hpp"
#include "support/file_text.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace cairn::test {

constexpr auto test_patience = std::chrono::seconds(60);

/// A directory that every user may enter. In memory where that can be: kept servers flush their data.
class SharedDirectory {
 public:
  SharedDirectory() { std::filesystem::permissions(path(), std::filesystem::perms(0755)); }

  const std::filesystem::path& path() const { return directory_.path(); }

  /// Everybody may write there, as in /tmp.
  std::filesystem::path make_open(const char* name) const {
    std::filesystem::create_directory(path() / name);
    std::filesystem::permissions(path() / name, std::filesystem::perms(01777));
    return path() / name;
  }

  std::filesystem::path make(const std::filesystem::path& name) const {
    std::filesystem::create_directories(path() / name);
    return path() / name;
  }

 private:
  TemporaryDirectory directory_{fast_parent()};
};

inline void write_program(const std::filesystem::path& file, const std::string& lines) {
  std::filesystem::create_directories(file.parent_path());
  write_file(file, "#!/bin/sh\n" + lines + "\n");
  std::filesystem::permissions(file, std::filesystem::perms(0755));
}

inline ServerUser this_user() { return find_user(::geteuid()).value(); }

/// What psql prints for a query, without decoration.
inline std::string ask(std::vector<std::string> psql, const std::string& sql) {
  psql.insert(psql.end(), {"-At", "-c", sql});
  const Finished finished = run({.argv = std::move(psql)});
  std::string output = finished.out + finished.err;
  while (output.ends_with('\n')) output.pop_back();
  return output;
}

/// Polls, bounded, until nothing has that name.
inline bool wait_until_gone(const std::filesystem::path& path) {
  const auto deadline = std::chrono::steady_clock::now() + test_patience;
  std::error_code ignored;
  while (std::filesystem::exists(path, ignored)) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace cairn::test
