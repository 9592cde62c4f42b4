#include "packages/debian_root.hpp"

#include <algorithm>
#include <stdexcept>

namespace cairn::test {

namespace fs = std::filesystem;

DebianRoot::DebianRoot() {
  const fs::path notes = path() / "var/lib/dpkg";
  for (const char* folder : {"info", "updates", "triggers"}) fs::create_directories(notes / folder);
  fs::copy_file("/var/lib/dpkg/status", notes / "status");
}

Finished DebianRoot::dpkg(const std::vector<std::string>& words) const {
  // fakeroot: files of packages belong to root, whoever runs the test.
  Command command{.argv = {"fakeroot", "dpkg", "--root=" + path().string(), "--log=/dev/null", "--force-not-root"},
                  .environment = {{"LC_ALL", "C"}, {"PATH", environment_variable("PATH") + ":/usr/sbin:/sbin"}}};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  return run(command);
}

void DebianRoot::require(const std::vector<std::string>& words) const {
  const Finished finished = dpkg(words);
  if (!finished.ok()) throw std::runtime_error("dpkg " + words.front() + " failed:\n" + finished.out + finished.err);
}

std::vector<std::string> DebianRoot::files() const {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(path())) {
    const std::string name = fs::relative(entry.path(), path()).string();
    if (!name.starts_with("var/lib/dpkg/")) found.push_back(name);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace cairn::test
