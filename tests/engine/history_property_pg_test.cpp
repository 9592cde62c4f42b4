#include "engine/engine_database.hpp"

#include "base/text.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

namespace cairn::test {
namespace {

constexpr int rounds = 24;
constexpr std::size_t most_revisions = 14;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_); }
  bool one_in(std::size_t odds) { return below(odds) == 0; }

 private:
  std::mt19937 engine_;
};

/// What goes wrong in a step of its own, behind the effect.
const char* const mishaps[] = {
    "SELEC 1;",
    "SELECT 1 / 0;",
    "SELECT nope;",
    "DO $$ BEGIN RAISE EXCEPTION 'no'; END $$;",
    "CREATE TABLE late (id int PRIMARY KEY, up int REFERENCES late DEFERRABLE INITIALLY DEFERRED); INSERT INTO late VALUES (1, 2);",
    "INSERT INTO public.alembic_version VALUES ('other');",
    "SELECT pg_terminate_backend(pg_backend_pid());",
    "SET search_path = ''; SET default_transaction_read_only = on; SELECT 1 / 0;",
};

struct Mishap {
  std::string revision;
  std::string sql;
};

/// A history with branches and merges; some revisions are code, some of which asks and is live from then on.
class RandomHistory {
 public:
  explicit RandomHistory(Dice& dice) : graph_(draw(dice)) {
    for (const Revision& revision : graph_.revisions()) asks_[revision.id] = dice.one_in(2);
  }

  const RevisionGraph& graph() const { return graph_; }

  std::vector<Work> work(ScriptedRun& run, const Plan& plan, const std::optional<Mishap>& mishap) const {
    std::vector<Work> list;
    for (const Step& step : plan.steps) {
      const std::string& id = step.revision->id;
      const std::string effect = step.direction == Direction::up ? fmt::format("CREATE TABLE {} (id int);", id)
                                                                 : fmt::format("DROP TABLE {};", id);
      const std::string sql = effect + (mishap && mishap->revision == id ? "\n" + mishap->sql : "");
      list.push_back({step, {}});
      if (step.revision->kind == RevisionKind::sql) list.back().pieces.push_back(sql_piece(id, sql));
      else run.scripted.add(id, [sql, id, asks = asks_.at(id)](StepHost& host) {
        if (asks) host.query("SELECT 1", {}, call_at(id, 1));
        host.execute(sql, call_at(id, 2));
      });
    }
    return list;
  }

 private:
  static std::vector<Revision> draw(Dice& dice) {
    std::vector<Revision> revisions(2 + dice.below(most_revisions - 1));
    for (std::size_t i = 0; i < revisions.size(); ++i) {
      Revision& revision = revisions[i];
      revision.id = fmt::format("r{:02}", (i * 7 + 3) % 31);   // an order of its own
      revision.kind = dice.one_in(3) ? RevisionKind::code : RevisionKind::sql;
      if (i == 0 || dice.one_in(10)) continue;
      std::set<std::string> parents;
      for (std::size_t n = dice.one_in(4) ? 2 : 1; n > 0; --n)
        parents.insert(revisions[i - 1 - dice.below(std::min<std::size_t>(i, 3))].id);
      revision.down_revisions.assign(parents.begin(), parents.end());
    }
    return revisions;
  }

  RevisionGraph graph_;
  std::map<std::string, bool> asks_;
};

/// "" when the tables are those of the closure of the version rows.
std::string difference(EngineDatabase& database, const RevisionGraph& graph) {
  const std::vector<std::string> rows = database.rows();
  std::vector<Node> nodes;
  for (const std::string& row : rows) nodes.push_back(graph.find(row).value());
  std::set<std::string> expected;
  for (const Node node : graph.ancestors_of(nodes)) expected.insert(graph.revision(node).id);
  const std::vector<std::string> effects = database.effects();
  if (std::set<std::string>(effects.begin(), effects.end()) == expected) return "";
  return fmt::format("rows {} but effects {}", join(rows, " "), join(effects, " "));
}

class RandomRun {
 public:
  RandomRun(EngineDatabase& database, Dice& dice) : database_(database), dice_(dice), history_(dice) {}

  void play() {
    while (attempts_ < 6) run_with_mishap();
    run(Direction::up, "heads", std::nullopt);
    EXPECT_EQ(database_.effects().size(), history_.graph().revisions().size());
    run(Direction::down, "base", std::nullopt);
    EXPECT_TRUE(database_.effects().empty());
    EXPECT_TRUE(database_.rows().empty());
  }

 private:
  void run_with_mishap() {
    const bool up = database_.rows().empty() || !dice_.one_in(3);
    const Mishap mishap{history_.graph().revision(dice_.below(history_.graph().revisions().size())).id,
                        mishaps[dice_.below(std::size(mishaps))]};
    run(up ? Direction::up : Direction::down, up ? "heads" : "base", mishap);
    ++attempts_;
  }

  void run(Direction direction, const std::string& target, const std::optional<Mishap>& mishap) {
    SCOPED_TRACE(fmt::format("{} to {} with {}: {}", direction == Direction::up ? "up" : "down", target,
                             mishap ? mishap->revision : "no mishap", mishap ? mishap->sql : ""));
    const RevisionGraph& graph = history_.graph();
    const Plan plan = direction == Direction::up ? plan_upgrade(graph, database_.rows(), target)
                                                 : plan_downgrade(graph, database_.rows(), target);
    ScriptedRun scripted(database_.channel());
    scripted.limits.window_steps = 1 + dice_.below(8);
    Outcome outcome = scripted.run(plan, history_.work(scripted, plan, mishap));
    if (outcome.lost) settle(outcome, plan, database_.reconnect());
    EXPECT_EQ(difference(database_, graph), "");
    EXPECT_EQ(outcome.rows, database_.rows());
    EXPECT_EQ(told(outcome) == "no error", outcome.done() == plan.steps.size());
    EXPECT_TRUE(mishap || !outcome.error) << told(outcome);
  }

  EngineDatabase& database_;
  Dice& dice_;
  RandomHistory history_;
  int attempts_ = 0;
};

unsigned seed() {
  const char* given = std::getenv("CAIRN_TEST_SEED");
  return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : 20251130U;
}

TEST(RandomHistory, has_rows_that_equal_its_effects_whatever_goes_wrong_in_whichever_revision) {
  EngineDatabase database;
  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE(fmt::format("CAIRN_TEST_SEED={}, round {}", seed(), round));
    Dice dice(seed() + static_cast<unsigned>(round));
    database.clear();
    RandomRun(database, dice).play();
  }
}

}  // namespace
}  // namespace cairn::test
