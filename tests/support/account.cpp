#include "support/account.hpp"

#include <grp.h>
#include <pwd.h>
#include <stdexcept>
#include <unistd.h>

namespace cairn::test {

namespace {

std::optional<Account> find_account(const char* name) {
  const passwd* entry = getpwnam(name);
  if (entry == nullptr || entry->pw_uid == 0) return std::nullopt;
  Account account{entry->pw_name, entry->pw_uid, entry->pw_gid, std::vector<gid_t>(64)};
  int count = static_cast<int>(account.groups.size());
  if (getgrouplist(name, account.gid, account.groups.data(), &count) < 0) {
    account.groups.assign(1, account.gid);
    return account;
  }
  account.groups.resize(static_cast<std::size_t>(count));
  return account;
}

}  // namespace

std::optional<Account> server_account() {
  if (geteuid() != 0) return std::nullopt;
  for (const char* name : {"postgres", "nobody"}) {
    if (auto account = find_account(name)) return account;
  }
  throw std::runtime_error("PostgreSQL refuses to run as root and this machine has neither a user postgres nor nobody");
}

std::string own_user_name() {
  const passwd* entry = getpwuid(geteuid());
  return entry != nullptr ? entry->pw_name : std::to_string(geteuid());
}

bool become(const Account& account) {
  return setgroups(account.groups.size(), account.groups.data()) == 0 && setgid(account.gid) == 0 &&
         setuid(account.uid) == 0;
}

}  // namespace cairn::test
