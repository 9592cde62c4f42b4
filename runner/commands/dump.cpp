#include "commands/dump.hpp"

#include "authoring/program_output.hpp"
#include "authoring/text_file.hpp"
#include "base/text.hpp"
#include "cluster/server_binaries.hpp"
#include "sql/substitution.hpp"

#include <fmt/core.h>

#include <filesystem>

namespace cairn {

namespace {

/// The server takes no longer message than 1 GB.
constexpr std::size_t most_dump = std::size_t{1} << 30U;
constexpr std::chrono::minutes patience{10};

constexpr const char* way_to_dump = "Make it with \"pg_dump --no-owner --no-privileges\", or name a server that has what it needs with --database.";

/// How files begin that pg_restore reads: its own format, and tar, which has its mark later.
bool is_archive(const std::string& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) return true;
  constexpr std::size_t behind_mark_of_tar = 262;
  const std::string beginning = read_text_file(file, behind_mark_of_tar);
  return beginning.starts_with("PGDMP") || (beginning.size() == behind_mark_of_tar && beginning.substr(257) == "ustar");
}

std::string program_to_restore() try {
  const std::string beside = find_server_binaries(make_binary_search()).program("pg_restore");
  return std::filesystem::exists(beside) ? beside : "pg_restore";
} catch (const Error&) {
  return "pg_restore";
}

std::string restore(const std::string& file) {
  auto text = read_program_output({program_to_restore(), "--no-owner", "--no-privileges", "-f", "-", "--", file}, patience, most_dump);
  if (!text)
    throw Error(Category::configuration, fmt::format("pg_restore cannot read the dump {}", file))
        .detail("It is missing, older than what made the dump, or the dump is damaged or larger than 1 GB.")
        .hint(fmt::format("Look at what \"pg_restore -f - {}\" says, or name a dump that \"pg_dump -f FILE\" wrote as text.", file));
  return std::move(*text);
}

}  // namespace

Body read_dump(const std::string& file) {
  const std::string text = is_archive(file) ? restore(file) : read_text_file(file, most_dump + 1);
  if (text.size() > most_dump)
    throw Error(Category::configuration, fmt::format("the dump {} is larger than 1 GB", file)).hint("Leave out what the revisions do not touch.");
  try {
    return parse_body(file, text);
  } catch (Error& error) {
    error.recategorise(Category::configuration);
    throw std::move(error.prefix("the dump cannot be read: "));
  }
}

Error cannot_load(const Body& dump, const Reply& reply) {
  Error error(Category::configuration, "the dump does not load: " + reply.failure->message);
  error.sqlstate(reply.failure->sqlstate).detail(reply.failure->detail).hint(way_to_dump);
  if (reply.failure->position > 0)
    error.at(place_in_body(dump, byte_offset_of_character(dump.text, reply.failure->position - 1)));
  else if (reply.results.size() < dump.statements.size())
    error.at(place_in_body(dump, dump.statements[reply.results.size()].begin));
  return error;
}

}  // namespace cairn
