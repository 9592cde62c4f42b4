#include "alembic/offline_script.hpp"

#include "alembic/offline_statement.hpp"
#include "alembic/step_marker.hpp"
#include "alembic/version_row.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t most_problems = 20;

/// A revision's stretch of the script while it is read.
struct Section {
  StepMarker marker;
  std::size_t first = 0;            ///< its first statement
  std::optional<std::size_t> row;   ///< the statement that writes its own version row
};

bool begins(const OfflineStatement& statement) { return statement.control == "BEGIN" || statement.control == "START TRANSACTION"; }

bool ends(const OfflineStatement& statement) { return statement.control == "COMMIT" || statement.control == "END"; }

class ScriptCutter {
 public:
  ScriptCutter(const InputText& input, const RevisionGraph& graph)
      : input_(input), graph_(graph), statements_(cut_offline_statements(input)) {
    for (const OfflineStatement& statement : statements_) rows_.push_back(find_version_row(input.text, statement));
  }

  OfflineScript cut() {
    std::size_t behind = 0;
    for (std::size_t i = 0; i < statements_.size(); ++i) {
      take_gap(behind, statements_[i].begin, i);
      take_statement(i);
      behind = statements_[i].behind;
    }
    take_gap(behind, input_.text.size(), statements_.size());
    close(statements_.size(), input_.text.size());
    throw_all(std::move(problems_));
    return std::move(script_);
  }

 private:
  void take_gap(std::size_t begin, std::size_t end, std::size_t next) {
    for (const StepMarker& marker : find_step_markers(input_, begin, end)) {
      if (!can_begin(marker, next)) continue;
      if (const auto problem = find_marker_problem(marker, graph_)) refuse(marker, *problem);
      close(next, marker.begin);
      section_ = Section{marker, next, {}};
    }
  }

  /// A step begins where the one before is through, or where another script begins behind one that broke off.
  bool can_begin(const StepMarker& marker, std::size_t next) const {
    if (!section_ || section_->row) return true;
    const bool begun = next > section_->first && begins(statements_[next - 1]);
    return begun && marker.revision != section_->marker.revision && !find_marker_problem(marker, graph_);
  }

  void refuse(const StepMarker& marker, const std::string& problem) {
    if (problems_.size() >= most_problems) return;
    problems_.push_back(problem_at(input_, marker.begin, problem)
                            .hint("Let alembic write the SQL again, from the revision files as they are now."));
  }

  void take_statement(std::size_t index) {
    const std::optional<VersionRow>& row = rows_[index];
    learn_table(row);
    if (section_ && !section_->row) {
      if (writes_own_row(row)) section_->row = index;
      return;
    }
    const bool kept = !statements_[index].control.empty() || is_of_table(row);
    if (!kept) script_.left_out.push_back(place_at(statements_[index].begin));
  }

  /// The first statement that can only be Alembic's own names the table; it says CREATE TABLE before all others.
  void learn_table(const std::optional<VersionRow>& row) {
    if (script_.version_table || !row) return;
    const bool made = row->kind == VersionRow::Kind::create_table && !section_;
    const bool own = section_ && names_own_revision(*row);
    if (made || own) script_.version_table = row->table;
  }

  bool names_own_revision(const VersionRow& row) const {
    const std::string& id = section_->marker.revision;
    return section_->marker.direction == Direction::up ? row.after == id : row.before == id;
  }

  bool is_of_table(const std::optional<VersionRow>& row) const { return row && row->table == script_.version_table; }

  bool writes_own_row(const std::optional<VersionRow>& row) const { return is_of_table(row) && names_own_revision(*row); }

  /// Makes a step of the open section; `next` is the first statement behind it, `behind` where its text ends.
  void close(std::size_t next, std::size_t behind) {
    if (!section_) return;
    std::size_t last = section_->row.value_or(next);
    while (section_->row && last > section_->first && keeps_rows(rows_[last - 1])) --last;
    script_.steps.push_back(make_step(last, section_->row ? statements_[last].begin : behind));
    section_.reset();
  }

  /// A merge or a fork takes several statements, about revisions that the graph knows.
  bool keeps_rows(const std::optional<VersionRow>& row) const {
    const auto known = [&](const std::string& id) { return id.empty() || graph_.find(id).has_value(); };
    return is_of_table(row) && known(row->before) && known(row->after);
  }

  OfflineStep make_step(std::size_t last, std::size_t end) {
    OfflineStep step;
    step.revision = section_->marker.revision;
    step.direction = section_->marker.direction;
    step.place = place_at(section_->marker.begin);
    step.complete = section_->row.has_value();
    step.lines_before = step.place.line;
    step.sql = body_text(section_->marker.behind, end, last, step);
    drop_blank_lines(step);
    return step;
  }

  /// The stretch of the script without BEGIN and COMMIT; every line break stays, so that lines can be counted.
  std::string body_text(std::size_t begin, std::size_t end, std::size_t last, OfflineStep& step) {
    std::string body;
    for (std::size_t i = section_->first; i < last; ++i) {
      const OfflineStatement& statement = statements_[i];
      if (begins(statement) || ends(statement)) {
        step.leaves_transaction = true;
        body += input_.view(begin, statement.begin);
        begin = statement.behind;
        continue;
      }
      step.empty = false;
      if (is_of_table(rows_[i])) step.touches_rows = place_at(statement.begin);
    }
    return body.append(input_.view(begin, end));
  }

  /// As place_in(), but lines are counted on from the last place: a script may have thousands of revisions.
  Place place_at(std::size_t offset) {
    if (offset < counted_) counted_ = lines_ = 0;
    const std::string_view between = input_.view(counted_, offset);
    lines_ += static_cast<std::size_t>(std::count(between.begin(), between.end(), '\n'));
    counted_ = offset;
    const std::size_t line = offset == 0 ? 0 : input_.text.rfind('\n', offset - 1) + 1;   // npos + 1 is 0
    Place place = place_in(input_.view(line, std::min(input_.text.find('\n', offset), input_.text.size())), offset - line, input_.file);
    place.line = lines_ + 1;
    return place;
  }

  static void drop_blank_lines(OfflineStep& step) {
    const std::size_t text = std::min(step.sql.find_first_not_of(" \n"), step.sql.size());
    const std::size_t line = text == 0 ? 0 : step.sql.rfind('\n', text - 1) + 1;   // npos + 1 is 0
    step.lines_before += static_cast<std::size_t>(std::count(step.sql.begin(), step.sql.begin() + static_cast<std::ptrdiff_t>(line), '\n'));
    step.sql.erase(0, line);
    while (step.sql.ends_with('\n') || step.sql.ends_with(' ')) step.sql.pop_back();
    if (!step.sql.empty()) step.sql += '\n';
  }

  const InputText& input_;
  const RevisionGraph& graph_;
  std::vector<OfflineStatement> statements_;
  std::vector<std::optional<VersionRow>> rows_;
  std::optional<Section> section_;
  OfflineScript script_;
  std::vector<Error> problems_;
  std::size_t counted_ = 0;   ///< bytes whose lines have been counted
  std::size_t lines_ = 0;
};

}  // namespace

OfflineScript parse_offline_script(const InputText& input, const RevisionGraph& graph) { return ScriptCutter(input, graph).cut(); }

}  // namespace cairn
