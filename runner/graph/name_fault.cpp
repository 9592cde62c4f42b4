#include "graph/name_fault.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace cairn {

std::string fault_in_name(std::string_view name) {
  constexpr std::array<std::string_view, 4> reserved{"head", "heads", "base", "current"};
  if (name.empty()) return "is empty";
  if (const std::size_t at = name.find_first_of("@-+:"); at != name.npos)
    return fmt::format("contains \"{}\", which has a meaning in targets", name[at]);
  if (std::find(reserved.begin(), reserved.end(), name) != reserved.end()) return "is a word with a meaning in targets";
  if (!is_valid_utf8(name)) return "is not valid UTF-8";
  if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
    return "contains a control character";
  return {};
}

}  // namespace cairn
