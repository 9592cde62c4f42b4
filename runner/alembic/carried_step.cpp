#include "alembic/carried_step.hpp"

#include "alembic/placeholder.hpp"
#include "base/text.hpp"
#include "sql/body.hpp"
#include "sql/classify.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::string_view name_of(Direction direction) { return direction == Direction::up ? "upgrade" : "downgrade"; }

class StepCarrier {
 public:
  StepCarrier(const AlembicRevision& file, Direction direction, const OfflineStep* step)
      : file_(file), direction_(direction), step_(step) {}

  CarriedStep carry() {
    const bool nothing = (direction_ == Direction::up ? file_.upgrade : file_.downgrade) == PythonFunction::nothing;
    if (step_ == nullptr || !step_->complete || step_->empty) {
      if (step_ != nullptr) carried_.sql = step_->empty ? "" : step_->sql;
      if (!nothing) carried_.problems.push_back({file_.revision.id, place(), why_missing(), how_to_get()});
      return std::move(carried_);
    }
    carried_.sql = step_->sql;
    check_body();
    check_header_lines();
    if (const auto at = find_placeholder(step_->sql)) refuse(place_at(*at), "the value of this parameter was never filled in");
    check_parameters();
    remark_oddities();
    return std::move(carried_);
  }

 private:
  std::string why_missing() const {
    if (step_ == nullptr) return fmt::format("there is no SQL of its {}", name_of(direction_));
    if (!step_->complete) return fmt::format("alembic stopped while it wrote the SQL of its {}", name_of(direction_));
    return fmt::format("alembic wrote no SQL for its {}, but {}() does something", name_of(direction_), name_of(direction_));
  }

  /// Alembic goes on behind what it cannot write when it is told to begin there.
  std::string how_to_get() const {
    if (step_ == nullptr || step_->complete) return "";
    const std::vector<std::string>& parents = file_.revision.down_revisions;
    if (direction_ == Direction::up)
      return fmt::format("Alembic said why on its standard error. Behind this revision it goes on with: alembic upgrade {}:heads --sql >> {}", file_.revision.id, step_->place.file);
    if (parents.empty()) return "";
    return fmt::format("Alembic said why on its standard error. Behind this revision it goes on with: alembic downgrade {}:base --sql >> {}", parents.front(), step_->place.file);
  }

  Place place() const {
    if (step_ != nullptr) return step_->place;
    return {.file = file_.revision.origin, .line = 0, .column = 0, .excerpt = {}, .caret = 0};
  }

  Place place_at(std::size_t offset) const { return in_script(place_in(step_->sql, offset, step_->place.file)); }

  Place in_script(Place place) const {
    place.line += step_->lines_before;
    return place;
  }

  void refuse(Place place, std::string text) { carried_.problems.push_back({file_.revision.id, std::move(place), std::move(text)}); }

  void remark(Place place, std::string text) { carried_.remarks.push_back({file_.revision.id, std::move(place), std::move(text)}); }

  void check_body() try {
    const Body body = parse_body(step_->place.file, step_->sql);
    const bool alone = std::any_of(body.statements.begin(), body.statements.end(),
                                   [&](const Statement& statement) { return needs_no_transaction(body, statement); });
    carried_.outside_transaction = alone || step_->leaves_transaction;
    if (carried_.outside_transaction) remark(step_->place, outside_text(body.statements.size()));
  } catch (const Error& error) {
    refuse_for(error);
    for (const Error& other : error.also()) refuse_for(other);
  }

  void refuse_for(const Error& error) { refuse(error.place() ? in_script(*error.place()) : step_->place, error.message()); }

  std::string outside_text(std::size_t statements) const {
    return fmt::format("its {} leaves the transaction: the revision becomes transaction = none{}", name_of(direction_),
                       statements == 1 ? "" : fmt::format(", and its {} commit one by one", count_of(statements, "statement")));
  }

  /// The build would read such a line.
  void check_header_lines() {
    for (std::size_t line = 0; line < step_->sql.size(); line = std::min(step_->sql.find('\n', line), step_->sql.size() - 1) + 1) {
      const std::string_view rest = std::string_view(step_->sql).substr(line);
      const std::size_t word = rest.find_first_not_of(" \t", 2);
      if (rest.starts_with("--") && word != rest.npos && rest.substr(word).starts_with("cairn:"))
        refuse(place_at(line), "this line would be taken for a header line of Cairn");
    }
  }

  /// A parameter whose value is handed over with execute() is gone: alembic --sql writes NULL for it, and says nothing.
  void check_parameters() {
    for (const FileParameter& parameter : file_.parameters) {
      if (stands_in_sql(parameter.name)) continue;
      const std::string shown = printable(parameter.name, 60);
      if (parameter.bound) continue;
      if (parameter.function == name_of(direction_))
        refuse(parameter.place, fmt::format("the parameter :{} gets its value while the file runs; alembic --sql writes NULL for it", shown));
      else if (direction_ == Direction::up && !is_a_direction(parameter.function))
        remark(parameter.place, fmt::format("see that the parameter :{} has its value in the SQL, and not NULL", shown));
    }
  }

  /// Not taken for a parameter after all, or found already as one that was never filled in.
  bool stands_in_sql(const std::string& name) const {
    return step_->sql.find(":" + name) != std::string::npos || step_->sql.find("%(" + name + ")s") != std::string::npos;
  }

  static bool is_a_direction(std::string_view function) { return function == "upgrade" || function == "downgrade"; }

  void remark_oddities() {
    if (step_->touches_rows)
      remark(*step_->touches_rows, "this statement changes the version table itself; Cairn stops a revision that does");
    const std::size_t percent = step_->sql.find("%%");
    if (percent != std::string::npos && !file_.doubled_percent)
      remark(place_at(percent), "\"%%\" is not in the Python file: alembic doubled the sign, which dialect_opts={\"paramstyle\": "
                                "\"named\"} in env.py prevents");
    const std::size_t backslash = step_->sql.find("\\\\");
    if (backslash != std::string::npos && !file_.doubled_backslash)
      remark(place_at(backslash), "two backslashes here are one in the Python file: alembic --sql doubles those of values; take one out");
  }

  const AlembicRevision& file_;
  Direction direction_;
  const OfflineStep* step_;
  CarriedStep carried_;
};

}  // namespace

CarriedStep carry_over(const AlembicRevision& file, Direction direction, const OfflineStep* step) {
  return StepCarrier(file, direction, step).carry();
}

}  // namespace cairn
