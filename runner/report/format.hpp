#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

enum class Kind { text, json };

/// What drawings are made of.
enum class Strokes { ascii, unicode };

/// How results are to be printed.
struct Format {
  Kind kind = Kind::text;
  bool colour = false;
  bool verbose = false;
  bool quiet = false;      ///< a run that succeeded has nothing to say
  Strokes strokes = Strokes::ascii;
  std::size_t columns = 0; ///< of the terminal that results go to; 0: lines may be of any length
};

enum class Ink { plain, bold, dim, red, green, yellow, cyan };

/// The text in a colour, where colours are wanted.
std::string paint(const Format& format, Ink ink, std::string_view text);

/// Text filled up with blanks to a width in columns.
std::string padded(std::string_view text, std::size_t width);

}  // namespace cairn
