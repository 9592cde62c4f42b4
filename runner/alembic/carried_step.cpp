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
      if (!nothing) refuse(place(), why_missing());
      return std::move(carried_);
    }
    carried_.sql = step_->sql;
    check_body();
    check_header_lines();
    if (const auto at = find_placeholder(step_->sql)) refuse(place_at(*at), "the value of this parameter was never filled in");
    remark_oddities();
    return std::move(carried_);
  }

 private:
  std::string why_missing() const {
    if (step_ == nullptr) return fmt::format("there is no SQL of its {}", name_of(direction_));
    if (!step_->complete) return fmt::format("alembic stopped while it wrote the SQL of its {}", name_of(direction_));
    return fmt::format("alembic wrote no SQL for its {}, but {}() does something", name_of(direction_), name_of(direction_));
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

  /// The build reads such lines wherever they stand.
  void check_header_lines() {
    const std::string text = "\n" + step_->sql;
    if (const std::size_t at = text.find("\n-- cairn:"); at != text.npos)
      refuse(place_at(at), "this line would be taken for a header line of Cairn");
  }

  void remark_oddities() {
    if (step_->touches_rows)
      remark(*step_->touches_rows, "this statement changes the version table itself; Cairn stops a revision that does");
    const std::size_t percent = step_->sql.find("%%");
    if (percent != std::string::npos && !file_.doubled_percent)
      remark(place_at(percent), "\"%%\" is not in the Python file: alembic doubled the sign, which dialect_opts={\"paramstyle\": "
                                "\"named\"} in env.py prevents");
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
