#include "base/error.hpp"

#include <fmt/core.h>

namespace cairn {

std::string describe(const Place& place) {
  std::string text = place.file;
  if (place.line > 0) text += fmt::format("{}line {}", text.empty() ? "" : ", ", place.line);
  if (place.line > 0 && place.column > 0) text += fmt::format(", column {}", place.column);
  return text;
}

Error& Error::recategorise(Category category) & {
  category_ = category;
  for (Error& other : also_) other.recategorise(category);
  return *this;
}

void throw_all(std::vector<Error> problems) {
  if (problems.empty()) return;
  Error first = std::move(problems.front());
  for (std::size_t i = 1; i < problems.size(); ++i) first.also(std::move(problems[i]));
  throw first;
}

}  // namespace cairn
