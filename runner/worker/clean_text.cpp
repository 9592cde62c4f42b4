#include "worker/clean_text.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace cairn {

std::string clean_text(std::string_view text, std::size_t most_bytes) {
  std::string clean = printable(text, most_bytes);
  if (is_valid_utf8(clean)) return clean;
  std::replace_if(clean.begin(), clean.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  return clean;
}

}  // namespace cairn
