#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn::sql {

/// A command of psql: a backslash outside quotes, to the end of its line.
struct MetaCommand {
  std::string name;             ///< without the backslash
  std::size_t end = 0;          ///< behind its line, before the line break
  bool ends_statement = false;  ///< \g and its kin send what was typed so far
  bool harmless = false;        ///< \restrict and \unrestrict, which pg_dump writes: left out
};

/// Reads the command whose backslash is at this byte.
MetaCommand read_meta_command(std::string_view text, std::size_t backslash);

/// What to do instead: a sentence.
std::string way_out(const MetaCommand& command);

}  // namespace cairn::sql
