#pragma once

#include "report/format.hpp"

#include <string>
#include <string_view>

namespace cairn {

/// An answer that is one text in some language: a script, a diagram.
struct TextReport {
  std::string_view command;
  std::string language;
  std::string text;
};

std::string render(const TextReport& report, const Format& format);

}  // namespace cairn
