#pragma once

#include "base/file_descriptor.hpp"
#include "cluster/postmaster.hpp"

#include <sys/types.h>

namespace cairn {

/// The process between a runner and its throw-away server. It ends the server and removes the directory when
/// the runner lets go of it or dies, by whatever signal; should it die itself, the kernel ends the server.
class Janitor {
 public:
  struct Duty {
    const ServerSetup& setup;
    const ServerLog& log;
    const FileDescriptor& directory_lock;   ///< kept by the janitor until the directory is gone
    std::filesystem::path directory;
  };

  /// Forks the janitor, which forks the server. Throws Error (configuration) when the server cannot be run.
  explicit Janitor(const Duty& duty);
  Janitor(Janitor&& other) noexcept;
  Janitor& operator=(Janitor&& other) noexcept;
  /// Waits, bounded, until server and directory are gone.
  ~Janitor();

  pid_t process() const { return process_; }
  pid_t server() const { return server_; }

 private:
  void dismiss() noexcept;

  FileDescriptor lifeline_;
  pid_t process_ = -1;
  pid_t server_ = -1;
};

}  // namespace cairn
