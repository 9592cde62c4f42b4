#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::test {

/// A start tag as it was read.
struct Element {
  std::string name;
  std::map<std::string, std::string> attributes;   ///< with entities replaced
  std::string text;                                ///< directly within, with entities replaced
};

struct Markup {
  std::vector<Element> elements;   ///< in the order in which they begin
  std::string fault;               ///< the first thing that is not well-formed; empty: none

  std::vector<const Element*> named(std::string_view name) const;
};

/// Which elements have no end tag and which have raw text.
enum class Dialect { xml, html };

/// Reads as strictly as XML 1.0 demands: balanced tags, quoted attributes, known entities, no forbidden characters.
Markup read_markup(std::string_view text, Dialect dialect);

}  // namespace cairn::test
