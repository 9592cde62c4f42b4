#include "authoring/author.hpp"

#include "authoring/header_text.hpp"
#include "authoring/program_output.hpp"

#include <cstdlib>
#include <string_view>

#include <pwd.h>
#include <unistd.h>

namespace cairn {

namespace {

constexpr std::chrono::seconds patience{5};

/// One "key LF value NUL" of git config -z after another; a later one is stronger.
std::string git_author(const std::string& answer) {
  std::string name, email;
  std::string_view rest = answer;
  while (!rest.empty()) {
    const std::string_view entry = rest.substr(0, rest.find('\0'));
    const std::size_t line_break = std::min(entry.find('\n'), entry.size());
    const std::string_view key = entry.substr(0, line_break);
    const std::string value = squeezed(entry.substr(std::min(line_break + 1, entry.size())));
    if (key == "user.name") name = value;
    if (key == "user.email") email = value;
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
  }
  return author_text(name, email);
}

std::string account_name() {
  const passwd* account = ::getpwuid(::geteuid());
  if (account == nullptr) return "user " + std::to_string(::geteuid());
  const std::string full = account->pw_gecos == nullptr ? "" : account->pw_gecos;
  const std::string name = squeezed(full.substr(0, full.find(',')));
  return name.empty() ? account->pw_name : name;
}

}  // namespace

std::string author_text(const std::string& name, const std::string& email) {
  if (email.empty()) return name;
  return name.empty() ? email : name + " <" + email + ">";
}

std::string find_author(const std::filesystem::path& folder) {
  const auto answer = read_program_output(
      {"git", "-C", folder.string(), "config", "-z", "--get-regexp", "^user\\.(name|email)$"}, patience);
  std::string author = answer ? git_author(*answer) : "";
  if (const char* email = std::getenv("EMAIL"); author.empty() && email != nullptr) author = squeezed(email);
  return author.empty() ? account_name() : author;
}

}  // namespace cairn
