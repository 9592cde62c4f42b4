#include "report/smoke_effects.hpp"
#include "report/smoke_locks.hpp"
#include "report/smoke_words.hpp"
#include "smoke_report/sample.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

using Lines = std::vector<std::string>;

std::string told(const LockSpan& span) {
  return span.relation + " " + span.mode + " " + std::to_string(span.first) + "-" + std::to_string(span.last) + " " + short_time(span.duration);
}

Lines spans_of(const char* id) {
  Sample sample = make_sample();
  Lines lines;
  for (const LockSpan& span : find_lock_spans(sample.proof(id).up_effects)) lines.push_back(told(span));
  return lines;
}

TEST(LockSpans, reach_to_the_last_statement_that_ends_with_the_lock) {
  EXPECT_EQ(spans_of("5b1c9e20d7f4"), (Lines{"public.customers ShareLock 1-3 2.2 s", "public.orders ShareLock 2-3 352 ms",
                                             "public.customers ShareUpdateExclusiveLock 3-3 42 ms"}));
}

TEST(LockSpans, begin_with_the_strongest_and_leave_out_what_is_new) {
  EXPECT_EQ(spans_of("8e44a10b6c52"), (Lines{"public.customers AccessExclusiveLock 0-2 102 ms", "public.customers RowExclusiveLock 2-2 95 ms",
                                             "public.customers AccessShareLock 1-2 98 ms"}));
  EXPECT_EQ(spans_of("37a02ec8662a"), Lines{});
}

TEST(LockSpans, end_where_a_lock_is_let_go) {
  StepEffects step;
  step.statements.resize(3);
  for (StatementEffects& statement : step.statements) statement.duration = std::chrono::milliseconds(5);
  const SeenLock lock{.relation = {.name = "public.a", .kind = "table"}, .mode = "ShareUpdateExclusiveLock"};
  step.statements[0].taken = {lock};
  step.statements[2].taken = {lock};
  const std::vector<LockSpan> spans = find_lock_spans(step);
  ASSERT_EQ(spans.size(), 2u);
  EXPECT_EQ(told(spans[0]), "public.a ShareUpdateExclusiveLock 0-0 5 ms");
  EXPECT_EQ(told(spans[1]), "public.a ShareUpdateExclusiveLock 2-2 5 ms");
}

TEST(Effects, are_told_in_words) {
  Sample sample = make_sample();
  EXPECT_EQ(describe_effects(sample.proof("a3f29c5561be").up_effects),
            (Lines{"writes public.orders anew (type)", "changes the type of column public.orders.total from double precision to numeric(14,2)",
                   "reads the whole of public.orders (800000 rows)"}));
  EXPECT_EQ(describe_effects(sample.proof("b70e1d84c9a2").up_effects),
            (Lines{"drops what nobody named: index public.customers_fax", "drops column public.customers.fax"}));
  EXPECT_EQ(describe_rows(sample.proof("c81f66d2e035").up_effects), Lines{"inserts 2 rows into public.tax_rates"});
}

TEST(Made, is_told_by_kind_and_without_what_goes_without_saying) {
  Sample sample = make_sample();
  EXPECT_EQ(describe_made(sample.proof("37a02ec8662a").made),
            (Lines{"new index: public.customers_pkey", "new table: public.customers, public.orders"}));
}

TEST(Effects, leave_out_what_a_new_table_brings) {
  Sample sample = make_sample();
  EXPECT_EQ(describe_effects(sample.proof("37a02ec8662a").up_effects), Lines{});
}

TEST(Effects, name_few_of_many_that_go_by_cascade) {
  StatementEffects statement;
  for (int i = 0; i < 12; ++i) statement.drops.push_back({"function", "f" + std::to_string(i), true});
  EXPECT_EQ(describe_effects(statement),
            Lines{"drops what nobody named: function f0, function f1, function f2, function f3, function f4, function f5, function f6, function f7 "
                  "and 4 more"});
}

TEST(Effects, leave_out_what_goes_with_its_table) {
  StatementEffects statement;
  statement.drops = {{"table", "public.a", false}, {"table constraint", "a_check on public.a", true}, {"view", "public.v", true}};
  EXPECT_EQ(describe_effects(statement), (Lines{"drops table public.a", "drops what nobody named: view public.v"}));
}

TEST(Differences, are_counted_where_they_are_of_no_account) {
  const std::vector<Difference> differences{{Change::times, "row", "a", "1", "2"}, {Change::times, "row", "b", "1", "2"},
                                            {Change::order, "column", "e", R"({"position": 1})", R"({"position": 2})"},
                                            {Change::left_over, "table", "c", "", "{}"}, {Change::white_space, "function", "d", "1", "2"}};
  EXPECT_EQ(describe_differences(differences),
            (Lines{"left over: table c", "order only: column e (position: 1, now 2)", "white space only: function d", "times only: 2 objects"}));
}

struct Time {
  long long micro;
  const char* shown;
};

TEST(Times, are_short) {
  const Time rows[] = {{0, "< 1 ms"}, {999, "< 1 ms"}, {1000, "1 ms"}, {12'400, "12 ms"}, {999'499, "999 ms"}, {999'500, "1.0 s"},
                       {12'345'000, "12.3 s"}, {125'000'000, "125 s"}};
  for (const Time& row : rows) EXPECT_EQ(short_time(std::chrono::microseconds(row.micro)), row.shown);
}

}  // namespace
}  // namespace cairn::test
