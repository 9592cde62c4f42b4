#include "commands/script.hpp"

#include "authoring/new_files.hpp"
#include "commands/collected.hpp"
#include "commands/database.hpp"
#include "commands/program.hpp"
#include "commands/recording.hpp"
#include "graph/offline.hpp"
#include "graph/stamp.hpp"
#include "offline/psql_script.hpp"
#include "postgres/runner_lock.hpp"
#include "report/script_report.hpp"

#include <fmt/core.h>

#include <array>
#include <filesystem>

namespace cairn {

namespace {

ScriptSettings script_settings(const Settings& settings) {
  const StateTables tables = state_tables(settings);
  return {.tables = tables, .lock_key = lock_key(tables.schema, tables.version_table), .lock_wait = settings.lock_wait,
          .program = fmt::format("cairn {}", program_version), .tag = settings.tag};
}

void write_new_file(const std::filesystem::path& path, const std::string& text) {
  const std::filesystem::path folder = path.parent_path().empty() ? "." : path.parent_path();
  create_files(folder, std::array{NewFile{path.filename().string(), text}});
}

Answer answer_with(const Invocation& invocation, const ScriptContent& content) {
  ScriptReport report{.command = content.command, .rows_before = content.rows_before, .rows_after = content.rows_after,
                      .steps = {}, .script = make_psql_script(content, script_settings(invocation.settings)),
                      .file = invocation.option("output")};
  for (const Work& work : content.work) report.steps.push_back(work.step);
  if (invocation.has("output")) write_new_file(report.file, report.script);
  return Answer(render(report, invocation.format));
}

void require_usage(const Invocation& invocation) {
  if (invocation.has("dry-run"))
    throw Error(Category::usage, "--sql and --dry-run do not go together")
        .hint("--sql changes nothing either: it prints what would be done. --dry-run asks the database what there is to do.");
  if (invocation.has("purge"))
    throw Error(Category::usage, "--sql and --purge do not go together")
        .hint("A script cannot know which rows it will find. Run \"cairn stamp --purge\" against the database.");
  if (invocation.has("output") && std::filesystem::path(invocation.option("output")).filename().empty())
    throw Error(Category::usage, fmt::format("--output \"{}\" names no file", invocation.option("output")))
        .hint("Name a file that is not there yet, such as upgrade.sql.");
}

Plan make_plan(const RevisionGraph& graph, const OfflineRange& range, Direction direction) {
  return direction == Direction::up ? plan_upgrade(graph, range.rows, range.target)
                                    : plan_downgrade(graph, range.rows, range.target);
}

}  // namespace

Answer script_plan(const Invocation& invocation, Direction direction) {
  require_usage(invocation);
  const Collected found = collect(invocation.settings);
  require_revisions(found, invocation.settings);
  const OfflineRange range = resolve_offline(found.graph, invocation.arguments.front(), invocation.command);
  const Plan plan = make_plan(found.graph, range, direction);
  std::vector<Work> work = load_work(plan, found);
  record_code(work, *load_code(plan, found, invocation), invocation);
  return answer_with(invocation, {.command = invocation.command, .rows_before = plan.rows_before,
                                  .rows_after = plan.rows_after, .work = std::move(work)});
}

Answer script_stamp(const Invocation& invocation) {
  require_usage(invocation);
  const Collected found = collect(invocation.settings);
  require_revisions(found, invocation.settings);
  const OfflineStamp range = resolve_offline_stamp(found.graph, invocation.arguments);
  const Stamp stamp = plan_stamp(found.graph, range.rows, range.targets);
  return answer_with(invocation, {.command = invocation.command, .rows_before = stamp.rows_before,
                                  .rows_after = stamp.rows_after, .work = {}});
}

void require_no_output(const Invocation& invocation) {
  if (invocation.has("output"))
    throw Error(Category::usage, "--output goes with --sql").hint("Add --sql to write a script into that file.");
}

}  // namespace cairn
