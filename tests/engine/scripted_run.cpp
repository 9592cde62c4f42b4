#include "engine/scripted_run.hpp"

#include "base/exit_code.hpp"

#include <fmt/core.h>

namespace cairn::test {

namespace {

std::string_view word(StepState state) {
  switch (state) {
    case StepState::done: return "done";
    case StepState::failed: return "failed";
    case StepState::untouched: return "untouched";
    case StepState::unknown: return "unknown";
  }
  return "?";
}

}  // namespace

StepEnd ScriptedRunner::run(const Step& step, StepHost& host) {
  runs_.push_back(step.revision->id);
  try {
    codes_.at(step.revision->id)(host);
    return {};
  } catch (const HostCallFailed& failed) {
    return {failed.error, false};
  } catch (const Died& died) {
    return {Error(Category::revision, "its code " + died.how), true};
  }
}

ScriptedRun::ScriptedRun(SqlChannel& channel)
    : bookkeeping({}, {.run = "run1", .client = "tester@here:1", .runner = "cairn test"}), channel_(channel) {}

Step& ScriptedRun::add(const std::string& id, RevisionKind kind, Flags flags) {
  Revision& revision = revisions_.emplace_back();
  revision.id = id;
  revision.kind = kind;
  revision.transactional = flags.transactional;
  revision.retryable = flags.retryable;
  plan_.steps.push_back({&revision, Direction::up, plan_.rows_after, {id}});
  plan_.rows_after = {id};
  work_.push_back({plan_.steps.back(), {}});
  return work_.back().step;
}

ScriptedRun& ScriptedRun::sql(const std::string& id, const std::string& up, Flags flags) {
  add(id, RevisionKind::sql, flags);
  work_.back().pieces.push_back(sql_piece(id, up));
  return *this;
}

ScriptedRun& ScriptedRun::verified(const std::string& id, const std::string& up, const std::string& verify, Flags flags) {
  sql(id, up, flags);
  work_.back().pieces.push_back(sql_piece(id, verify, true));
  return *this;
}

ScriptedRun& ScriptedRun::code(const std::string& id, Code code, Flags flags) {
  add(id, RevisionKind::code, flags);
  scripted.add(id, std::move(code));
  return *this;
}

ScriptedRun& ScriptedRun::tables(const std::string& prefix, std::size_t count) {
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string id = fmt::format("{}{:02}", prefix, i);
    sql(id, fmt::format("CREATE TABLE {} (id int);", id));
  }
  return *this;
}

Outcome ScriptedRun::run(const Plan& plan, const std::vector<Work>& work) {
  World world{.channel = channel_, .runner = *runner, .observer = observer, .bookkeeping = bookkeeping,
              .pause = [this](std::chrono::milliseconds pause) { pauses.push_back(pause); return on_pause(); },
              .interrupted = [this] { return interrupted; }, .variables = variables,
              .watched = watched};
  return Executor(std::move(world), limits).run(plan, work);
}

Piece sql_piece(const std::string& id, const std::string& sql, bool verifies) {
  return {.body = parse_body(id + (verifies ? "/verify.sql" : "/up.sql"), sql), .call = {}, .verifies = verifies};
}

Place call_at(const std::string& id, std::size_t line) {
  Place place;
  place.file = id + ".cpp";
  place.line = line;
  return place;
}

std::string states_of(const Outcome& outcome) {
  std::string text;
  for (const StepOutcome& step : outcome.steps)
    text += fmt::format("{}{}:{}", text.empty() ? "" : " ", step.revision->id, word(step.state));
  return text;
}

std::string told(const Outcome& outcome) {
  if (!outcome.error) return "no error";
  const Error& error = *outcome.error;
  std::string text = fmt::format("{}: {}", exit_code(error.category()).code, error.message());
  return error.place() ? fmt::format("{} ({})", text, describe(*error.place())) : text;
}

std::size_t count_in(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace cairn::test
