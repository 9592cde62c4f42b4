#include "packages/listing.hpp"

#include "support/process.hpp"

#include <regex>
#include <sstream>
#include <stdexcept>

namespace cairn::test {

namespace {

std::string ask(const char* option, const std::filesystem::path& package) {
  const Finished finished = run({.argv = {"dpkg-deb", option, package.string()}, .environment = {{"LC_ALL", "C"}}});
  if (!finished.ok()) throw std::runtime_error("dpkg-deb " + std::string(option) + " failed:\n" + finished.err);
  return finished.out;
}

/// "Depends: libc6 (>= 2.36), cairn-abi-1": only the versions of packages made here are kept.
std::string without_versions(const std::string& field) {
  return std::regex_replace(field, std::regex(R"(((?:^| )(?!cairn)[^ ,]+) \([^)]*\))"), "$1");
}

std::string fields(const std::filesystem::path& package) {
  std::istringstream lines(ask("-f", package));
  std::string kept;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Installed-Size:")) continue;
    if (line.starts_with("Depends:")) line = without_versions(line);
    if (line.starts_with("Architecture:") && !line.ends_with(" all")) line = "Architecture: <of this machine>";
    kept += line + "\n";
  }
  return kept;
}

/// "-rw-r--r-- root/root 123 2025-12-01 10:00 ./usr/..." without size, date and time.
std::string without_size_and_time(const std::string& line) {
  return std::regex_replace(line, std::regex(R"(^(\S+ \S+) +\d+ \S+ \S+ )"), "$1 ");
}

std::string contents(const std::filesystem::path& package) {
  std::istringstream lines(ask("-c", package));
  std::string kept;
  std::string last;
  for (std::string line; std::getline(lines, line); last = line) {
    line = std::regex_replace(without_size_and_time(line), std::regex("cairn-[a-z-]+\\.1\\.gz$"), "cairn-<command>.1.gz");
    if (line != last) kept += line + "\n";
  }
  return kept;
}

}  // namespace

std::string listing_of(const std::filesystem::path& package) { return fields(package) + contents(package); }

}  // namespace cairn::test
