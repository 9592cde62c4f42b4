#include "lint/policies.hpp"

#include "findings_text.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

using test::text_of;

Difference made(std::string kind, std::string identity, std::string after = "{}") {
  return {.change = Change::left_over, .kind = std::move(kind), .identity = std::move(identity), .before = {}, .after = std::move(after)};
}

Difference changed(std::string kind, std::string identity) {
  return {.change = Change::changed, .kind = std::move(kind), .identity = std::move(identity), .before = "{}", .after = "[]"};
}

StatementEffects inserting(std::string table, std::uint64_t rows, std::string kind = "table") {
  StatementEffects statement;
  statement.text = "INSERT INTO " + table + " VALUES (1)";
  statement.place = {.file = "up.sql", .line = 3, .column = 0, .excerpt = {}, .caret = 0};
  SeenRows seen;
  seen.relation = {.name = std::move(table), .kind = std::move(kind), .fresh = false};
  seen.inserted = rows;
  statement.rows.push_back(seen);
  return statement;
}

StatementEffects updating(std::string table) {
  StatementEffects statement = inserting(std::move(table), 0);
  statement.rows.front().updated = 7;
  return statement;
}

StatementEffects saying(std::string text, std::size_t line = 0) {
  StatementEffects statement;
  statement.text = std::move(text);
  statement.place.line = line;
  return statement;
}

enum class Part { revision, seed, baseline };

struct ChangeRow {
  const char* name;
  Part part;
  std::vector<Difference> made;
  std::vector<StatementEffects> statements;
  const char* findings;
};

const std::string uuid_column = R"j({"type": "uuid", "notnull": true})j";
const std::string uuid_column_made = R"j({"type": "uuid", "default": "gen_random_uuid()", "notnull": true})j";
const std::string key_of_id = R"j({"definition": "PRIMARY KEY (id)"})j";

