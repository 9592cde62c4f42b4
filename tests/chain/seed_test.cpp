#include "chain/chain.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

constexpr char hash[] = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaCB0aGF0J3MgYSBoYXNo";

/// As a second run on a database that has the rows but not the revision: the row is set back, as a stamp would.
void forget_the_seed(const ChainDatabase& database) {
  database.execute("UPDATE public.alembic_version SET version_num = '853113448960'");
}

TEST(Seed, gives_an_organization_that_can_sell) {
  const ChainDatabase database = seeded_database();
  EXPECT_EQ(database.rows(R"(SELECT o.slug, u.email, r.role, u.is_active
                               FROM core.user_org_roles r JOIN core.organizations o ON o.id = r.organization_id
                               JOIN core.users u ON u.id = r.user_id)"),
            std::vector<std::string>{"default|admin@arcoirispos.local|admin|t"});
  EXPECT_EQ(database.rows("SELECT t.code, l.code FROM pos.terminals t JOIN inv.locations l ON l.id = t.location_id"),
            std::vector<std::string>{"POS-1|MAIN"});
}

TEST(Seed, links_the_organization_to_rows_that_exist) {
  const ChainDatabase database = seeded_database();
  EXPECT_EQ(database.value(R"(SELECT count(*) FROM core.organizations o
                               JOIN inv.locations l ON l.code = o.settings ->> 'default_location'
                               JOIN pos.terminals t ON t.code = o.settings ->> 'default_terminal')"), "1");
  EXPECT_EQ(database.value("SELECT count(*) >= 10 FROM core.organizations, jsonb_each_text(settings -> 'accounts')"), "t");
  EXPECT_EQ(database.rows(R"(SELECT link.key FROM core.organizations o, jsonb_each_text(o.settings -> 'accounts') AS link
                              WHERE NOT EXISTS (SELECT FROM acct.chart_of_accounts a
                                                 WHERE a.organization_id = o.id AND a.code = link.value AND a.is_postable))"),
            std::vector<std::string>{});
}

TEST(Seed, gives_a_chart_of_accounts_in_order) {
  const ChainDatabase database = seeded_database();
  EXPECT_EQ(database.value("SELECT count(DISTINCT account_type) FROM acct.chart_of_accounts"), "5");
  EXPECT_EQ(database.rows(R"(SELECT a.code FROM acct.chart_of_accounts a
                              LEFT JOIN acct.chart_of_accounts p ON p.id = a.parent_id
                             WHERE a.is_postable <> (p.id IS NOT NULL) OR a.account_type <> p.account_type
                                OR p.is_postable)"), std::vector<std::string>{});
}

TEST(Seed, is_data_only) {
  const ChainDatabase database = unseeded_database();
  const Schema schema = database.schema();
  database.require_upgrade(seed);
  EXPECT_EQ(differences(schema, database.schema()), std::vector<std::string>{});
}

TEST(Seed, makes_the_same_rows_everywhere) {
  const ChainDatabase first = unseeded_database();
  const ChainDatabase second = unseeded_database();
  first.require_upgrade(seed);
  second.require_upgrade(seed);
  EXPECT_EQ(first.sorted_data(Times::left_out), second.sorted_data(Times::left_out));
}

TEST(Seed, changes_nothing_when_run_again) {
  const ChainDatabase database = seeded_database();
  database.execute(R"(UPDATE core.organizations SET name = 'Renamed', slug = 'renamed';
                   UPDATE core.users SET email = 'boss@example.com';
                   UPDATE inv.locations SET code = 'CENTER';
                   UPDATE acct.chart_of_accounts SET code = '1001' WHERE code = '1000')");
  const std::string before = database.data();
  forget_the_seed(database);
  database.require_upgrade(seed);
  EXPECT_EQ(database.data(), before);
}

TEST(Seed, brings_back_what_was_deleted_under_renamed_rows) {
  const ChainDatabase database = seeded_database();
  database.execute(R"(UPDATE core.organizations SET slug = 'renamed';
                   UPDATE acct.chart_of_accounts SET code = '1001' WHERE code = '1000';
                   DELETE FROM acct.chart_of_accounts WHERE code = '1010')");
  forget_the_seed(database);
  database.require_upgrade(seed);
  EXPECT_EQ(database.rows(R"(SELECT o.slug, p.code FROM acct.chart_of_accounts a
                               JOIN core.organizations o ON o.id = a.organization_id
                               JOIN acct.chart_of_accounts p ON p.id = a.parent_id WHERE a.code = '1010')"),
            std::vector<std::string>{"renamed|1001"});
}

TEST(Seed, removes_exactly_its_own_rows) {
  const ChainDatabase database = unseeded_database();
  database.execute(R"(INSERT INTO core.organizations (slug, name) VALUES ('mine', 'Mine');
                   INSERT INTO core.users (email, full_name) VALUES ('me@example.com', 'Me');
                   INSERT INTO core.user_org_roles (organization_id, user_id, role)
                     SELECT o.id, u.id, 'owner' FROM core.organizations o, core.users u;
                   INSERT INTO acct.chart_of_accounts (organization_id, code, name, account_type, normal_balance)
                     SELECT id, '1000', 'Mine', 'asset', 'debit' FROM core.organizations;
                   INSERT INTO inv.locations (organization_id, code, name) SELECT id, 'MAIN', 'Mine' FROM core.organizations)");
  const std::string before = database.data();
  database.require_upgrade(seed);
  EXPECT_NE(database.data(), before);
  database.require_downgrade("-1");
  EXPECT_EQ(database.data(), before);
}

/// Each makes rows the seed would make, under its natural keys and with ids of their own.
struct There {
  const char* name;
  const char* made_by;
  const char* linked;  ///< a query that answers t when the seeded rows point to them
};

const There rows_there[] = {
    {"organization", "INSERT INTO core.organizations (slug, name) VALUES ('default', 'Old')",
     R"(SELECT count(*) = 1 AND (SELECT count(DISTINCT organization_id) = 1 FROM acct.chart_of_accounts)
          FROM core.organizations o JOIN pos.terminals t ON t.organization_id = o.id
          JOIN core.user_org_roles r ON r.organization_id = o.id WHERE o.name = 'Old')"},
    {"administrator, in other letters", "INSERT INTO core.users (email, full_name) VALUES ('Admin@ArcoirisPOS.local', 'Old')",
     "SELECT count(*) = 1 FROM core.user_org_roles r JOIN core.users u ON u.id = r.user_id WHERE u.full_name = 'Old'"},
    {"organization, administrator and role",
     R"(INSERT INTO core.organizations (slug, name) VALUES ('default', 'Old');
        INSERT INTO core.users (email, full_name) VALUES ('admin@arcoirispos.local', 'Old');
        INSERT INTO core.user_org_roles (organization_id, user_id, role)
          SELECT o.id, u.id, 'admin' FROM core.organizations o, core.users u)",
     "SELECT count(*) = 1 FROM core.user_org_roles"},
    {"location", R"(INSERT INTO core.organizations (slug, name) VALUES ('default', 'Old');
                    INSERT INTO inv.locations (organization_id, code, name) SELECT id, 'MAIN', 'Old' FROM core.organizations)",
     "SELECT count(*) = 1 FROM pos.terminals t JOIN inv.locations l ON l.id = t.location_id WHERE l.name = 'Old'"},
    {"a heading and an account",
     R"(INSERT INTO core.organizations (slug, name) VALUES ('default', 'Old');
        INSERT INTO acct.chart_of_accounts (organization_id, code, name, account_type, normal_balance)
          SELECT id, unnest(ARRAY['1000', '6020']), 'Old', 'asset', 'debit' FROM core.organizations)",
     R"(SELECT count(*) > 5 AND (SELECT count(*) = 1 FROM acct.chart_of_accounts WHERE code = '6020')
          FROM acct.chart_of_accounts a JOIN acct.chart_of_accounts p ON p.id = a.parent_id WHERE p.name = 'Old')"},
};

