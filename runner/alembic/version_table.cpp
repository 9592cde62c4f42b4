#include "alembic/version_table.hpp"

#include <utility>

namespace cairn {

VersionTable parse_version_table(std::string_view written) {
  VersionTable table;
  bool quoted = false;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    if (c == '"' && quoted && written.substr(i + 1).starts_with('"')) table.name += written[++i];
    else if (c == '"') quoted = !quoted;
    else if (c == '.' && !quoted) table.schema = std::exchange(table.name, "");
    else table.name += !quoted && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return table;
}

}  // namespace cairn
