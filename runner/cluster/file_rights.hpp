#pragma once

#include "cluster/server_user.hpp"

#include <vector>

namespace cairn {

/// While it lives, this thread opens, creates and deletes files with exactly the rights of the server's user;
/// nothing changes for a process that is that user already. So root creates nothing that the server cannot
/// own, reaches nothing that the server cannot reach, and follows no link that its owner could not follow.
class FileRights {
 public:
  explicit FileRights(const ServerUser& user);
  FileRights(const FileRights&) = delete;
  FileRights& operator=(const FileRights&) = delete;
  ~FileRights();

 private:
  bool changed_ = false;
  uid_t uid_ = 0;   ///< what was before, so that they nest
  gid_t gid_ = 0;
  std::vector<gid_t> groups_;
};

}  // namespace cairn
