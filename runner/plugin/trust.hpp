#pragma once

#include "plugin/trusted_owners.hpp"

#include <deque>
#include <set>
#include <string>
#include <vector>

struct stat;

namespace cairn {

/// A file or folder by which an account that is not trusted could put words into the mouth of a plugin.
struct Distrust {
  std::string path;
  std::string reason;   ///< "belongs to ana (1000)"
  std::string detail;
  std::string hint;
};

/// Judges the ways to plugins: what a plugin says is run with the rights of whoever runs Cairn, on their database. Every
/// folder from / on has to belong to a trusted owner and to be closed to all others, and so have links on the way and what
/// they lead to; since then nobody else can exchange a name, what was judged stays so while the command runs, and is not
/// looked at twice. A folder such as /tmp, open to all and sticky, may be on the way: what is in it can be exchanged by its owner
/// alone. Plugins themselves may not lie in one, where everybody can add to them.
class PathTrust {
 public:
  explicit PathTrust(TrustedOwners owners) : owners_(std::move(owners)) {}

  /// Judges a folder that holds plugins, and the way to it.
  void judge_folder(const std::string& path);

  /// Judges a file in a folder that was judged; of a link, the way to what it leads to.
  void judge_file(const std::string& path);

  /// The same of a file with all of the way to it.
  void judge_file_and_way(const std::string& path) { walk(path); }

  /// What was found, each path once, in the order in which it was met.
  const std::vector<Distrust>& problems() const { return problems_; }

 private:
  /// Where we are, a place that no link leads on from, and the names still to be gone through.
  struct Way {
    std::string here = "/";
    std::deque<std::string> rest;
    int links = 0;
  };

  std::string walk(const std::string& path);
  bool step(Way& way);
  bool follow(Way& way, const std::string& link);
  void judge_once(const std::string& path, const struct stat& status);
  void judge(const std::string& path, const struct stat& status);
  void distrust(const std::string& path, std::string reason, std::string hint);

  TrustedOwners owners_;
  std::set<std::string> judged_;
  std::set<std::string> open_;          ///< folders on the way that are open to all, and sticky
  std::set<std::string> distrusted_;
  std::vector<Distrust> problems_;
};

}  // namespace cairn
