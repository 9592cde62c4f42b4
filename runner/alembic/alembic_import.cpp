#include "alembic/alembic_import.hpp"

#include "alembic/import_text.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>

namespace cairn {

namespace {

using StepKey = std::pair<std::string, Direction>;
using StepMap = std::map<StepKey, const OfflineStep*>;

Error disagreement(const OfflineStep& one, const OfflineStep& other) {
  return Error(Category::configuration, fmt::format("the SQL of revision {} is there twice, and differs", one.revision))
      .at(other.place)
      .detail(fmt::format("The other one is at {}.", describe(one.place)))
      .hint("Let alembic write both scripts again from the same files, or remove one of the two stretches.");
}

/// A revision may be in several scripts, as below a fork; one that broke off gives way to a whole one.
StepMap map_steps(std::span<const OfflineScript> scripts) {
  StepMap steps;
  std::vector<Error> problems;
  for (const OfflineScript& script : scripts)
    for (const OfflineStep& step : script.steps) {
      const OfflineStep*& kept = steps[{step.revision, step.direction}];
      if (kept == nullptr || !kept->complete) kept = &step;
      else if (step.complete && step.sql != kept->sql) problems.push_back(disagreement(*kept, step));
    }
  throw_all(std::move(problems));
  return steps;
}

const OfflineStep* find_step(const StepMap& steps, const std::string& revision, Direction direction) {
  const auto found = steps.find({revision, direction});
  return found == steps.end() ? nullptr : found->second;
}

void append(std::vector<ImportRemark>& to, const std::vector<ImportRemark>& more) { to.insert(to.end(), more.begin(), more.end()); }

void take_revision(const AlembicRevision& file, const StepMap& steps, AlembicImport& import) {
  const CarriedStep up = carry_over(file, Direction::up, find_step(steps, file.revision.id, Direction::up));
  CarriedStep down;
  const bool one_way = file.downgrade == PythonFunction::refuses;
  if (!one_way) down = carry_over(file, Direction::down, find_step(steps, file.revision.id, Direction::down));
  RevisionSource source{.revision = file.revision, .up = import_up_text(file, up, down), .down = import_down_text(down), .verify = {}};
  source.revision.kind = RevisionKind::sql;
  source.revision.reversible = !one_way && down.problems.empty();
  source.revision.transactional = !up.outside_transaction && !down.outside_transaction;
  import.sources.push_back(std::move(source));
  append(import.lost, up.problems);
  append(import.lost, down.problems);
  append(import.remarks, up.remarks);
  append(import.remarks, down.remarks);
  for (const FileRemark& remark : file.remarks) import.remarks.push_back({file.revision.id, remark.place, remark.text});
}

void take_script(const OfflineScript& script, AlembicImport& import) {
  if (!import.version_table) import.version_table = script.version_table;
  for (const Place& place : script.left_out)
    import.remarks.push_back({"", place, "this statement belongs to no revision, and was left out; env.py may have written it"});
}

}  // namespace

RevisionGraph make_alembic_graph(const AlembicProject& project) {
  std::vector<Revision> revisions;
  for (const AlembicRevision& file : project.revisions)
    revisions.emplace_back(file.revision).origin += fmt::format(":{}", file.line);
  return RevisionGraph(std::move(revisions));
}

AlembicImport make_alembic_import(const AlembicProject& project, const RevisionGraph& graph, std::span<const OfflineScript> scripts) {
  std::map<std::string, const AlembicRevision*> files;
  for (const AlembicRevision& file : project.revisions) files[file.revision.id] = &file;
  const StepMap steps = map_steps(scripts);
  AlembicImport import;
  for (const Revision& revision : graph.revisions()) take_revision(*files.at(revision.id), steps, import);
  for (const OfflineScript& script : scripts) take_script(script, import);
  return import;
}

}  // namespace cairn
