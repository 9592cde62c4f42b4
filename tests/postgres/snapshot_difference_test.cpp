#include "base/error.hpp"
#include "schema/difference.hpp"
#include "schema/fingerprint.hpp"
#include "schema/queries.hpp"
#include "schema/query_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace cairn {
namespace {

/// Answers from a list; whatever is asked behind its end is answered with nothing.
class ScriptedChannel final : public SqlChannel {
 public:
  explicit ScriptedChannel(std::vector<Reply> replies) : replies_(std::move(replies)) {}

  Reply exchange(const Message& message) override {
    texts.push_back(message.text);
    const std::size_t index = texts.size() - 1;
    const Reply reply = index < replies_.size() ? replies_[index] : Reply();
    in_transaction_ = reply.failure.has_value();
    return reply;
  }
  Reply begin_copy_in(const std::string&) override { return {}; }
  bool write_copy(std::string_view) override { return false; }
  Reply end_copy_in(const std::optional<std::string>&) override { return {}; }
  Reply begin_copy_out(const std::string&) override { return {}; }
  std::string_view read_copy() override { return {}; }
  Reply end_copy_out() override { return {}; }
  bool in_transaction() const override { return in_transaction_; }
  int backend_pid() const override { return 1; }
  int server_version() const override { return 150000; }
  std::size_t round_trips() const override { return texts.size(); }

  std::vector<std::string> texts;

 private:
  std::vector<Reply> replies_;
  bool in_transaction_ = false;
};

Reply failure(const char* sqlstate) {
  Reply reply;
  reply.failure = ServerFailure{sqlstate, "words of the server", "", "", "", 0};
  return reply;
}

Reply answers() {
  Reply reply;
  for (const schema::Query& query : schema::queries())
    if (query.since <= 150000 && 150000 < query.before)
      reply.results.push_back({"SELECT 1", {"", "", ""}, {{"kind", std::string(query.name), "{}"}}});
  return reply;
}

std::optional<Category> category_of_failure(std::vector<Reply> replies) {
  ScriptedChannel channel(std::move(replies));
  try {
    read_snapshot(channel);
  } catch (const Error& error) {
    return error.category();
  }
  return std::nullopt;
}

TEST(ReadSnapshot, tells_failures_apart) {
  Reply lost;
  lost.lost = true;
  EXPECT_EQ(category_of_failure({answers()}), std::nullopt);
  EXPECT_EQ(category_of_failure({lost}), Category::connection);
  EXPECT_EQ(category_of_failure({failure("57P01")}), Category::connection);
  EXPECT_EQ(category_of_failure({failure("55P03")}), Category::lock);
  EXPECT_EQ(category_of_failure({failure("57014")}), Category::interrupted);
  EXPECT_EQ(category_of_failure({failure("42501")}), Category::configuration);
  EXPECT_EQ(category_of_failure({failure("42703")}), Category::internal);
  EXPECT_EQ(category_of_failure({Reply()}), Category::internal);
}

TEST(ReadSnapshot, tries_again_when_an_object_vanishes_under_it_but_not_for_ever) {
  const Reply vanished = failure("XX000");
  EXPECT_EQ(category_of_failure({vanished, Reply(), vanished, Reply(), answers()}), std::nullopt);
  EXPECT_EQ(category_of_failure({vanished, Reply(), vanished, Reply(), vanished, Reply(), answers()}),
            Category::internal);
  ScriptedChannel channel({vanished, Reply(), answers()});
  read_snapshot(channel);
  EXPECT_EQ(channel.texts.at(1), "ROLLBACK");
}

TEST(Queries, are_one_of_each_name_for_every_server_version) {
  for (const int version : {130000, 140005, 150020, 160000, 170002, 180000, 190000}) {
    std::set<std::string_view> names;
    for (const schema::Query& query : schema::queries()) {
      const bool fits = query.since <= version && version < query.before;
      EXPECT_TRUE(!fits || names.insert(query.name).second) << query.name << " on " << version;
    }
    EXPECT_EQ(names.contains("publications"), true);
    EXPECT_EQ(names.contains("compression"), version >= 140000);
  }
}

TEST(Queries, have_only_known_macros) {
  const SnapshotOptions options{.leave_out = {{"a'b", "c\"d"}}, .column_order = ColumnOrder::matters};
  for (const schema::Query& query : schema::queries()) {
    const std::string text = schema::write_query(query.sql, options);
    EXPECT_EQ(text.find_first_of("{}"), text.npos) << query.name;
  }
  EXPECT_THROW(schema::write_query("select {unknown x}", options), Error);
}

Snapshot snapshot_of(std::vector<SchemaObject> objects) {
  std::sort(objects.begin(), objects.end());
  return {150000, std::move(objects)};
}

TEST(Difference, names_what_is_left_over_missing_and_changed) {
  const Snapshot before = snapshot_of({{"column", "t.a", R"({"type": "text", "notnull": false})"},
                                       {"column", "t.b", R"({"type": "text"})"}, {"comment", "table t", R"("old")"},
                                       {"table", "t", "{}"}});
  const Snapshot after = snapshot_of({{"column", "t.a", R"({"type": "int, \"x\"}", "options": [1, {"a": "}"}]})"},
                                      {"comment", "table t", R"("new")"}, {"index", "i", "{}"}, {"table", "t", "{}"}});
  std::vector<std::string> lines;
  for (const Difference& difference : compare(before, after)) lines.push_back(describe(difference));
  EXPECT_EQ(lines, (std::vector<std::string>{
      R"(changed: column t.a (notnull: false, now none; options: none, now [1, {"a": "}"}]; type: "text", now "int, \"x\"}"))",
      "missing: column t.b", R"(changed: comment table t ("old", now "new"))", "left over: index i"}));
  EXPECT_TRUE(compare(after, after).empty());
}

