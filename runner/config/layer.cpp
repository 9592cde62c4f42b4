#include "config/layer.hpp"

#include <fmt/core.h>

namespace cairn {

std::string describe(const Origin& origin) {
  switch (origin.kind) {
    case OriginKind::standard: return "default";
    case OriginKind::file: return fmt::format("{}, line {}", origin.file, origin.line);
    case OriginKind::section: return fmt::format("{}, line {}, in [{}]", origin.file, origin.line, origin.name);
    case OriginKind::environment:
    case OriginKind::flag: return origin.name;
  }
  return "";
}

}  // namespace cairn
