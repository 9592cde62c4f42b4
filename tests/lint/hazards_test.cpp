// What rules say of effects that are written down here, where a server would take its time to show them.
#include "lint/hazards.hpp"

#include "lint/findings_text.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace cairn::test {
namespace {

const SeenRelation users{.name = "public.users", .kind = "table"};
const SeenRelation orders{.name = "public.orders", .kind = "table"};
const SeenRelation fresh{.name = "public.made", .kind = "table", .fresh = true};

using Fill = std::function<void(StatementEffects&)>;

StatementEffects statement(const std::string& text, const Fill& fill = [](StatementEffects&) {}) {
  StatementEffects effects;
  effects.text = text;
  effects.place.line = 3;
  fill(effects);
  return effects;
}

Revision revision_of(const std::string& phase = "") {
  Revision revision;
  revision.id = "a1";
  revision.phase = phase;
  return revision;
}

std::string found(const StepEffects& effects, Direction direction = Direction::up, const std::string& phase = "") {
  return text_of(find_hazards(revision_of(phase), direction, effects));
}

std::string found(const StatementEffects& effects, Direction direction = Direction::up, const std::string& phase = "") {
  StepEffects step;
  step.statements = {effects};
  return found(step, direction, phase);
}

StatementEffects index_made(const SeenRelation& table, const std::string& text = "CREATE INDEX i ON users (a)") {
  return statement(text, [&](StatementEffects& s) {
    s.indexes.push_back({.change = IndexChange::made, .name = "public.i", .table = table, .definition = "", .key_columns = 1});
  });
}

TEST(Hazards, name_the_revision_the_place_and_the_statement) {
  StepEffects step;
  step.statements = {index_made(users)};
  const std::vector<Finding> findings = find_hazards(revision_of(), Direction::up, step);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].rule, "index-blocks-writes");
  EXPECT_EQ(findings[0].level, Level::warning);
  EXPECT_EQ(findings[0].revision, "a1");
  EXPECT_EQ(findings[0].direction, Direction::up);
  EXPECT_EQ(findings[0].what, "public.users cannot be written while its index public.i is built");
  EXPECT_EQ(findings[0].place.line, 3U);
  EXPECT_EQ(findings[0].statement, "CREATE INDEX i ON users (a)");
}

TEST(Hazards, are_none_for_what_is_new_or_has_failed) {
  EXPECT_EQ(found(index_made(fresh)), "");
  StatementEffects failed = index_made(users);
  failed.failed = true;
  EXPECT_EQ(found(failed), "");
  EXPECT_EQ(found(StepEffects{}), "");
}

TEST(Hazards, of_an_index_are_told_by_its_words_outside_of_a_transaction) {
  EXPECT_EQ(found(index_made(users, "create index concurrently i on users (a)")), "");
  EXPECT_NE(found(index_made(users, "DO $$ CREATE INDEX CONCURRENTLY $$")), "");
}

StatementEffects locked(const std::string& text, const SeenRelation& relation, const std::string& mode = "AccessExclusiveLock") {
  return statement(text, [&](StatementEffects& s) { s.taken = s.held = {{relation, mode}}; });
}

/// A statement behind locked(), which finds the lock held.
StatementEffects behind(const std::string& text, const SeenRelation& relation, const Fill& fill) {
  StatementEffects effects = statement(text, fill);
  effects.held.push_back({relation, "AccessExclusiveLock"});
  return effects;
}

TEST(Hazards, count_locks_that_are_held_on) {
  const Fill reads = [](StatementEffects& s) { s.scans = {{orders, 1, 0}}; };
  const Fill reads_new = [](StatementEffects& s) { s.scans = {{fresh, 1, 0}}; };
  const StatementEffects alter = locked("ALTER TABLE users ADD a int", users);
  StepEffects step;
  step.statements = {alter, behind("SELECT count(*) FROM orders", users, reads)};
  EXPECT_EQ(found(step), "lock-held-on: public.users stays locked against reading and writing while public.orders is read wholly\n");
  step.statements = {alter, behind("SELECT count(*) FROM made", users, reads_new)};
  EXPECT_EQ(found(step), "");
  step.statements = {locked("CREATE TABLE made ()", fresh), behind("SELECT count(*) FROM orders", fresh, reads)};
  EXPECT_EQ(found(step), "");
}

