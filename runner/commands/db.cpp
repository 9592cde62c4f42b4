#include "cluster/local_cluster.hpp"

#include "base/text.hpp"
#include "commands/commands.hpp"
#include "commands/database.hpp"
#include "report/server_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>

namespace cairn {

namespace {

ServerReport report_of(const ClusterStatus& status, std::string url) {
  return {.state = std::string(name_of(status.state)), .process = status.process, .major = status.major, .user = status.user,
          .data = status.data.string(), .socket = status.socket_directory.string(), .log = status.log.string(), .url = std::move(url)};
}

/// Only `local` is ours to start, stop and delete.
LocalCluster require_local(const Invocation& invocation, std::string_view action) {
  if (choose_database(invocation.settings).kind != DatabaseKind::local)
    throw Error(Category::usage, fmt::format("db {} works on the local server only, and the database named is another one", action))
        .hint(fmt::format("Say so: \"cairn db {} --database local\".", action));
  return LocalCluster(invocation.settings.project);
}

Answer show(const Invocation& invocation, const LocalCluster& cluster) {
  return Answer(render(report_of(cluster.read_status(), cluster.url()), invocation.format));
}

Answer start(const Invocation& invocation) {
  const LocalCluster cluster = require_local(invocation, "start");
  cluster.start();
  return show(invocation, cluster);
}

Answer stop(const Invocation& invocation) {
  const LocalCluster cluster = require_local(invocation, "stop");
  cluster.stop();
  return show(invocation, cluster);
}

Answer reset(const Invocation& invocation) {
  const LocalCluster cluster = require_local(invocation, "reset");
  if (!invocation.has("yes"))
    throw Error(Category::usage, "db reset deletes all data of the local server")
        .detail("Data: " + cluster.read_status().data.string())
        .hint("If that is what you want: \"cairn db reset --yes\".");
  cluster.reset();
  return show(invocation, cluster);
}

/// For any database: does the connection work, and who are we there?
Answer status(const Invocation& invocation) {
  if (choose_database(invocation.settings).kind == DatabaseKind::local) return show(invocation, require_local(invocation, "status"));
  OpenDatabase database = open_database(invocation);
  const Reading reading = read_database(database, invocation);
  return Answer(render(ConnectionReport{.name = database.name, .facts_version = reading.facts.version,
                                        .database = reading.facts.database, .user = reading.facts.current_user,
                                        .standby = reading.facts.in_recovery, .read_only = reading.facts.read_only,
                                        .rows = reading.state.rows},
                       invocation.format));
}

Answer psql(const Invocation& invocation) {
  Answer answer;
  const Database database = choose_database(invocation.settings);
  if (database.kind == DatabaseKind::local) {
    const LocalCluster cluster = require_local(invocation, "psql");
    cluster.start();
    answer.exec = cluster.psql_arguments();
  } else if (database.kind == DatabaseKind::server && !invocation.settings.database) {
    answer.exec = {"psql"};
  } else {
    throw Error(Category::usage, "db psql opens the local server only: another one's address holds its password, which everybody "
                                 "could read in the list of processes")
        .hint("Set PGHOST, PGDATABASE and PGPASSFILE and run psql yourself.");
  }
  for (std::size_t i = 1; i < invocation.arguments.size(); ++i) answer.exec.push_back(invocation.arguments[i]);
  return answer;
}

Answer logs(const Invocation& invocation) {
  const LocalCluster cluster = require_local(invocation, "logs");
  Answer answer;
  answer.exec = {"tail", "-n", "100"};
  if (invocation.has("follow")) answer.exec.emplace_back("-F");
  answer.exec.push_back(cluster.log_file().string());
  return answer;
}

Answer url(const Invocation& invocation) {
  const LocalCluster cluster = require_local(invocation, "url");
  return Answer(render_url(cluster.url(), invocation.format));
}

struct Action {
  std::string_view name;
  Answer (*function)(const Invocation&);
  bool becomes_program;   ///< what follows it is that program's, and so is what is printed
};

constexpr Action actions[] = {{"start", start, false}, {"stop", stop, false}, {"status", status, false},
                              {"reset", reset, false}, {"psql", psql, true},  {"logs", logs, true},
                              {"url", url, false}};

void require_plain(const Action& action, const Invocation& invocation) {
  if (action.becomes_program && invocation.format.kind == Kind::json)
    throw Error(Category::usage, fmt::format("db {} prints no JSON", action.name)).hint("Leave --json out.");
  if (action.name != "psql" && invocation.arguments.size() > 1)
    throw Error(Category::usage, fmt::format("db {} takes no further arguments, not \"{}\"", action.name,
                                             printable(invocation.arguments[1], 100)))
        .hint(fmt::format("For example: \"cairn db {}\".", action.name));
}

}  // namespace

Answer db(const Invocation& invocation) {
  const std::string& word = invocation.arguments.front();
  const auto* found = std::find_if(std::begin(actions), std::end(actions), [&](const Action& a) { return a.name == word; });
  if (found == std::end(actions)) throw Error(Category::usage, fmt::format("db has no action \"{}\"", printable(word, 100)));
  require_plain(*found, invocation);
  return found->function(invocation);
}

}  // namespace cairn
