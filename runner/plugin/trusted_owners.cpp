#include "plugin/trusted_owners.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

namespace cairn {

namespace {

std::optional<uid_t> find_number(std::string_view text) {
  uid_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<uid_t> find_account(const std::string& name) {
  const passwd* const account = ::getpwnam(name.c_str());
  return account != nullptr ? std::optional(account->pw_uid) : find_number(name);
}

/// Others than root could set it to whatever they like, and have nothing from it.
std::optional<uid_t> find_caller_of_sudo() {
  const char* const caller = std::getenv("SUDO_UID");
  return ::geteuid() == 0 && caller != nullptr ? find_number(caller) : std::nullopt;
}

bool lists_nobody_else(const group& entry, std::string_view owner) {
  for (char** member = entry.gr_mem; *member != nullptr; ++member)
    if (*member != owner) return false;
  return true;
}

}  // namespace

std::string TrustedOwners::describe() const {
  std::vector<std::string> names;
  for (const uid_t id : ids_) names.push_back(describe_account(id));
  return join(names, ", ");
}

TrustedOwners find_trusted_owners(std::span<const std::string> more) {
  std::set<uid_t> ids{0, ::geteuid()};
  if (const auto caller = find_caller_of_sudo()) ids.insert(*caller);
  std::vector<Error> problems;
  for (const std::string& name : more) {
    if (const auto id = find_account(name)) ids.insert(*id);
    else problems.push_back(Error(Category::configuration, fmt::format("trust.owners names \"{}\", and there is no such account", printable(name, 100)))
                                .hint("Correct the name in cairn.toml or CAIRN_TRUSTED_OWNERS, or give the number that \"ls -ln\" shows."));
  }
  throw_all(std::move(problems));
  return TrustedOwners(std::move(ids));
}

std::string name_of_account(uid_t id) {
  const passwd* const account = ::getpwuid(id);
  return account != nullptr ? account->pw_name : std::to_string(id);
}

std::string describe_account(uid_t id) {
  const passwd* const account = ::getpwuid(id);
  return account != nullptr ? fmt::format("{} ({})", account->pw_name, id) : fmt::format("{}", id);
}

std::string describe_group(gid_t id) {
  const ::group* const entry = ::getgrgid(id);
  return entry != nullptr ? fmt::format("{} ({})", entry->gr_name, id) : fmt::format("{}", id);
}

bool is_group_of_owner(gid_t group, uid_t owner) {
  if (group == 0) return true;
  const passwd* const account = ::getpwuid(owner);
  const ::group* const entry = ::getgrgid(group);
  if (account == nullptr && entry == nullptr) return owner == group;
  if (account == nullptr || entry == nullptr) return false;
  return std::string_view(entry->gr_name) == account->pw_name && account->pw_gid == group && lists_nobody_else(*entry, account->pw_name);
}

}  // namespace cairn