TEST(Hazards, of_a_lock_that_is_held_on_are_told_once) {
  const Fill reads = [](StatementEffects& s) { s.scans = {{orders, 1, 0}}; };
  StepEffects step;
  step.statements = {locked("ALTER TABLE users ADD a int", users), locked("ALTER TABLE orders ADD b int", orders),
                     behind("SELECT 1 FROM orders", users, reads), behind("SELECT 2 FROM orders", users, reads)};
  step.statements[2].held.push_back({orders, "AccessExclusiveLock"});
  EXPECT_EQ(found(step), "lock-held-on: public.users, public.orders stay locked against reading and writing while public.orders is "
                         "read wholly\n");
}

TEST(Hazards, take_many_rows_for_a_backfill_even_where_an_index_finds_them) {
  const StatementEffects alter = locked("ALTER TABLE users ADD a int", users);
  for (const std::uint64_t rows : {std::uint64_t{3}, std::uint64_t{5000}}) {
    const Fill writes = [&](StatementEffects& s) {
      s.taken = s.held = {{users, "RowExclusiveLock"}};
      s.rows = {{users, 0, rows, 0}};
    };
    StepEffects step;
    step.statements = {alter, behind("UPDATE users SET a = 1 WHERE id < 9999", users, writes)};
    EXPECT_EQ(found(step), rows > 1000 ? "backfill-locks: public.users stays locked against reading and writing while rows of "
                                         "public.users are written\n"
                                       : "");
  }
}

StatementEffects column_dropped() {
  return statement("ALTER TABLE users DROP a", [](StatementEffects& s) {
    s.columns = {{ColumnChange::dropped, users, "a", "integer", ""}};
  });
}

TEST(Hazards, let_a_contract_drop_what_nobody_uses) {
  EXPECT_EQ(found(column_dropped()), "column-dropped: column a of public.users is dropped with its values\n");
  EXPECT_EQ(found(column_dropped(), Direction::up, "contract"), "");
  EXPECT_NE(found(column_dropped(), Direction::up, "switch"), "");
}

TEST(Hazards, of_a_downgrade_are_what_blocks_or_loses_rows) {
  EXPECT_EQ(found(column_dropped(), Direction::down), "");
  EXPECT_NE(found(index_made(users), Direction::down), "");
  for (const Rule& rule : hazard_rules()) EXPECT_FALSE(rule.level == Level::note && judges_downgrades(rule.id)) << rule.id;
}

TEST(Hazards, are_each_told_once) {
  StepEffects step;
  step.statements = {index_made(users), index_made(users)};
  EXPECT_EQ(find_hazards(revision_of(), Direction::up, step).size(), 1U);
}

TEST(HazardRules, say_why_and_what_to_do_instead) {
  std::set<std::string_view> ids;
  for (const Rule& rule : hazard_rules()) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_EQ(find_rule(rule.id)->title, rule.title) << rule.id << " is the id of two rules";
    EXPECT_FALSE(rule.title.empty() || rule.why.empty() || rule.instead.empty()) << rule.id;
    EXPECT_EQ(rule.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos) << rule.id;
  }
}

TEST(HazardRules, are_errors_only_where_data_go_that_nobody_named) {
  std::set<std::string_view> errors;
  for (const Rule& rule : hazard_rules())
    if (rule.level == Level::error) errors.insert(rule.id);
  EXPECT_EQ(errors, (std::set<std::string_view>{"cascade-loses-data", "truncate-cascades"}));
}

TEST(IdleAcceptances, are_found) {
  Revision revision = revision_of();
  revision.accepts = {{"index-blocks-writes", "forty rows"}, {"index-block-writes", "forty rows"}, {"column-json", "read whole"}, {"check-scans", ""}};
  StepEffects step;
  step.statements = {index_made(users)};
  EXPECT_EQ(text_of(find_idle_acceptances(revision, find_hazards(revision, Direction::up, step))),
            "accepts-nothing: \"index-block-writes\" is no rule\n"
            "accepts-nothing: column-json finds nothing that could be accepted\n"
            "accepts-nothing: accepting check-scans without a reason accepts nothing\n");
}

TEST(IdleAcceptances, of_another_revision_do_not_count) {
  Revision other = revision_of();
  other.id = "b2";
  other.accepts = {{"index-blocks-writes", "forty rows"}};
  StepEffects step;
  step.statements = {index_made(users)};
  EXPECT_EQ(find_idle_acceptances(other, find_hazards(revision_of(), Direction::up, step)).size(), 1U);
  EXPECT_EQ(find_idle_acceptances(revision_of(), {}).size(), 0U);
}

}  // namespace
}  // namespace cairn::test
