// Laws that hold for every graph, tried on random ones. The seed is printed; CAIRN_TEST_SEED repeats a run.
#include "base/error.hpp"
#include "graph/consistency.hpp"
#include "graph/history.hpp"
#include "graph/plan.hpp"
#include "graph/stamp.hpp"
#include "graph/target_error.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

namespace cairn {
namespace {

constexpr int rounds = 400;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <typename Items>
  void shuffle(Items& items) { std::shuffle(items.begin(), items.end(), engine_); }

 private:
  std::mt19937 engine_;
};

unsigned seed() {
  const char* given = std::getenv("CAIRN_TEST_SEED");
  const unsigned value = given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
  fmt::print("CAIRN_TEST_SEED={}\n", value);
  return value;
}

/// Ids are drawn so that their order says nothing of the order in the graph.
std::vector<Revision> random_revisions(Dice& dice) {
  std::vector<Revision> revisions(1 + dice.below(25));
  std::vector<std::size_t> numbers(revisions.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
  dice.shuffle(numbers);
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    revisions[i].id = fmt::format("r{:03}", numbers[i]);
    for (std::size_t n = dice.one_in(8) ? 0 : 1 + dice.below(8) / 6; n > 0 && i > 0; --n)
      revisions[i].down_revisions.push_back(revisions[i - 1 - dice.below(std::min<std::size_t>(i, 4))].id);
    if (i > 0 && dice.one_in(5)) revisions[i].depends_on.push_back(revisions[dice.below(i)].id);
    if (dice.one_in(6)) revisions[i].labels.push_back(fmt::format("label{}", i));
  }
  dice.shuffle(revisions);
  return revisions;
}

std::vector<std::string> random_rows(const RevisionGraph& graph, Dice& dice) {
  std::set<Node> picked;
  for (std::size_t n = dice.below(4); n > 0; --n) picked.insert(dice.below(graph.revisions().size()));
  return ids_of(graph, graph.maximal(picked));
}

std::set<Node> applied_by(const RevisionGraph& graph, std::span<const std::string> rows) {
  return graph.ancestors_of(require_rows(graph, rows));
}

/// Follows the plan on a plain set and compares with the definition: applied stays closed, rows are its maximal elements.
void check_steps(const RevisionGraph& graph, const Plan& plan) {
  std::set<Node> applied = applied_by(graph, plan.rows_before);
  std::vector<std::string> rows = plan.rows_before;
  for (const Step& step : plan.steps) {
    ASSERT_EQ(step.rows_before, rows);
    const Node node = graph.find(step.revision->id).value();
    if (step.direction == Direction::up) ASSERT_TRUE(applied.insert(node).second) << "applied twice";
    else ASSERT_EQ(applied.erase(node), 1u) << "undone without being applied";
    ASSERT_EQ(graph.ancestors_of(std::vector<Node>(applied.begin(), applied.end())), applied) << "at " << step.revision->id;
    rows = ids_of(graph, graph.maximal(applied));
    ASSERT_EQ(step.rows_after, rows) << "at " << step.revision->id;
  }
  ASSERT_EQ(plan.rows_after, rows);
}

template <typename Check>
void on_random_graphs(Check check) {
  const unsigned start = seed();
  for (int round = 0; round < rounds && !testing::Test::HasFatalFailure(); ++round) {
    SCOPED_TRACE(fmt::format("CAIRN_TEST_SEED={}, round {}", start, round));
    Dice dice(start + static_cast<unsigned>(round));
    std::vector<Revision> revisions = random_revisions(dice);
    check(RevisionGraph(revisions), revisions, dice);
  }
}

TEST(RandomGraph, is_ordered_with_parents_first_and_the_same_however_it_was_loaded) {
  on_random_graphs([](const RevisionGraph& graph, std::vector<Revision> revisions, Dice& dice) {
    for (Node node = 0; node < graph.revisions().size(); ++node)
      for (const Node parent : graph.all_parents(node)) ASSERT_LT(parent, node);
    dice.shuffle(revisions);
    const RevisionGraph again(revisions);
    for (Node node = 0; node < graph.revisions().size(); ++node)
      ASSERT_EQ(graph.revision(node).id, again.revision(node).id);
  });
}

TEST(RandomGraph, is_upgraded_step_by_step_to_its_heads_and_then_needs_nothing) {
  on_random_graphs([](const RevisionGraph& graph, const std::vector<Revision>&, Dice& dice) {
    const Plan plan = plan_upgrade(graph, random_rows(graph, dice), "heads");
    check_steps(graph, plan);
    ASSERT_EQ(plan.rows_after, ids_of(graph, graph.effective_heads()));
    ASSERT_TRUE(plan_upgrade(graph, plan.rows_after, "heads").empty());
  });
}

TEST(RandomGraph, holds_after_an_upgrade_what_the_target_needs_and_what_was_there) {
  on_random_graphs([](const RevisionGraph& graph, const std::vector<Revision>&, Dice& dice) {
    const std::vector<std::string> rows = random_rows(graph, dice);
    const Node target = dice.below(graph.revisions().size());
    const Plan plan = plan_upgrade(graph, rows, graph.revision(target).id);
    check_steps(graph, plan);
    std::set<Node> expected = applied_by(graph, rows);
    expected.merge(graph.ancestors_of(std::vector<Node>{target}));
    ASSERT_EQ(applied_by(graph, plan.rows_after), expected);
    ASSERT_TRUE(plan_upgrade(graph, plan.rows_after, graph.revision(target).id).empty());
  });
}

TEST(RandomGraph, is_consistent_wherever_a_plan_is_cut_off) {
  on_random_graphs([](const RevisionGraph& graph, const std::vector<Revision>&, Dice& dice) {
    const Plan plan = plan_upgrade(graph, random_rows(graph, dice), "heads");
    for (std::size_t done = 0; done < plan.steps.size(); ++done) {
      const std::vector<std::string>& rows = plan.steps[done].rows_after;
      ASSERT_TRUE(find_redundant_rows(graph, rows).empty());
      const Plan rest = plan_upgrade(graph, rows, "heads");
      ASSERT_EQ(rest.steps.size(), plan.steps.size() - done - 1);
      for (std::size_t i = 0; i < rest.steps.size(); ++i)
        ASSERT_EQ(rest.steps[i].revision->id, plan.steps[done + 1 + i].revision->id);
      ASSERT_EQ(rest.rows_after, plan.rows_after);
    }
  });
}

TEST(RandomGraph, is_where_a_stamp_says) {
  on_random_graphs([](const RevisionGraph& graph, const std::vector<Revision>&, Dice& dice) {
    const std::vector<std::string> rows = random_rows(graph, dice);
    const std::string target = graph.revision(dice.below(graph.revisions().size())).id;
    const Stamp stamp = plan_stamp(graph, rows, std::vector{target});
    ASSERT_TRUE(find_redundant_rows(graph, stamp.rows_after).empty());
    ASSERT_TRUE(plan_upgrade(graph, stamp.rows_after, target).empty());
    ASSERT_EQ(plan_stamp(graph, stamp.rows_after, std::vector{target}).rows_after, stamp.rows_after);
    // What was there and has nothing to do with the target is left alone.
    const Node node = graph.find(target).value();
    for (const std::string& row : rows) {
      const std::vector<Node> both{graph.find(row).value(), node};
      const bool unrelated = graph.maximal({both.begin(), both.end()}).size() == 2;
      const bool kept = std::find(stamp.rows_after.begin(), stamp.rows_after.end(), row) != stamp.rows_after.end();
      ASSERT_TRUE(kept || !unrelated) << row;
    }
    const Plan plan = plan_upgrade(graph, stamp.rows_after, "heads");
    check_steps(graph, plan);
    ASSERT_EQ(plan.rows_after, ids_of(graph, graph.effective_heads()));
    ASSERT_EQ(plan_stamp(graph, rows, std::vector<std::string>{"heads"}).rows_after, plan.rows_after);
  });
}

/// The commands that a hint spells out: what stands in quotes and begins as they do.
std::vector<std::string> targets_in(const std::string& hint, const std::string& command) {
  std::vector<std::string> targets;
  const std::string begin = "\"cairn " + command + " ";
  for (std::size_t at = hint.find(begin); at != hint.npos; at = hint.find(begin, at + 1)) {
    const std::size_t from = at + begin.size();
    targets.push_back(hint.substr(from, hint.find('"', from) - from));
  }
  return targets;
}

/// What the refusal of a target proposes instead; nothing when the target is not refused.
template <typename Try>
std::vector<std::string> better_targets(const std::string& target, const std::string& command, Try attempt) {
  try {
    attempt(target);
    return {};
  } catch (const Error& error) {
    EXPECT_NE(error.hint(), "") << error.message();
    return targets_in(error.hint(), command);
  }
}

TEST(RandomGraph, has_hints_that_work_when_typed) {
  std::size_t tried = 0;
  on_random_graphs([&](const RevisionGraph& graph, const std::vector<Revision>&, Dice& dice) {
    const std::vector<std::string> rows = random_rows(graph, dice);
    for (const char* target : {"head", "label1@head", "label2@+1", "+1", "r00"})
      for (const std::string& better : better_targets(target, "upgrade", [&](const auto& one) { plan_upgrade(graph, rows, one); })) {
        ++tried;
        ASSERT_NO_THROW(plan_upgrade(graph, rows, better)) << target << " -> " << better;
      }
    for (const std::string& better : better_targets("-1", "downgrade", [&](const auto& one) { plan_downgrade(graph, rows, one); })) {
      ++tried;
      ASSERT_NO_THROW(plan_downgrade(graph, rows, better)) << better;
    }
  });
  EXPECT_GT(tried, 100u);
}

/// A name resolves to the same revision however it is written.
TEST(RandomGraph, knows_a_revision_by_every_name_of_it) {
  on_random_graphs([](const RevisionGraph& graph, const std::vector<Revision>&, Dice& dice) {
    const Node node = dice.below(graph.revisions().size());
    const Revision& revision = graph.revision(node);
    std::vector<std::string> names{revision.id, revision.id + "@" + revision.id, revision.id + "+0", revision.id + "-0"};
    for (const std::string& label : revision.labels) {
      names.push_back(label);
      names.push_back(label + "@" + revision.id);
    }
    const Plan plan = plan_upgrade(graph, {}, revision.id);
    for (const std::string& name : names) ASSERT_EQ(plan_upgrade(graph, {}, name).rows_after, plan.rows_after) << name;
    if (graph.children(node).size() == 1) {
      const std::string child = graph.revision(graph.children(node).front()).id;
      ASSERT_EQ(plan_upgrade(graph, {}, revision.id + "+1").rows_after, plan_upgrade(graph, {}, child).rows_after);
    }
    if (graph.parents(node).size() == 1) {
      const std::string parent = graph.revision(graph.parents(node).front()).id;
      ASSERT_EQ(plan_upgrade(graph, {}, revision.id + "-1").rows_after, plan_upgrade(graph, {}, parent).rows_after);
    }
  });
}

TEST(RandomGraph, comes_back_to_its_rows_when_every_step_is_taken_back) {
  on_random_graphs([](const RevisionGraph& graph, const std::vector<Revision>&, Dice& dice) {
    const std::vector<std::string> rows = random_rows(graph, dice);
    Plan plan = plan_upgrade(graph, rows, "heads");
    std::vector<std::string> now = plan.rows_after;
    for (; !plan.steps.empty(); plan.steps.pop_back()) {
      const Step& last = plan.steps.back();
      // The last one applied has nothing above it; with a single parent "id-1" names what is left of its line.
      std::set<Node> left = applied_by(graph, now);
      left.erase(graph.find(last.revision->id).value());
      ASSERT_EQ(last.rows_before, ids_of(graph, graph.maximal(left)));
      now = last.rows_before;
    }
    ASSERT_EQ(now, rows);
  });
}

TEST(RandomGraph, is_taken_down_to_nothing_and_up_again_the_same_way) {
  on_random_graphs([](const RevisionGraph& graph, const std::vector<Revision>&, Dice& dice) {
    const std::vector<std::string> rows = random_rows(graph, dice);
    const Plan down = plan_downgrade(graph, rows, "base");
    check_steps(graph, down);
    ASSERT_TRUE(down.rows_after.empty());
    ASSERT_TRUE(plan_downgrade(graph, down.rows_after, "base").empty());
    std::vector<std::string> back;
    for (const std::string& row : rows) back = plan_upgrade(graph, back, row).rows_after;
    ASSERT_EQ(back, rows);
  });
}

TEST(RandomGraph, loses_in_a_downgrade_only_what_rests_on_the_target_and_gets_it_back) {
  on_random_graphs([](const RevisionGraph& graph, const std::vector<Revision>&, Dice& dice) {
    const std::vector<std::string> rows = random_rows(graph, dice);
    const std::set<Node> applied = applied_by(graph, rows);
    const Node target = dice.below(graph.revisions().size());
    Plan down;
    try {
      down = plan_downgrade(graph, rows, graph.revision(target).id);
    } catch (const Error& error) {
      ASSERT_EQ(error.category(), Category::graph);
      return;   // not applied, or nothing above it
    }
    check_steps(graph, down);
    ASSERT_TRUE(applied_by(graph, down.rows_after).contains(target));
    std::vector<std::string> back = down.rows_after;
    for (const std::string& row : rows) back = plan_upgrade(graph, back, row).rows_after;
    ASSERT_EQ(back, rows);
  });
}

TEST(RandomGraph, with_one_link_turned_round_into_a_loop_is_refused) {
  on_random_graphs([](const RevisionGraph& graph, std::vector<Revision> revisions, Dice&) {
    for (const Node head : graph.effective_heads()) {
      if (graph.all_parents(head).empty()) continue;
      const std::set<Node> below = graph.ancestors_of(std::vector<Node>{head});
      const std::string& bottom = graph.revision(*below.begin()).id;
      for (Revision& revision : revisions)
        if (revision.id == bottom) revision.depends_on.push_back(graph.revision(head).id);
      ASSERT_THROW(RevisionGraph{revisions}, Error);
      return;
    }
  });
}

TEST(LargeGraph, of_20000_in_a_chain_is_planned_up_and_down) {
  std::vector<Revision> revisions(20'000);
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    revisions[i].id = fmt::format("{:012x}", i * 2654435761U % 1000003U * 1000 + i);
    if (i > 0) revisions[i].down_revisions = {revisions[i - 1].id};
  }
  const std::string last = revisions.back().id;
  std::reverse(revisions.begin(), revisions.end());
  const RevisionGraph graph(std::move(revisions));
  const Plan up = plan_upgrade(graph, {}, "head");
  ASSERT_EQ(up.steps.size(), 20'000u);
  EXPECT_EQ(up.rows_after, std::vector<std::string>{last});
  EXPECT_EQ(plan_downgrade(graph, up.rows_after, "base").steps.size(), 20'000u);
  EXPECT_EQ(plan_downgrade(graph, up.rows_after, "-19999").steps.size(), 19'999u);
  EXPECT_EQ(resolve_history(graph, {}, "-9:").size(), 10u);
}

TEST(LargeGraph, with_1000_heads_keeps_every_row) {
  std::vector<Revision> revisions(1001);
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    revisions[i].id = fmt::format("r{:04}", i);
    if (i > 0) revisions[i].down_revisions = {"r0000"};
  }
  const RevisionGraph graph(std::move(revisions));
  const Plan plan = plan_upgrade(graph, {}, "heads");
  EXPECT_EQ(plan.rows_after.size(), 1000u);
  EXPECT_EQ(plan_downgrade(graph, plan.rows_after, "r0000").rows_after, std::vector<std::string>{"r0000"});
}

}  // namespace
}  // namespace cairn
