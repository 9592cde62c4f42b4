#include "commands/shown_path.hpp"

namespace cairn {

namespace fs = std::filesystem;

bool is_below(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

std::string shown_path(const fs::path& path) {
  std::error_code problem;
  const fs::path here = fs::current_path(problem);
  const fs::path whole = fs::absolute(path, problem).lexically_normal();
  return !problem && is_below(whole, here) ? whole.lexically_relative(here).string() : path.string();
}

}  // namespace cairn
