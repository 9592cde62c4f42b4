#include "ladder_cost.hpp"

#include "measure.hpp"
#include "smoke/concourse.hpp"
#include "support/file_text.hpp"
#include "support/sql_plugin_file.hpp"
#include "support/test_database.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <sstream>

namespace cairn::bench {

namespace {

namespace fs = std::filesystem;

History practice_history(const fs::path& practice, const fs::path& folder) {
  History history{.name = "concourse", .revisions = {}, .plugins = folder};
  test::write_concourse(practice, folder);
  std::vector<fs::path> sources;
  for (const auto& entry : fs::directory_iterator(practice / "concourse"))
    if (entry.is_directory()) sources.push_back(entry.path());
  std::sort(sources.begin(), sources.end());   // they are numbered
  for (const fs::path& source : sources) history.revisions.push_back({test::read_file(source / "up.sql"), test::read_file(source / "down.sql")});
  return history;
}

std::string in_transaction(const std::string& text) { return "BEGIN;\n" + text + "\n;COMMIT;\n"; }

std::string script_of(const History& history) {
  std::string text;
  for (const auto& [up, down] : history.revisions) text += in_transaction(up) + in_transaction(down) + in_transaction(up);
  for (auto revision = history.revisions.rbegin(); revision != history.revisions.rend(); ++revision) text += in_transaction(revision->down);
  for (const auto& revision : history.revisions) text += in_transaction(revision.up);
  return text;
}

std::vector<std::string> smoke_command(const fs::path& cairn, const History& history, const test::TestDatabase& database) {
  return {cairn.string(), "smoke", "--database", database.url(), "--plugins", history.plugins.string(), "--gate", "never"};
}

std::string kind_of(const std::string& message) {
  if (message.find("ISOLATION LEVEL REPEATABLE READ, READ ONLY") != message.npos) return "snapshots";
  if (message.find(" DATABASE ") != message.npos) return "scratch databases";
  if (message.find("from pg_locks where pid = pg_backend_pid()") != message.npos) return "statements, watched";
  return "statements and bookkeeping";
}

/// What the server took for the messages of one kind.
struct Part {
  std::size_t messages = 0;
  double ms = 0;
};

/// A line of the log begins a message when it tells a duration; the lines behind it belong to that.
std::map<std::string, Part> parts_of(const std::string& log) {
  constexpr std::string_view mark = "LOG:  duration: ";
  std::map<std::string, Part> parts;
  for (std::size_t at = log.find(mark); at != log.npos;) {
    const std::size_t next = log.find(mark, at + 1);
    const std::string message = log.substr(at + mark.size(), next - at - mark.size());
    Part& part = parts[kind_of(message)];
    part.messages += 1;
    part.ms += std::stod(message);
    at = next;
  }
  return parts;
}

}  // namespace

History make_history(const fs::path& folder) {
  if (const std::string practice = test::environment_variable("CAIRN_PRACTICE_DIR"); !practice.empty()) return practice_history(practice, folder);
  constexpr std::size_t count = 150;
  History history{.name = "generated", .revisions = {}, .plugins = folder};
  test::write_sql_history(folder, count);
  for (std::size_t number = 1; number <= count; ++number) {
    const test::SqlPlugin plugin = test::history_revision(number);
    history.revisions.push_back({plugin.up, plugin.down.value_or("")});
  }
  return history;
}

Race race_ladder(int rounds, const fs::path& cairn, const History& history) {
  const test::TemporaryDirectory folder;
  const fs::path script = folder / "script.sql";
  test::write_file(script, script_of(history));
  const auto ours = [&] {
    test::TestDatabase database;
    return measure(smoke_command(cairn, history, database)).seconds;
  };
  const auto psql = [&] {
    test::TestDatabase database;
    return measure({test::require_server_programs().path("psql"), "-X", "-q", "-d", database.conninfo(), "-f", script.string()}).seconds;
  };
  Race race{.what = "smoke run of " + std::to_string(history.revisions.size()) + " revisions (" + history.name + ")", .other = "psql, the same texts"};
  run(race, rounds, ours, psql);
  return race;
}

std::string split_ladder(const fs::path& cairn, const History& history) {
  test::TestServer server({.settings = {{"log_min_duration_statement", "0"}, {"log_min_messages", "log"}, {"log_min_error_statement", "panic"}}});
  test::TestDatabase database(server);
  const Run run = measure(smoke_command(cairn, history, database));
  std::string text = "| of a smoke run | messages | ms | share |\n|---|---|---|---|\n";
  char line[200];
  double rest = 1e3 * run.seconds;
  const auto add = [&](const std::string& what, std::size_t messages, double ms) {
    std::snprintf(line, sizeof line, "| %s | %zu | %.0f | %.0f %% |\n", what.c_str(), messages, ms, 100 * ms / (1e3 * run.seconds));
    text += line;
  };
  for (const auto& [kind, part] : parts_of(server.log())) {
    add(kind, part.messages, part.ms);
    rest -= part.ms;
  }
  add("the rest: Cairn itself, the way there and back", 0, rest);
  return text;
}

}  // namespace cairn::bench
