#include "report/excerpt.hpp"

#include "report/columns.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t widest = 160;   // characters

std::string joined(const std::vector<std::string>& characters, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) text += characters[i];
  return text;
}

}  // namespace

std::string render_excerpt(const Place& place) {
  const std::vector<std::string> characters = split_characters(place.excerpt);
  const std::size_t caret = std::min(place.caret, characters.size() + 1);
  const bool long_line = characters.size() > widest;
  const std::size_t begin = long_line && caret > widest / 2 ? std::min(caret - widest / 2, characters.size() - widest) : 0;
  const std::size_t end = long_line ? begin + widest : characters.size();
  const std::string lead = begin > 0 ? "… " : "";
  std::string text = fmt::format("      |  {}{}{}\n", lead, joined(characters, begin, end), end < characters.size() ? " …" : "");
  if (caret > 0)
    text += fmt::format("      |  {}^\n", std::string(columns_of(lead + joined(characters, begin, caret - 1)), ' '));
  return text;
}

}  // namespace cairn