const ChangeRow change_rows[] = {
    {"a baseline of schemas and extensions", Part::baseline,
     {made("schema", "core"), made("extension", "citext"), made("comment", "schema core"), made("comment", "extension citext"), changed("schema", "public")},
     {}, ""},
    {"a baseline with a table", Part::baseline, {made("schema", "core"), made("table", "core.a"), made("column", "core.a.id")}, {},
     "baseline-not-minimal: the baseline makes more than schemas and extensions: table core.a, column core.a.id\n"},
    {"a baseline with an enum", Part::baseline, {made("enum", "core.mood")}, {},
     "baseline-not-minimal: the baseline makes more than schemas and extensions: enum core.mood\n"},
    {"a baseline with much", Part::baseline,
     {made("sequence", "core.a"), made("sequence", "core.b"), made("sequence", "core.c"), made("sequence", "core.d"), made("sequence", "core.e"),
      made("sequence", "core.f"), made("comment", "table core.a")},
     {}, "baseline-not-minimal: the baseline makes more than schemas and extensions: sequence core.a, sequence core.b, sequence core.c, sequence "
         "core.d, sequence core.e and 2 more\n"},
    {"a baseline with rows", Part::baseline, {}, {inserting("public.settings", 2)},
     "baseline-not-minimal: the baseline makes more than schemas and extensions: 2 rows in public.settings\n"},

    {"a seed with data", Part::seed, {}, {inserting("core.users", 3), updating("core.users")}, ""},
    {"a seed with a table", Part::seed, {made("table", "core.a"), changed("table", "core.b")}, {},
     "seed-changes-schema: the seed changes table core.a, table core.b\n"},

    {"rows are changed", Part::revision, {}, {updating("core.users")}, ""},
    {"rows come with a revision", Part::revision, {}, {inserting("core.users", 2), inserting("core.users", 1)},
     "rows-outside-seeds: it inserts 3 rows into core.users and is no seed\n"},
    {"rows of several tables", Part::revision, {}, {inserting("core.users", 1), inserting("acct.books", 1)},
     "rows-outside-seeds: it inserts 1 row into acct.books and is no seed\nrows-outside-seeds: it inserts 1 row into core.users and is no seed\n"},
    {"what the server writes for itself", Part::revision, {},
     {inserting("core.totals", 4, "materialized view"), inserting("pg_toast.pg_toast_1", 4, "toast table")}, ""},

    {"in the schemas", Part::revision, {made("table", "core.a"), made("view", "acct.b"), made("function", "core.f(integer)"), made("enum", "core.mood")}, {}, ""},
    {"beside the schemas", Part::revision, {made("table", "public.a"), made("function", "public.f(integer)")}, {},
     "outside-schemas: table public.a is made outside of the schemas core, acct\n"
     "outside-schemas: function public.f(integer) is made outside of the schemas core, acct\n"},
    {"another schema", Part::revision, {made("schema", "reports")}, {}, "outside-schemas: schema reports is made outside of the schemas core, acct\n"},
    {"what comes with a table is told with it", Part::revision,
     {made("table", "public.a"), made("column", "public.a.id"), made("index", "public.a_pkey"), made("sequence", "public.a_id_seq", R"j({"owned by": "public.a.id a"})j")},
     {}, "outside-schemas: table public.a is made outside of the schemas core, acct\n"},
    {"an extension goes where it goes", Part::revision, {made("extension", "btree_gin", R"j({"schema": "public"})j")}, {}, ""},
    {"a table that was there is changed", Part::revision, {changed("table", "public.a"), made("column", "public.a.id")}, {}, ""},

    {"a placeholder", Part::revision, {made("column", "core.users.reserved1")}, {}, "placeholder-column: column core.users.reserved1 has the name of a placeholder\n"},
    {"a reserved quantity", Part::revision, {made("column", "core.users.reserved_quantity")}, {}, ""},
    {"a placeholder that was there", Part::revision, {changed("column", "core.users.reserved1")}, {}, ""},
    {"a placeholder that every partition has", Part::revision,
     {made("column", "core.a.spare"), made("column", "core.a_2020.spare", R"j({"inherited": [1, false]})j")}, {},
     "placeholder-column: column core.a.spare has the name of a placeholder\n"},

    {"snake_case", Part::revision, {made("table", "core.journal_lines"), made("column", "core.journal_lines.x2"), made("enum", "core.mood")}, {}, ""},
    {"a key word as a name", Part::revision, {made("table", "core.\"order\"")}, {}, ""},
    {"camels", Part::revision, {made("table", "core.\"Users\""), made("column", "core.users.\"firstName\""), made("domain", "core.\"eMail\"")}, {},
     "not-snake-case: table core.\"Users\" is not named in snake_case: users would be\n"
     "not-snake-case: column core.users.\"firstName\" is not named in snake_case: first_name would be\n"
     "not-snake-case: domain core.\"eMail\" is not named in snake_case: e_mail would be\n"},
    {"columns of a view are called by it", Part::revision, {made("view", "core.v"), made("column", "core.v.\"Full Name\"")}, {}, ""},
    {"indexes and constraints name themselves", Part::revision, {made("index", "core.\"Ix\""), made("constraint", "core.users.\"Ck\"")}, {}, ""},

    {"a key that the server makes", Part::revision, {made("column", "core.users.id", uuid_column_made), made("constraint", "core.users.users_pkey", key_of_id)}, {}, ""},
    {"a key that a function of the project makes", Part::revision,
     {made("column", "core.users.id", R"j({"type": "uuid", "default": "core.uuid_generate_v7()"})j"), made("constraint", "core.users.users_pkey", key_of_id)}, {}, ""},
    {"a key that nobody makes", Part::revision, {made("column", "core.users.id", uuid_column), made("constraint", "core.users.users_pkey", key_of_id)}, {},
     "key-without-default: the key core.users.id has no default that makes a uuid\n"},
    {"a key that is always the same", Part::revision,
     {made("column", "core.users.id", R"j({"type": "uuid", "default": "'0'::uuid"})j"), made("constraint", "core.users.users_pkey", key_of_id)}, {},
     "key-without-default: the key core.users.id has no default that makes a uuid\n"},
    {"a key with quotes and dots", Part::revision,
     {made("column", "core.users.\"a.b\"", uuid_column), made("constraint", "core.users.\"x.y\"", R"j({"definition": "PRIMARY KEY (\"a.b\")"})j")}, {},
     "not-snake-case: column core.users.\"a.b\" is not named in snake_case: a_b would be\n"
     "key-without-default: the key core.users.\"a.b\" has no default that makes a uuid\n"},
    {"a key that refers to another table", Part::revision,
     {made("column", "core.profiles.id", uuid_column), made("constraint", "core.profiles.profiles_pkey", key_of_id),
      made("constraint", "core.profiles.users", R"j({"definition": "FOREIGN KEY (id) REFERENCES core.users(id)"})j")}, {}, ""},
    {"a key of two columns", Part::revision,
     {made("column", "core.roles.user_id", uuid_column), made("constraint", "core.roles.roles_pkey", R"j({"definition": "PRIMARY KEY (user_id, role)"})j")}, {}, ""},
    {"a key of numbers", Part::revision, {made("column", "core.users.id", R"j({"type": "bigint"})j"), made("constraint", "core.users.users_pkey", key_of_id)}, {}, ""},
    {"a key of a column that was there", Part::revision, {made("constraint", "core.users.users_pkey", key_of_id)}, {}, ""},

    {"a reference without schema", Part::revision, {}, {saying("ALTER TABLE core.a ADD FOREIGN KEY (b) REFERENCES users (id)")},
     "unqualified-reference: a foreign key refers to users without naming its schema\n"},
    {"a reference with its schema", Part::revision, {}, {saying("ALTER TABLE core.a ADD FOREIGN KEY (b) REFERENCES core.users (id)")}, ""},
};

std::vector<Finding> breaches_of(const ChangeRow& row) {
  Revision revision;
  revision.id = row.part == Part::baseline ? "000000000001" : "a1";
  revision.seed = row.part == Part::seed;
  StepEffects effects;
  effects.statements = row.statements;
  return find_change_breaches(revision, row.made, effects, {.schemas = {"core", "acct"}, .baseline = "000000000001", .release = {}});
}

TEST(Policy, holds_what_a_revision_makes_against_the_guidelines) {
  for (const ChangeRow& row : change_rows) EXPECT_EQ(text_of(breaches_of(row)), row.findings) << row.name;
}

TEST(Policy, has_for_each_of_its_rules_about_changes_a_case_that_is_found) {
  std::string found;
  for (const ChangeRow& row : change_rows) found += row.findings;
  for (const char* rule : {"baseline-not-minimal", "seed-changes-schema", "rows-outside-seeds", "outside-schemas", "placeholder-column", "not-snake-case",
                           "key-without-default", "unqualified-reference"})
    EXPECT_NE(found.find(std::string(rule) + ": "), found.npos) << rule;
}

TEST(Policy, asks_for_no_schemas_and_no_baseline_that_the_project_does_not_name) {
  const std::vector<Difference> anywhere{made("schema", "reports"), made("table", "public.a")};
  EXPECT_EQ(text_of(find_change_breaches({}, anywhere, {}, {})), "");
}

TEST(Policy, points_at_the_statement_that_speaks_of_the_object) {
  StepEffects effects;
  effects.statements = {saying("CREATE TABLE core.users (\"Spare\" int)", 1), saying("ALTER TABLE core.Users ADD spare int", 4)};
  const std::vector<Finding> breaches = find_change_breaches({}, {made("column", "core.users.spare")}, effects, {});
  ASSERT_EQ(breaches.size(), 1U);
  EXPECT_EQ(breaches.front().place.line, 4U);
  EXPECT_EQ(breaches.front().statement, effects.statements[1].text);
  EXPECT_EQ(breaches.front().direction, Direction::up);
}

TEST(Policy, points_at_a_statement_that_leaves_the_schema_out) {
  StepEffects effects;
  effects.statements = {saying("CREATE TABLE things (id int)", 2)};
  const std::vector<Finding> breaches = find_change_breaches({}, {made("table", "public.things")}, effects, {.schemas = {"core"}, .baseline = {}, .release = {}});
  ASSERT_EQ(breaches.size(), 1U);
  EXPECT_EQ(breaches.front().place.line, 2U);
}

TEST(Policy, points_at_no_statement_when_none_speaks_of_the_object) {
  StepEffects effects;
  effects.statements = {saying("SELECT add_columns('core.users', 'spare')", 1)};
  const std::vector<Finding> breaches = find_change_breaches({}, {made("column", "core.users.spare")}, effects, {});
  ASSERT_EQ(breaches.size(), 1U);
  EXPECT_EQ(breaches.front().place.line, 0U);
  EXPECT_EQ(breaches.front().statement, "");
}

TEST(Policy, points_at_the_first_statement_that_inserts) {
  StepEffects effects;
  effects.statements = {updating("core.users"), inserting("core.users", 1), inserting("core.users", 1)};
  effects.statements[1].place.line = 9;
  const std::vector<Finding> breaches = find_change_breaches({}, {}, effects, {});
  ASSERT_EQ(breaches.size(), 1U);
  EXPECT_EQ(breaches.front().place.line, 9U);
}

}  // namespace
}  // namespace cairn
