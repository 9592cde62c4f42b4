#include "report/smoke_wrap.hpp"

#include "base/text.hpp"
#include "report/columns.hpp"
#include "report/smoke_escape.hpp"

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t without_terminal = 100;
constexpr std::size_t narrowest = 20;

}  // namespace

std::string wrapped(const Format& format, std::size_t indent, std::string_view head, std::string_view text) {
  const std::size_t columns = format.columns == 0 ? without_terminal : format.columns;
  const std::size_t room = std::max(columns > indent ? columns - indent : 0, narrowest);
  std::string lines = padded(head, indent);
  std::size_t used = 0;
  for (const std::string& word : split(clean_line(text), ' ')) {
    const std::string shown = cut_to_columns(word, room);
    const std::size_t width = columns_of(shown);
    if (used > 0 && used + 1 + width > room) {
      lines += "\n" + std::string(indent, ' ');
      used = 0;
    }
    lines += used > 0 ? " " + shown : shown;
    used += width + (used > 0 ? 1 : 0);
  }
  return lines + "\n";
}

}  // namespace cairn
