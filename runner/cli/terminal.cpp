#include "cli/terminal.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace cairn {

namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The variables in the order in which the C library obeys them.
std::string_view locale_name() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const std::string_view value = variable(name); !value.empty()) return value;
  return "";
}

}  // namespace

bool wants_colour(int descriptor) {
  return variable("NO_COLOR").empty() && variable("TERM") != "dumb" && isatty(descriptor) == 1;
}

std::optional<std::size_t> terminal_columns(int descriptor) {
  winsize size{};
  if (isatty(descriptor) != 1 || ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col <= 1) return std::nullopt;
  return size.ws_col;
}

Strokes strokes_of_locale() {
  std::string name;
  for (const char c : locale_name())
    if (c != '-') name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name.find("utf8") == name.npos ? Strokes::ascii : Strokes::unicode;
}

}  // namespace cairn
