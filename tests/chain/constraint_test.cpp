#include "chain/chain.hpp"

#include <gtest/gtest.h>

// Rows a business cannot have, and the constraint that refuses each.

namespace cairn::test {
namespace {

/// Two organizations (1 and 2) with what the cases refer to. Ids are written as x(n).
constexpr char world[] = R"sql(
BEGIN;
CREATE FUNCTION pg_temp.x(n int) RETURNS uuid LANGUAGE sql IMMUTABLE
  RETURN ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid;
INSERT INTO core.organizations (id, slug, name) VALUES (pg_temp.x(1), 'one', 'One'), (pg_temp.x(2), 'two', 'Two');
INSERT INTO core.users (id, email, full_name) VALUES (pg_temp.x(3), 'Ana@Example.com', 'Ana');
INSERT INTO acct.chart_of_accounts (id, organization_id, code, name, account_type, normal_balance) VALUES
  (pg_temp.x(11), pg_temp.x(1), '1000', 'Cash', 'asset', 'debit'),
  (pg_temp.x(12), pg_temp.x(2), '1000', 'Cash', 'asset', 'debit');
INSERT INTO acct.journal_entries (id, organization_id, entry_number, entry_date) VALUES
  (pg_temp.x(21), pg_temp.x(1), 'J1', '2025-12-01');
INSERT INTO inv.locations (id, organization_id, code, name) VALUES
  (pg_temp.x(31), pg_temp.x(1), 'A', 'A'), (pg_temp.x(32), pg_temp.x(2), 'B', 'B');
INSERT INTO inv.items (id, organization_id, sku, name, unit_price) VALUES (pg_temp.x(41), pg_temp.x(1), 'S', 'Soap', 1.2345);
INSERT INTO pos.terminals (id, organization_id, location_id, code, name) VALUES
  (pg_temp.x(51), pg_temp.x(1), pg_temp.x(31), 'T', 'T');
INSERT INTO pos.customers (id, organization_id, customer_number, full_name, email) VALUES
  (pg_temp.x(61), pg_temp.x(1), 'C1', 'Bo', 'bo@example.com');
INSERT INTO pos.sales (id, organization_id, sale_number, terminal_id, location_id, cashier_id, currency_code,
                       subtotal, discount_total, tax_total, total)
VALUES (pg_temp.x(71), pg_temp.x(1), 'R1', pg_temp.x(51), pg_temp.x(31), pg_temp.x(3), 'USD', 100, 10, 7.43, 97.43);
)sql";

struct Case {
  const char* name;
  const char* sql;
  const char* refused_by;  ///< empty: accepted
};

const Case cases[] = {
    {"an e-mail address twice, in other letters",
     "INSERT INTO core.users (email, full_name) VALUES ('ANA@example.COM', 'Ana')", "uq_users_email"},
    {"an e-mail address without a domain", "INSERT INTO core.users (email, full_name) VALUES ('ana@', 'Ana')",
     "ck_users_email"},
    {"an empty password hash", "UPDATE core.users SET password_hash = ''", "ck_users_password_hash"},
    {"a currency in small letters", "UPDATE core.organizations SET currency_code = 'usd'",
     "ck_organizations_currency_code"},
    {"settings that are a list", "UPDATE core.organizations SET settings = '[]'", "ck_organizations_settings"},
    {"a role twice", R"(INSERT INTO core.user_org_roles (organization_id, user_id, role)
                        VALUES (pg_temp.x(1), pg_temp.x(3), 'admin'), (pg_temp.x(1), pg_temp.x(3), 'admin'))",
     "uq_user_org_roles_role"},
    {"an account that is its own heading", "UPDATE acct.chart_of_accounts SET parent_id = id",
     "ck_chart_of_accounts_parent"},
    {"a heading of another organization",
     "UPDATE acct.chart_of_accounts SET parent_id = pg_temp.x(12) WHERE id = pg_temp.x(11)",
     "fk_chart_of_accounts_parent"},
    {"a posted entry without its time", "UPDATE acct.journal_entries SET status = 'posted'", "ck_journal_entries_posted"},
    {"a line with both sides", R"(INSERT INTO acct.journal_lines (organization_id, entry_id, line_number, account_id, debit, credit)
                                  VALUES (pg_temp.x(1), pg_temp.x(21), 1, pg_temp.x(11), 5, 5))",
     "ck_journal_lines_one_side"},
    {"a line with neither side", R"(INSERT INTO acct.journal_lines (organization_id, entry_id, line_number, account_id)
                                    VALUES (pg_temp.x(1), pg_temp.x(21), 1, pg_temp.x(11)))",
     "ck_journal_lines_one_side"},
    {"a negative side", R"(INSERT INTO acct.journal_lines (organization_id, entry_id, line_number, account_id, debit, credit)
                           VALUES (pg_temp.x(1), pg_temp.x(21), 1, pg_temp.x(11), 5, -5))",
     "ck_journal_lines_one_side"},
    {"a line on an account of another organization",
     R"(INSERT INTO acct.journal_lines (organization_id, entry_id, line_number, account_id, debit)
        VALUES (pg_temp.x(1), pg_temp.x(21), 1, pg_temp.x(12), 5))",
     "fk_journal_lines_account"},
    {"a tax rate in per cent", "INSERT INTO pos.tax_rates (organization_id, code, name, rate) VALUES (pg_temp.x(1), 'V', 'V', 8.25)",
     "ck_tax_rates_rate"},
    {"a terminal at a location of another organization", "UPDATE pos.terminals SET location_id = pg_temp.x(32)",
     "fk_terminals_location"},
    {"two active customers with one address",
     R"(INSERT INTO pos.customers (organization_id, customer_number, full_name, email)
        VALUES (pg_temp.x(1), 'C2', 'Bo', 'BO@example.com'))",
     "ux_customers_active_email"},
    {"a total that does not add up", "UPDATE pos.sales SET total = 97.44", "ck_sales_total"},
    {"more discount than sale", "UPDATE pos.sales SET discount_total = 101, total = 6.43", "ck_sales_discount_total"},
    {"a completed sale without its time", "UPDATE pos.sales SET status = 'completed'", "ck_sales_completed"},
    {"a sale that takes back another", "UPDATE pos.sales SET original_sale_id = id", "ck_sales_original_sale"},
    {"a sale line of nothing", R"(INSERT INTO pos.sale_lines (organization_id, sale_id, line_number, item_id, description, quantity,
                                  unit_price, line_total) VALUES (pg_temp.x(1), pg_temp.x(71), 1, pg_temp.x(41), 'Soap', 0, 1, 0))",
     "ck_sale_lines_quantity"},
    {"a payment below zero", R"(INSERT INTO pos.payments (organization_id, sale_id, payment_method, amount, currency_code)
                                VALUES (pg_temp.x(1), pg_temp.x(71), 'card', -1, 'USD'))",
     "ck_payments_amount"},
    {"a payment for nothing and nobody", R"(INSERT INTO pos.payments (organization_id, payment_method, amount, currency_code)
                                            VALUES (pg_temp.x(1), 'card', 1, 'USD'))",
     "ck_payments_purpose"},
    {"wrong change", R"(INSERT INTO pos.payments (organization_id, sale_id, payment_method, amount, tendered_amount, change_amount,
                        currency_code) VALUES (pg_temp.x(1), pg_temp.x(71), 'cash', 97.43, 100, 2.58, 'USD'))",
     "ck_payments_tendered_amount"},
    {"a sale that brings stock in", R"(INSERT INTO inv.stock_movements (organization_id, item_id, location_id, movement_type, quantity)
                                       VALUES (pg_temp.x(1), pg_temp.x(41), pg_temp.x(31), 'sale', 1))",
     "ck_stock_movements_quantity"},
    {"half a transfer", R"(INSERT INTO inv.stock_movements (organization_id, item_id, location_id, movement_type, quantity)
                           VALUES (pg_temp.x(1), pg_temp.x(41), pg_temp.x(31), 'transfer_in', 1))",
     "ck_stock_movements_transfer"},
    {"deleting an account that is a heading",
     R"(INSERT INTO acct.chart_of_accounts (organization_id, parent_id, code, name, account_type, normal_balance)
          VALUES (pg_temp.x(1), pg_temp.x(11), '1010', 'Till', 'asset', 'debit');
        DELETE FROM acct.chart_of_accounts WHERE id = pg_temp.x(11))",
     "fk_chart_of_accounts_parent"},
    {"the right change", R"(INSERT INTO pos.payments (organization_id, sale_id, payment_method, amount, tendered_amount, change_amount,
                            currency_code) VALUES (pg_temp.x(1), pg_temp.x(71), 'cash', 97.43, 100, 2.57, 'USD'))",
     ""},
    {"stock below zero", R"(INSERT INTO inv.stock_levels (organization_id, item_id, location_id, quantity_on_hand)
                            VALUES (pg_temp.x(1), pg_temp.x(41), pg_temp.x(31), -2.5))",
     ""},
};

TEST(ChainConstraints, refuse_what_a_business_cannot_have) {
  const ChainDatabase database = unseeded_database();
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string refusal = database.refusal(std::string(world) + c.sql + "; ROLLBACK");
    const std::string refused_by = c.refused_by;
    if (refused_by.empty()) EXPECT_EQ(refusal, "");
    else EXPECT_NE(refusal.find("constraint \"" + refused_by + "\""), std::string::npos) << refusal;
  }
}

}  // namespace
}  // namespace cairn::test
