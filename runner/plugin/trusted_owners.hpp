#pragma once

#include <sys/types.h>

#include <set>
#include <span>
#include <string>

namespace cairn {

/// The accounts whose files may decide what is run.
class TrustedOwners {
 public:
  explicit TrustedOwners(std::set<uid_t> ids) : ids_(std::move(ids)) {}

  bool contains(uid_t id) const { return ids_.contains(id); }

  /// "root (0), ana (1000)".
  std::string describe() const;

 private:
  std::set<uid_t> ids_;
};

/// Root and whoever runs this program; for root also who called sudo; and those that are named, or numbered.
/// Throws one Error (configuration) with every name that no account has.
TrustedOwners find_trusted_owners(std::span<const std::string> more = {});

/// "ana (1000)"; the number alone where it has no name.
std::string describe_account(uid_t id);

/// "adm (4)"; the number alone where it has no name.
std::string describe_group(gid_t id);

/// The name of an account; its number where it has none. What chown and trust.owners take.
std::string name_of_account(uid_t id);

/// True for a group by which nobody but root and the owner can write: root's, and the owner's own. A group is somebody's
/// own when it is called like them, is their primary one and lists nobody else; or when neither has a name, as in a
/// container, and both have one number.
bool is_group_of_owner(gid_t group, uid_t owner);

}  // namespace cairn
