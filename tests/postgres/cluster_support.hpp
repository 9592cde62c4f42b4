#pragma once

#include "cluster/file_descriptor.hpp"
#include "cluster/process.hpp"
#include "cluster/program.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace cairn {

constexpr auto test_patience = std::chrono::seconds(60);

/// In memory where programs may be run from there: kept servers flush their data, and disks are slow.
inline std::string test_root() {
  struct statvfs status{};
  const bool usable = ::statvfs("/dev/shm", &status) == 0 && (status.f_flag & (ST_NOEXEC | ST_RDONLY)) == 0 &&
                      status.f_bavail * status.f_frsize > (1ULL << 30U) && ::access("/dev/shm", W_OK) == 0;
  return usable ? "/dev/shm" : "/tmp";
}

/// A directory that every user may enter, removed at the end.
class TestDirectory {
 public:
  TestDirectory() {
    std::string name = test_root() + "/cairn-test-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    ::chmod(name.c_str(), 0755);
    path_ = name;
  }
  TestDirectory(const TestDirectory&) = delete;
  TestDirectory& operator=(const TestDirectory&) = delete;
  ~TestDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

  /// Everybody may write there, as in /tmp.
  std::filesystem::path make_open(const char* name) const {
    std::filesystem::create_directory(path_ / name);
    ::chmod((path_ / name).c_str(), 01777);
    return path_ / name;
  }

  std::filesystem::path make(const std::filesystem::path& name) const {
    std::filesystem::create_directories(path_ / name);
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

inline ServerUser this_user() { return find_user(::geteuid()).value(); }

/// What psql prints for a query, without decoration.
inline std::string ask(std::vector<std::string> psql, const std::string& sql) {
  psql.insert(psql.end(), {"-At", "-c", sql});
  std::string output = run_program({std::move(psql), {}, test_patience}, this_user()).output;
  while (output.ends_with('\n')) output.pop_back();
  return output;
}

/// A child process whose output is read through a pipe; killed and collected at the end.
class TestProcess {
 public:
  explicit TestProcess(std::vector<std::string> arguments) : image_(std::move(arguments), this_user()) {
    Pipe pipe = open_pipe();
    process_ = ::fork();
    if (process_ == 0) {
      settle_child(ChildStreams{-1, pipe.write.get()}, {});
      image_.exec();
      ::_exit(127);
    }
    output_ = std::move(pipe.read);
  }
  TestProcess(const TestProcess&) = delete;
  TestProcess& operator=(const TestProcess&) = delete;
  ~TestProcess() { kill_hard(); }

  pid_t process() const { return process_; }

  /// Up to the end of a line; what has come when the process or the patience ends.
  std::string read_line() { return read_until([](const std::string& text) { return text.ends_with('\n'); }); }

  /// Everything until all writers have closed their end, or "(still open)" when somebody keeps it.
  std::string read_to_end() {
    bool ended = false;
    std::string text = read_until([](const std::string&) { return false; }, &ended);
    return ended ? text : text + "(still open)";
  }

  void kill_hard() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    wait_for_child(process_, test_patience);
    process_ = -1;
  }

  int wait() {
    const auto status = wait_for_child(process_, test_patience);
    if (status) process_ = -1;
    return status.value_or(-1);
  }

 private:
  template <class Done>
  std::string read_until(Done done, bool* ended = nullptr) {
    std::string text;
    char byte = 0;
    while (!done(text)) {
      pollfd wait{output_.get(), POLLIN, 0};
      const int ready = ::poll(&wait, 1, 60'000);
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) return text;
      if (::read(output_.get(), &byte, 1) <= 0) {
        if (ended != nullptr) *ended = true;
        return text;
      }
      text += byte;
    }
    return text;
  }

  ExecImage image_;
  FileDescriptor output_;
  pid_t process_ = -1;
};

/// Polls, bounded, until nothing has that name.
inline bool wait_until_gone(const std::filesystem::path& path) {
  const auto deadline = std::chrono::steady_clock::now() + test_patience;
  std::error_code ignored;
  while (std::filesystem::exists(path, ignored)) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    ::usleep(2000);
  }
  return true;
}

}  // namespace cairn
