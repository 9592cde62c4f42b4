#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cairn::test {

using Colour = std::array<std::uint8_t, 3>;

/// A screenshot.
struct Picture {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<Colour> pixels;   ///< line by line

  Colour at(std::size_t x, std::size_t y) const { return pixels[y * width + x]; }
  std::size_t count(Colour colour) const;
  std::size_t count_colours() const;
};

/// Reads a PNG with 8 bits for each of red, green and blue, with or without transparency, as browsers write them. Throws
/// std::runtime_error for anything else.
Picture read_png(const std::string& bytes);

}  // namespace cairn::test
