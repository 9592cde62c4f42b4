#include "plugin/trust.hpp"

#include <fmt/core.h>

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <deque>
#include <filesystem>

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;              // as the kernel
constexpr uid_t unmapped_owner = 65534;     // what a container shows for accounts that it does not know

std::string join_path(const std::string& folder, const std::string& name) { return folder + (folder.ends_with('/') ? "" : "/") + name; }

void put_in_front(std::deque<std::string>& names, const fs::path& path) {
  std::deque<std::string> all;
  for (const fs::path& name : path)
    if (name != "/" && !name.empty() && name != ".") all.push_back(name.string());
  names.insert(names.begin(), all.begin(), all.end());
}

bool has_access_list(const std::string& path) { return ::getxattr(path.c_str(), "system.posix_acl_access", nullptr, 0) > 0; }

std::string hint_for_owner(const std::string& path, uid_t owner) {
  const std::string name = name_of_account(owner);
  std::string hint = fmt::format("See that nobody has changed what is there, then run \"chown {} '{}'\"; or trust the owner, with "
                                 "CAIRN_TRUSTED_OWNERS={} or, in cairn.toml under [trust], owners = [\"{}\"].",
                                 name_of_account(::geteuid()), path, name, name);
  if (owner == unmapped_owner) hint += " In a container this owner stands for every account that it does not know: better map that account into it.";
  return hint;
}

std::string hint_for_writers(const std::string& path, std::string_view command) {
  return fmt::format("See that nobody has changed what is there, then run \"{} '{}'\".", command, path);
}

/// Who else may write there; empty: nobody. Where there is an access list, the bits of the group say what it can grant.
std::string find_writers(const std::string& path, const struct stat& status) {
  if ((status.st_mode & S_IWOTH) != 0) return "everybody";
  if ((status.st_mode & S_IWGRP) == 0) return "";
  if (has_access_list(path)) return "whom its access list names";
  return is_group_of_owner(status.st_gid, status.st_uid) ? "" : fmt::format("the group {}", describe_group(status.st_gid));
}

}  // namespace

void PathTrust::distrust(const std::string& path, std::string reason, std::string hint) {
  if (!distrusted_.insert(path).second) return;
  problems_.push_back({path, std::move(reason), fmt::format("Plugins are run with your rights, so only these may be able to change them: {}.", owners_.describe()),
                       std::move(hint)});
}

void PathTrust::judge(const std::string& path, const struct stat& status) {
  if (!owners_.contains(status.st_uid))
    return distrust(path, fmt::format("belongs to {}, whom this run does not trust", describe_account(status.st_uid)), hint_for_owner(path, status.st_uid));
  if (S_ISLNK(status.st_mode)) return;
  const std::string writers = find_writers(path, status);
  if (writers.empty()) return;
  if (S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0) open_.insert(path);
  else distrust(path, fmt::format("can be written by {}", writers), hint_for_writers(path, writers == "everybody" ? "chmod o-w" : "chmod g-w"));
}

void PathTrust::judge_once(const std::string& path, const struct stat& status) {
  if (judged_.insert(path).second) judge(path, status);
}

/// Goes as the kernel goes, and judges what is met. Gives the folder or file it arrived at; where the way ends early, the
/// place where it does, since opening the file tells that better.
std::string PathTrust::walk(const std::string& path) {
  Way way;
  put_in_front(way.rest, fs::absolute(path));
  struct stat root {};
  if (::lstat("/", &root) == 0) judge_once("/", root);
  while (!way.rest.empty() && step(way)) {
  }
  return way.here;
}

bool PathTrust::step(Way& way) {
  const std::string name = way.rest.front();
  way.rest.pop_front();
  const std::string next = name == ".." ? fs::path(way.here).parent_path().string() : join_path(way.here, name);
  struct stat status {};
  if (::lstat(next.c_str(), &status) != 0) return false;
  judge_once(next, status);
  if (S_ISLNK(status.st_mode)) return follow(way, next);
  way.here = next;
  return true;
}

bool PathTrust::follow(Way& way, const std::string& link) {
  std::error_code problem;
  const fs::path target = fs::read_symlink(link, problem);
  if (problem || ++way.links > most_links) return false;
  if (target.is_absolute()) way.here = "/";
  put_in_front(way.rest, target);
  return true;
}

void PathTrust::judge_folder(const std::string& path) {
  const std::string folder = walk(path);
  if (open_.contains(folder))
    distrust(folder, "holds plugins, and everybody can add to them", hint_for_writers(folder, "chmod o-w"));
}

void PathTrust::judge_file(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return;
  if (S_ISLNK(status.st_mode)) walk(path);
  else judge(path, status);
}

}  // namespace cairn
