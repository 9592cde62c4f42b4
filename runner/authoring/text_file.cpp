#include "authoring/text_file.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace cairn {

std::string read_text_file(const std::filesystem::path& file, std::size_t most) {
  std::ifstream input(file, std::ios::binary);
  std::string text;
  std::array<char, 65536> piece{};
  while (text.size() < most) {
    input.read(piece.data(), static_cast<std::streamsize>(std::min(piece.size(), most - text.size())));
    if (input.gcount() == 0) break;
    text.append(piece.data(), static_cast<std::size_t>(input.gcount()));
  }
  if (!input.is_open() || input.bad())
    throw Error(Category::configuration, fmt::format("cannot read {}", file.string()))
        .hint("Check that it is a file and that your user may read it.");
  return text;
}

}  // namespace cairn
