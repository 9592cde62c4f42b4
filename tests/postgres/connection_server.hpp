#pragma once

#include "postgres/connection.hpp"

#include <gtest/gtest.h>
#include <sys/types.h>

#include <memory>
#include <string>

namespace cairn {

/// A server of this test program, on a socket in its own directory below /tmp; started by the first use and
/// stopped, by pid, after the last test. Role "postgres" is trusted; role "scram" has the password "se cret%@".
class ConnectionServer : public ::testing::Environment {
 public:
  static ConnectionServer& instance();

  void SetUp() override;
  void TearDown() override;

  Database database(const std::string& name = "postgres", const std::string& user = "postgres") const;
  const std::string& directory() const { return directory_; }

 private:
  void initialise();
  void start();
  void wait_until_up();

  std::string directory_;
  pid_t pid_ = -1;
};

}  // namespace cairn