TEST(Seed, leaves_a_row_that_is_there_and_points_to_it) {
  for (const There& there : rows_there) {
    SCOPED_TRACE(there.name);
    const ChainDatabase database = unseeded_database();
    database.execute(there.made_by);
    const std::string before = database.data();
    database.require_upgrade(seed);
    EXPECT_EQ(database.value(there.linked), "t");
    database.require_downgrade("-1");
    EXPECT_EQ(database.data(), before);
  }
}

struct Reference {
  const char* made_by;
  const char* table;
};

const Reference references[] = {
    {"INSERT INTO core.user_org_roles (organization_id, user_id, role) SELECT o.id, u.id, 'owner' FROM core.organizations o, core.users u",
     "core.user_org_roles"},
    {"INSERT INTO acct.chart_of_accounts (organization_id, parent_id, code, name, account_type, normal_balance) "
     "SELECT organization_id, id, '1099', 'Mine', 'asset', 'debit' FROM acct.chart_of_accounts WHERE code = '1000'",
     "acct.chart_of_accounts"},
    {"INSERT INTO acct.bank_accounts (organization_id, account_id, name, currency_code) "
     "SELECT organization_id, id, 'Bank', 'USD' FROM acct.chart_of_accounts WHERE code = '1050'",
     "acct.bank_accounts"},
    {"INSERT INTO pos.customers (organization_id, customer_number, full_name) SELECT id, 'C1', 'Bo' FROM core.organizations",
     "pos.customers"},
    {"INSERT INTO inv.locations (organization_id, code, name) SELECT id, 'SECOND', 'Second' FROM core.organizations",
     "inv.locations"},
    {"INSERT INTO pos.sales (organization_id, sale_number, terminal_id, location_id, cashier_id, currency_code) "
     "SELECT t.organization_id, 'R1', t.id, t.location_id, u.id, 'USD' FROM pos.terminals t, core.users u",
     "pos.sales"},
    {"INSERT INTO acct.journal_entries (organization_id, entry_number, entry_date, created_by) "
     "SELECT o.id, 'J1', '2025-12-01', u.id FROM core.organizations o, core.users u",
     "acct.journal_entries"},
};

