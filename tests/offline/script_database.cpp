#include "script_database.hpp"

#include "postgres/connection.hpp"
#include "schema/snapshot.hpp"

#include <algorithm>
#include <stdexcept>

namespace cairn::test {

namespace {

std::string said(const std::string& what, const Finished& finished) {
  return what + " ended with " + std::to_string(finished.code) + ":\n" + finished.out + finished.err;
}

/// Every row of every table that a revision made, so that data are compared too.
Words rows_of(TestDatabase& database) {
  Words rows;
  for (const std::string& table : database.column(R"(SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename NOT IN ('alembic_version', 'cairn_journal')
        ORDER BY 1)"))
    for (const std::string& row : database.column("SELECT to_jsonb(t)::text FROM " + table + " AS t ORDER BY 1"))
      rows.push_back(table + " " + row);
  return rows;
}

Words all_of(TestDatabase& database) {
  Words all = catalog_of(database);
  for (const Words& more : {rows_of(database), state_of(database)}) all.insert(all.end(), more.begin(), more.end());
  return all;
}

Words only_in(const Words& one, const Words& other, const std::string& mark) {
  Words lines;
  for (const std::string& line : one)
    if (std::find(other.begin(), other.end(), line) == other.end()) lines.push_back(mark + line);
  return lines;
}

}  // namespace

ScriptProject& ScriptProject::add(const SqlPlugin& plugin) {
  write_sql_plugin(folder_ / (plugin.id + ".so"), plugin);
  return *this;
}

ScriptProject& ScriptProject::add_code(const std::string& name) {
  std::filesystem::copy(std::filesystem::path(CAIRN_TEST_CODE) / (name + ".so"), folder_.path());
  return *this;
}

std::string ScriptProject::script(const Words& words) const {
  const Finished finished = cairn(words);
  if (!finished.ok()) throw std::runtime_error(said("the script", finished));
  return finished.out;
}

Words catalog_of(TestDatabase& database) {
  const auto connection = open_connection(parse_database(database.url()));
  const SnapshotOptions options{.leave_out = {{"public", "alembic_version"}, {"public", "cairn_journal"}}};
  Words lines;
  for (const SchemaObject& object : read_snapshot(*connection, options).objects)
    lines.push_back(object.kind + " " + object.identity + " " + object.definition);
  return lines;
}

Words state_of(TestDatabase& database) {
  if (database.value("SELECT to_regclass('public.cairn_journal') IS NULL") == "t") return {"no state"};
  Words lines = database.column("SELECT version_num FROM public.alembic_version ORDER BY 1");
  for (const std::string& line : database.column(R"(
         SELECT concat_ws('|', revision, direction, statement, state, digest, rows_after, error, finished_at IS NULL OR
                started_at <= finished_at) FROM public.cairn_journal ORDER BY entry)"))
    lines.push_back(line);
  return lines;
}

Words differences_of(const ScriptProject& project, const std::vector<Words>& online, const std::vector<Words>& scripts) {
  TestDatabase run;
  TestDatabase applied;
  for (const Words& words : online)
    if (const Finished finished = project.cairn(words, run.url()); !finished.ok()) return {said(words.front(), finished)};
  for (const Words& words : scripts)
    if (const Finished finished = apply_script(applied, project.script(words)); !finished.ok()) return {said("psql", finished)};
  const Words left = all_of(run);
  const Words right = all_of(applied);
  Words lines = only_in(left, right, "only online: ");
  for (const std::string& line : only_in(right, left, "only by psql: ")) lines.push_back(line);
  if (lines.empty() && left != right) lines.emplace_back("in another order");
  return lines;
}

Words differences_of(const ScriptProject& project, const Words& command) {
  Words script = command;
  script.insert(script.begin() + 1, "--sql");
  return differences_of(project, {command}, {script});
}

}  // namespace cairn::test
