#include "authoring/text_file.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <fstream>

namespace cairn {

std::string read_text_file(const std::filesystem::path& file, std::size_t most) {
  std::ifstream input(file, std::ios::binary);
  std::string text(most, '\0');
  input.read(text.data(), static_cast<std::streamsize>(most));
  if (!input.is_open() || input.bad())
    throw Error(Category::configuration, fmt::format("cannot read {}", file.string()))
        .hint("Check that it is a file and that your user may read it.");
  text.resize(static_cast<std::size_t>(input.gcount()));
  return text;
}

}  // namespace cairn
