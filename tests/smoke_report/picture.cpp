#include "smoke_report/picture.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <stdexcept>
#include <string_view>

namespace cairn::test {

namespace {

struct Header {
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t samples = 0;   ///< bytes of a pixel
};

std::size_t number(std::string_view bytes) {
  std::size_t value = 0;
  for (const char byte : bytes.substr(0, 4)) value = value << 8U | static_cast<unsigned char>(byte);
  return value;
}

Header read_header(std::string_view chunk) {
  const Header header{number(chunk), number(chunk.substr(4)), chunk.at(9) == 2 ? std::size_t{3} : std::size_t{4}};
  if (chunk.at(8) != 8 || (chunk.at(9) != 2 && chunk.at(9) != 6) || chunk.at(12) != 0 || header.width * header.height > 100'000'000)
    throw std::runtime_error("a PNG of another kind");
  return header;
}

std::string inflate(const std::string& packed, std::size_t size) {
  std::string bytes(size, '\0');
  uLongf length = size;
  if (uncompress(reinterpret_cast<Bytef*>(bytes.data()), &length, reinterpret_cast<const Bytef*>(packed.data()), packed.size()) != Z_OK ||
      length != size)
    throw std::runtime_error("the pixels cannot be unpacked");
  return bytes;
}

int paeth(int left, int up, int corner) {
  const int guess = left + up - corner;
  const int a = std::abs(guess - left);
  const int b = std::abs(guess - up);
  const int c = std::abs(guess - corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

int prediction(int filter, int left, int up, int corner) {
  switch (filter) {
    case 0: return 0;
    case 1: return left;
    case 2: return up;
    case 3: return (left + up) / 2;
    case 4: return paeth(left, up, corner);
    default: throw std::runtime_error("an unknown filter");
  }
}

/// Each line is a filter and the differences to what is left and above.
void unfilter(std::string& line, const std::string& above, int filter, std::size_t samples) {
  const auto value = [](const std::string& bytes, std::size_t i) { return static_cast<int>(static_cast<unsigned char>(bytes[i])); };
  for (std::size_t i = 0; i < line.size(); ++i) {
    const int left = i < samples ? 0 : value(line, i - samples);
    const int corner = i < samples ? 0 : value(above, i - samples);
    line[i] = static_cast<char>(value(line, i) + prediction(filter, left, value(above, i), corner));
  }
}

Picture make_picture(const Header& header, const std::string& bytes) {
  const std::size_t length = header.width * header.samples;
  Picture picture{.width = header.width, .height = header.height, .pixels = {}};
  std::string above(length, '\0');
  for (std::size_t y = 0; y < header.height; ++y) {
    std::string line = bytes.substr(y * (length + 1) + 1, length);
    unfilter(line, above, bytes[y * (length + 1)], header.samples);
    for (std::size_t i = 0; i < length; i += header.samples)
      picture.pixels.push_back({static_cast<std::uint8_t>(line[i]), static_cast<std::uint8_t>(line[i + 1]), static_cast<std::uint8_t>(line[i + 2])});
    above = std::move(line);
  }
  return picture;
}

}  // namespace

std::size_t Picture::count(Colour colour) const { return static_cast<std::size_t>(std::count(pixels.begin(), pixels.end(), colour)); }

std::size_t Picture::count_colours() const { return std::set<Colour>(pixels.begin(), pixels.end()).size(); }

Picture read_png(const std::string& bytes) {
  if (!bytes.starts_with("\x89PNG\r\n\x1a\n")) throw std::runtime_error("this is no PNG");
  Header header;
  std::string packed;
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    const std::size_t length = number(std::string_view(bytes).substr(at));
    const std::string_view kind = std::string_view(bytes).substr(at + 4, 4);
    const std::string_view chunk = std::string_view(bytes).substr(at + 8, length);
    if (kind == "IHDR") header = read_header(chunk);
    if (kind == "IDAT") packed += chunk;
    at += 12 + length;
  }
  return make_picture(header, inflate(packed, header.height * (header.width * header.samples + 1)));
}

}  // namespace cairn::test
