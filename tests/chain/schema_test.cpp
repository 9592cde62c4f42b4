#include "chain/chain.hpp"

#include <gtest/gtest.h>

// What 37a02ec8662a builds, asked of the catalog. Each query gives the offenders, so the answer is empty.

namespace cairn::test {
namespace {

using Lines = std::vector<std::string>;

const ChainDatabase& built() {
  static const ChainDatabase database = unseeded_database();
  return database;
}

TEST(ChainSchema, has_exactly_the_eighteen_tables) {
  const Lines tables{"acct.bank_accounts",   "acct.chart_of_accounts", "acct.customer_balances", "acct.journal_entries",
                     "acct.journal_lines",   "core.organizations",     "core.user_org_roles",    "core.users",
                     "inv.items",            "inv.locations",          "inv.stock_levels",       "inv.stock_movements",
                     "pos.customers",        "pos.payments",           "pos.sale_lines",         "pos.sales",
                     "pos.tax_rates",        "pos.terminals"};
  EXPECT_EQ(built().rows(R"(SELECT schemaname || '.' || tablename FROM pg_tables
                             WHERE schemaname IN ('core', 'acct', 'inv', 'pos') ORDER BY 1)"), tables);
}

TEST(ChainSchema, has_enums_and_no_other_types_of_its_own) {
  const Lines enums{"acct.account_type", "acct.journal_status", "acct.normal_balance", "core.user_role",
                    "inv.item_type",     "inv.location_type",   "inv.movement_type",   "pos.payment_method",
                    "pos.payment_status", "pos.sale_status",    "pos.sale_type"};
  EXPECT_EQ(built().rows(R"(SELECT n.nspname || '.' || t.typname
                              FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
                              LEFT JOIN pg_class c ON c.oid = t.typrelid
                             WHERE n.nspname IN ('core', 'acct', 'inv', 'pos') AND t.typcategory <> 'A'
                               AND c.relkind IS DISTINCT FROM 'r' ORDER BY 1)"), enums);
}

struct Rule {
  const char* name;
  const char* offenders;
};

/// Put in front of each query.
constexpr char views[] = R"(
CREATE TEMP VIEW tables AS
  SELECT c.oid, n.nspname || '.' || c.relname AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname IN ('core', 'acct', 'inv', 'pos') AND c.relkind = 'r';
CREATE TEMP VIEW columns AS
  SELECT t.oid, t.name || '.' || a.attname AS name, a.attname AS column, a.attnum AS number,
         format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
         pg_get_expr(d.adbin, d.adrelid) AS value
    FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum;
CREATE TEMP VIEW foreign_keys AS
  SELECT t.name || ' ' || c.conname AS name, c.* FROM tables t JOIN pg_constraint c ON c.conrelid = t.oid
   WHERE c.contype = 'f';
)";

const Rule rules[] = {
    {"every table has a comment", "SELECT name FROM tables WHERE obj_description(oid, 'pg_class') IS NULL"},
    {"every schema has a comment", R"(SELECT nspname FROM pg_namespace WHERE nspname IN ('core', 'acct', 'inv', 'pos')
                                      AND obj_description(oid, 'pg_namespace') IS NULL)"},
    {"every table has a uuid key made by the server",
     R"(SELECT t.name FROM tables t WHERE NOT EXISTS (
          SELECT FROM pg_constraint p JOIN columns c ON c.oid = p.conrelid AND p.conkey = ARRAY[c.number]
           WHERE p.conrelid = t.oid AND p.contype = 'p' AND c.column = 'id' AND c.type = 'uuid'
             AND c.value = 'gen_random_uuid()'))"},
    {"every foreign key begins an index",
     R"(SELECT f.name FROM foreign_keys f WHERE NOT EXISTS (
          SELECT FROM pg_index i WHERE i.indrelid = f.conrelid AND i.indpred IS NULL
             AND (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey))"},
    {"no foreign key deletes or changes other rows",
     "SELECT name FROM foreign_keys WHERE confdeltype <> 'a' OR confupdtype <> 'a' OR condeferrable"},
    {"no foreign key leaves the organization",
     R"(SELECT f.name FROM foreign_keys f
          JOIN columns here ON here.oid = f.conrelid AND here.column = 'organization_id'
          JOIN columns there ON there.oid = f.confrelid AND there.column = 'organization_id'
         WHERE array_position(f.conkey, here.number) IS DISTINCT FROM array_position(f.confkey, there.number)
            OR NOT here.number = ANY (f.conkey))"},
    {"every row of a tenant names its organization",
     R"(SELECT name FROM tables t WHERE name NOT IN ('core.organizations', 'core.users') AND NOT EXISTS (
          SELECT FROM columns c JOIN foreign_keys f ON f.conrelid = c.oid AND f.conkey = ARRAY[c.number]
           WHERE c.oid = t.oid AND c.column = 'organization_id' AND c.required
             AND f.confrelid = 'core.organizations'::regclass))"},
    {"amounts are numeric(14,2)",
     R"(SELECT name || ' ' || type FROM columns
         WHERE "column" ~ '(amount|total|balance|debit|credit|limit)$' AND "column" <> 'normal_balance'
           AND type <> 'numeric(14,2)')"},
    {"quantities, unit prices and unit costs are numeric(14,4)",
     R"(SELECT name || ' ' || type FROM columns
         WHERE "column" ~ '^(quantity|unit_price|unit_cost|reorder_quantity)' AND type <> 'numeric(14,4)')"},
    {"rates are numeric(7,6)", R"(SELECT name || ' ' || type FROM columns
                                   WHERE "column" IN ('rate', 'tax_rate') AND type <> 'numeric(7,6)')"},
    {"nothing is rounded in binary or bound to a locale, and no numeric is without precision",
     "SELECT name || ' ' || type FROM columns WHERE type IN ('real', 'double precision', 'money', 'numeric')"},
    {"times know their zone", "SELECT name || ' ' || type FROM columns WHERE type LIKE '%without time zone'"},
    {"e-mail addresses are citext",
     R"(SELECT name || ' ' || type FROM columns WHERE "column" = 'email' AND type NOT IN ('citext', 'public.citext'))"},
    {"structured columns are jsonb", "SELECT name FROM columns WHERE type = 'json'"},
    {"no sequences", R"(SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE relkind = 'S' AND nspname IN ('core', 'acct', 'inv', 'pos'))"},
    {"names are snake_case", R"(SELECT name FROM columns WHERE name !~ '^[a-z]+[.][a-z][a-z0-9_]*[.][a-z][a-z0-9_]*$')"},
    {"constraints are named by kind and table",
     R"(SELECT t.name || ' ' || c.conname FROM tables t JOIN pg_constraint c ON c.conrelid = t.oid
         WHERE c.contype <> 'n' AND c.conname NOT LIKE
           CASE c.contype WHEN 'p' THEN 'pk\_' WHEN 'u' THEN 'uq\_' WHEN 'f' THEN 'fk\_' WHEN 'c' THEN 'ck\_' END
           || replace(split_part(t.name, '.', 2), '_', '\_') || '%')"},
    {"nothing of the chain stands in public",
     R"(SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
           AND c.relname NOT LIKE 'alembic%' AND c.relname NOT LIKE 'cairn%' AND NOT EXISTS (
             SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))"},
};

TEST(ChainSchema, follows_its_own_rules) {
  for (const Rule& rule : rules) {
    SCOPED_TRACE(rule.name);
    EXPECT_EQ(built().rows(std::string(views) + rule.offenders), Lines{});
  }
}

// The rules above answer with nothing when their views are empty; this shows that they see the schema.
TEST(ChainSchema, rules_look_at_all_of_it) {
  EXPECT_EQ(built().value(std::string(views) + "SELECT count(*) FROM tables"), "18");
  EXPECT_EQ(built().value(std::string(views) + "SELECT count(*) > 40 FROM foreign_keys"), "t");
  EXPECT_EQ(built().value(std::string(views) + R"(SELECT count(*) > 5 FROM columns WHERE type = 'numeric(14,2)')"), "t");
}

}  // namespace
}  // namespace cairn::test