struct LikenessCase {
  const char* kind;
  std::string before;
  std::string after;
  Change change;
};

/// As the catalog prints it, in jsonb.
std::string routine(const std::string& language, const std::string& body) {
  return "{\"definition\": \"CREATE OR REPLACE FUNCTION f()\\n RETURNS integer\\n LANGUAGE " + language +
         "\\n IMMUTABLE\\nAS $function$" + body + "$function$\\n\"}";
}

TEST(Difference, tells_substance_from_order_white_space_and_times) {
  const LikenessCase cases[] = {
      {"column", R"j({"type": "text", "position": 2})j", R"j({"type": "text", "position": 3})j", Change::order},
      {"column", R"j({"type": "text", "position": 2})j", R"j({"type": "date", "position": 3})j", Change::changed},
      {"enum", R"j({"position": 2})j", R"j({"position": 3})j", Change::changed},
      {"function", routine("plpgsql", "BEGIN\\n  RETURN 1;\\nEND"), routine("plpgsql", "BEGIN RETURN\\t1; END"), Change::white_space},
      {"function", routine("sql", "SELECT a b"), routine("sql", "SELECT  a b "), Change::white_space},
      {"function", routine("sql", "SELECT a b"), routine("sql", "SELECT ab"), Change::changed},
      {"function", routine("sql", "SELECT 'a b'"), routine("sql", "SELECT 'a  b'"), Change::changed},
      {"function", routine("sql", "SELECT 'a\\\\n'"), routine("sql", "SELECT 'a\\\\ n'"), Change::changed},
      {"function", routine("sql", "SELECT \\\"a b\\\""), routine("sql", "SELECT \\\"a  b\\\""), Change::changed},
      {"function", routine("sql", "SELECT 1 -- one\\n + 1"), routine("sql", "SELECT 1 -- one + 1"), Change::changed},
      {"function", routine("sql", "SELECT 1 -- one"), routine("sql", "SELECT 1 -- two"), Change::changed},
      {"function", routine("plpython3u", "if a:\\n  b()\\nc()"), routine("plpython3u", "if a:\\n  b()\\n  c()"), Change::changed},
      {"function", R"j({"definition": "a b"})j", R"j({"definition": "a  b"})j", Change::changed},
      {"view", R"j({"definition": "a b"})j", R"j({"definition": "a  b"})j", Change::changed},
      {"view", R"j({"definition": "'2025-11-20 03:00:00.5+00'::timestamp"})j", R"j({"definition": "'2025-11-21 04:10:59.123456+01:30'::timestamp"})j", Change::times},
      {"view", R"j({"definition": "'2025-11-20 03:00:00'::timestamp"})j", R"j({"definition": "'2025-11-20T03:00:01-00'::timestamp"})j", Change::times},
      {"view", R"j({"definition": "'2025-11-20 03:00:00+00'"})j", R"j({"definition": "'2025-11-21 03:00:00+00'"})j", Change::changed},
      {"view", R"j({"definition": "'2025-11-20 23:00:00-08'"})j", R"j({"definition": "'2025-11-20 23:00:00+14'"})j", Change::times},
      {"check", R"j({"definition": "d > '1970-01-01 00:00:00+00'"})j", R"j({"definition": "d > '2026-01-01 00:00:00+00'"})j", Change::changed},
      {"table", R"j({"bound": "FROM ('2025-11-20') TO ('2025-11-21')"})j", R"j({"bound": "FROM ('2026-01-01') TO ('2026-01-02')"})j", Change::changed},
      {"view", R"j({"definition": "'2025-11-20 03:00:00' 9"})j", R"j({"definition": "'2025-11-20 03:00:01' 8"})j", Change::changed},
      {"comment", R"j("since 2025-11-20")j", R"j("since 2025-11")j", Change::changed},
      {"comment", R"j("12025-11-20")j", R"j("12025-11-21")j", Change::changed},
  };
  for (const LikenessCase& one : cases) {
    const auto found = compare(snapshot_of({{one.kind, "o", one.before}}), snapshot_of({{one.kind, "o", one.after}}));
    ASSERT_EQ(found.size(), 1u) << one.before;
    EXPECT_EQ(found[0].change, one.change) << one.before << " " << one.after;
  }
}

TEST(Difference, of_long_values_shows_where_they_part) {
  const std::string same(200, 'x');
  const auto found = compare(snapshot_of({{"function", "f", R"j({"definition": ")j" + same + R"j( RETURN old_value; END"})j"}}),
                             snapshot_of({{"function", "f", R"j({"definition": ")j" + same + R"j( RETURN new_value; END"})j"}}));
  EXPECT_EQ(describe(found.at(0)), "changed: function f (definition: …xxxxxxxxxxxx RETURN old_value; END\", now …xxxxxxxxxxxx RETURN new_value; END\")");
}

TEST(Difference, keeps_definitions_apart_that_share_an_identity) {
  const Snapshot one = snapshot_of({{"trigger", "t", "1"}});
  const Snapshot two = snapshot_of({{"trigger", "t", "1"}, {"trigger", "t", "2"}});
  EXPECT_EQ(compare(one, two).size(), 1u);
  EXPECT_EQ(compare(two, one).size(), 1u);
}

TEST(Fingerprint, differs_when_the_same_bytes_are_divided_otherwise) {
  EXPECT_NE(fingerprint(snapshot_of({{"a", "b", "cd"}})), fingerprint(snapshot_of({{"a", "bc", "d"}})));
  EXPECT_EQ(fingerprint(snapshot_of({})).size(), 64u);
}

}  // namespace
}  // namespace cairn