TEST(Seed, refuses_to_remove_a_row_that_is_referred_to_and_names_the_table) {
  for (const Reference& reference : references) {
    SCOPED_TRACE(reference.table);
    const ChainDatabase database = seeded_database();
    database.execute(reference.made_by);
    const std::string before = database.data();
    const Finished finished = database.downgrade("-1");
    EXPECT_EQ(finished.code, revision_failed);
    EXPECT_TRUE(says(finished, std::string("seeded rows are still referred to by ") + reference.table))
        << finished.out << finished.err;
    EXPECT_EQ(database.data(), before);
    EXPECT_EQ(database.value("SELECT version_num FROM public.alembic_version"), seed);
  }
}

std::string stored_hash(const ChainDatabase& database) {
  return database.value("SELECT coalesce(password_hash, 'null') FROM core.users WHERE email = 'admin@arcoirispos.local'");
}

TEST(SeedPassword, is_none_without_the_variable_and_a_notice_says_so) {
  const ChainDatabase database = unseeded_database();
  const Finished finished = database.upgrade(seed);
  EXPECT_EQ(finished.code, 0);
  EXPECT_EQ(stored_hash(database), "null");
  EXPECT_TRUE(says(finished, "cannot log in")) << finished.out << finished.err;
  EXPECT_TRUE(says(finished, "admin_password_hash")) << finished.out << finished.err;
}

TEST(SeedPassword, is_the_hash_of_the_variable) {
  const ChainDatabase database = unseeded_database();
  const Finished finished = database.upgrade(seed, {{"admin_password_hash", hash}});
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_EQ(stored_hash(database), hash);
  EXPECT_FALSE(says(finished, "cannot log in")) << finished.out << finished.err;
  EXPECT_FALSE(says(finished, hash)) << "the hash was printed";
}

TEST(SeedPassword, is_passed_as_a_value_and_never_as_sql) {
  const std::string sly = "$5$'||(select'x')||'$';drop/**/schema/**/pos;--\\$$";
  const ChainDatabase database = unseeded_database();
  const Finished finished = database.upgrade(seed, {{"admin_password_hash", sly}});
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_EQ(stored_hash(database), sly);
}

TEST(SeedPassword, refuses_what_is_not_a_hash_without_showing_it) {
  const std::string wrong[] = {"", "Tr0ub4dor&3", "a long sentence as a password", "b2$xyzxyzxyzxyzxyzxyzxyz",
                               "$argon2id with blanks $ in it"};
  for (const std::string& value : wrong) {
    SCOPED_TRACE(value);
    const ChainDatabase database = unseeded_database();
    const Finished finished = database.upgrade(seed, {{"admin_password_hash", value}});
    EXPECT_EQ(finished.code, revision_failed);
    EXPECT_TRUE(says(finished, "admin_password_hash is not a password hash")) << finished.out << finished.err;
    EXPECT_TRUE(value.empty() || !says(finished, value)) << "the value was printed";
    EXPECT_EQ(database.value("SELECT count(*) FROM core.users"), "0");
  }
}

TEST(SeedPassword, of_an_account_that_was_there_stays) {
  const ChainDatabase database = unseeded_database();
  database.execute("INSERT INTO core.users (email, full_name) VALUES ('admin@arcoirispos.local', 'Old')");
  const Finished finished = database.upgrade(seed, {{"admin_password_hash", hash}});
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_EQ(stored_hash(database), "null");
  EXPECT_TRUE(says(finished, "admin_password_hash was not used")) << finished.out << finished.err;
}

TEST(SeedPassword, that_was_changed_since_survives_another_run) {
  const ChainDatabase database = seeded_database();
  database.execute("UPDATE core.users SET password_hash = '$2b$12$changedchangedchanged'");
  forget_the_seed(database);
  const Finished finished = database.upgrade(seed, {{"admin_password_hash", hash}});
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_EQ(stored_hash(database), "$2b$12$changedchangedchanged");
}

TEST(SeedPassword, comes_with_a_later_run_when_the_first_had_none) {
  const ChainDatabase database = seeded_database();
  forget_the_seed(database);
  EXPECT_EQ(database.upgrade(seed, {{"admin_password_hash", hash}}).code, 0);
  EXPECT_EQ(stored_hash(database), hash);
}

}  // namespace
}  // namespace cairn::test
