#pragma once

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace cairn::test {

/// A user of this machine, with all that a child needs to become that user between fork and exec,
/// where looking anything up is no longer allowed.
struct Account {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups;
};

/// The user PostgreSQL has to run as: nothing when we are an ordinary user ourselves, else "postgres"
/// or, where that does not exist, "nobody". Throws when a root has neither.
std::optional<Account> server_account();

/// Name of the user this process runs as; its number when it has no name.
std::string own_user_name();

/// Becomes the account. Async-signal-safe; answers false with errno set.
bool become(const Account& account);

}  // namespace cairn::test
