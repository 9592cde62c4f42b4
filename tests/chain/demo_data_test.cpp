#include "chain/optional_seed.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

using Lines = std::vector<std::string>;

/// One for all tests that only read.
const ChainDatabase& shop() {
  static const ChainDatabase database = [] {
    ChainDatabase made = offering(demo_data);
    made.require_upgrade(demo_data.target());
    return made;
  }();
  return database;
}

/// A copy to change.
ChainDatabase own_shop() {
  ChainDatabase database(shop().name());
  database.offer(demo_data.name);
  return database;
}

TEST(DemoData, is_a_little_shop) {
  EXPECT_EQ(shop().rows(R"(SELECT (SELECT count(*) FROM inv.items), (SELECT count(*) FROM pos.customers),
                                  count(*), count(*) FILTER (WHERE sale_type = 'return'),
                                  count(DISTINCT completed_at::date), min(completed_at)::date, max(completed_at)::date
                             FROM pos.sales)"),
            Lines{"12|4|28|2|7|2025-12-01|2025-12-07"});
  EXPECT_EQ(shop().rows("SELECT DISTINCT payment_method::text FROM pos.payments ORDER BY 1"),
            (Lines{"bank_transfer", "card", "cash", "mobile", "on_account"}));
}

/// Each query finds what contradicts the sentence.
struct Truth {
  const char* sentence;
  const char* exceptions;
};

const Truth truths[] = {
    {"every sale is the sum of its lines",
     R"(SELECT s.sale_number FROM pos.sales s LEFT JOIN pos.sale_lines l ON l.sale_id = s.id GROUP BY s.id
        HAVING (s.subtotal, s.discount_total, s.tax_total, s.total) IS DISTINCT FROM
               (sum(l.quantity * l.unit_price), sum(l.discount_amount), sum(l.tax_amount), sum(l.line_total)))"},
    {"every line is its goods less discount with tax",
     R"(SELECT id FROM pos.sale_lines WHERE line_total <> quantity * unit_price - discount_amount + tax_amount
           OR tax_amount <> round((quantity * unit_price - discount_amount) * tax_rate, 2))"},
    {"tax is that of the item, and none for those who pay none",
     R"(SELECT l.id FROM pos.sale_lines l JOIN inv.items i ON i.id = l.item_id JOIN pos.tax_rates r ON r.id = i.tax_rate_id
          JOIN pos.sales s ON s.id = l.sale_id LEFT JOIN pos.customers c ON c.id = s.customer_id
         WHERE l.tax_rate_id <> r.id OR l.tax_rate <> CASE WHEN coalesce(c.is_tax_exempt, false) THEN 0 ELSE r.rate END)"},
    {"every sale is paid in full",
     "SELECT sale_number FROM pos.sales s WHERE total IS DISTINCT FROM (SELECT sum(amount) FROM pos.payments p WHERE p.sale_id = s.id)"},
    {"cash gives change and nothing else does",
     R"(SELECT reference FROM pos.payments p JOIN pos.sales s ON s.id = p.sale_id
         WHERE (payment_method = 'cash' AND sale_type = 'sale') <> (tendered_amount IS NOT NULL))"},
    {"a return takes back goods of the sale it names, to the same customer",
     R"(SELECT s.sale_number FROM pos.sales s LEFT JOIN pos.sales o ON o.id = s.original_sale_id
         WHERE s.sale_type = 'return' AND (o.id IS NULL OR o.completed_at >= s.completed_at
               OR o.customer_id IS DISTINCT FROM s.customer_id
               OR EXISTS (SELECT FROM pos.sale_lines l WHERE l.sale_id = s.id AND l.quantity > (
                    SELECT coalesce(sum(b.quantity), 0) FROM pos.sale_lines b WHERE b.sale_id = o.id AND b.item_id = l.item_id))))"},
    {"stock is the sum of its movements",
     R"(SELECT l.id FROM inv.stock_levels l WHERE l.quantity_on_hand <> (SELECT sum(m.quantity) FROM inv.stock_movements m
                                                                      WHERE m.item_id = l.item_id AND m.location_id = l.location_id))"},
    {"everything that moved has a level",
     "SELECT id FROM inv.stock_movements m WHERE NOT EXISTS (SELECT FROM inv.stock_levels l WHERE l.item_id = m.item_id AND l.location_id = m.location_id)"},
    {"stock was never below nothing",
     R"(SELECT id FROM (SELECT id, sum(quantity) OVER (PARTITION BY item_id, location_id ORDER BY occurred_at, id) AS left_over
                          FROM inv.stock_movements) AS running WHERE left_over < 0)"},
    {"what was sold left the shop and what came back returned, services apart",
     R"(SELECT l.id FROM pos.sale_lines l JOIN pos.sales s ON s.id = l.sale_id JOIN inv.items i ON i.id = l.item_id
          LEFT JOIN inv.stock_movements m ON m.sale_line_id = l.id
         WHERE (i.item_type = 'stocked' AND m.quantity IS DISTINCT FROM CASE s.sale_type WHEN 'sale' THEN -l.quantity ELSE l.quantity END)
            OR (i.item_type <> 'stocked' AND m.id IS NOT NULL))"},
    {"a transfer has two sides",
     "SELECT transfer_id FROM inv.stock_movements WHERE transfer_id IS NOT NULL GROUP BY 1 HAVING sum(quantity) <> 0 OR count(*) <> 2"},
    {"every entry balances and has lines",
     R"(SELECT e.entry_number FROM acct.journal_entries e LEFT JOIN acct.journal_lines l ON l.entry_id = e.id
         GROUP BY e.id HAVING count(l.id) < 2 OR sum(l.debit) <> sum(l.credit))"},
    {"every sale has an entry of its day",
     R"(SELECT s.sale_number FROM pos.sales s LEFT JOIN acct.journal_entries e ON e.id = s.journal_entry_id
         WHERE e.status IS DISTINCT FROM 'posted' OR e.entry_date <> s.completed_at::date OR e.source ->> 'sale' <> s.id::text)"},
    {"no entry is booked on a heading",
     "SELECT a.code FROM acct.journal_lines l JOIN acct.chart_of_accounts a ON a.id = l.account_id WHERE NOT a.is_postable"},
};

TEST(DemoData, is_consistent) {
  for (const Truth& truth : truths) EXPECT_EQ(shop().rows(truth.exceptions), Lines{}) << truth.sentence;
}

/// Balances of accounts, computed from the books and from what they are about.
struct Agreement {
  const char* code;
  const char* elsewhere;
};

const Agreement agreements[] = {
    {"1010", "SELECT sum(CASE s.sale_type WHEN 'sale' THEN amount ELSE -amount END) FROM pos.payments JOIN pos.sales s ON s.id = sale_id "
             "WHERE payment_method = 'cash'"},
    {"1200", "SELECT sum(balance) FROM acct.customer_balances"},
    {"1300", "SELECT sum(quantity_on_hand * i.unit_cost) FROM inv.stock_levels JOIN inv.items i ON i.id = item_id"},
    {"2100", "SELECT -sum(CASE sale_type WHEN 'sale' THEN tax_total ELSE -tax_total END) FROM pos.sales"},
    {"4100", "SELECT sum(subtotal) FROM pos.sales WHERE sale_type = 'return'"},
    {"4110", "SELECT sum(discount_total) FROM pos.sales"},
    {"5010", "SELECT -sum(quantity * unit_cost) FROM inv.stock_movements WHERE sale_line_id IS NOT NULL"},
};

TEST(DemoData, has_books_that_agree_with_the_shop) {
  for (const Agreement& agreement : agreements) {
    const std::string books = std::string("SELECT sum(debit - credit) FROM acct.journal_lines l JOIN acct.chart_of_accounts a "
                                          "ON a.id = l.account_id WHERE a.code = '") + agreement.code + "'";
    EXPECT_EQ(shop().value("SELECT round((" + books + "), 2)"), shop().value(std::string("SELECT round((") + agreement.elsewhere + "), 2)"))
        << agreement.code;
    EXPECT_NE(shop().value("SELECT round((" + books + "), 2)"), "0.00") << agreement.code;
  }
}

/// Each makes rows that the seed would make, under its names and with ids of their own.
struct There {
  const char* name;
  const char* made_by;
  const char* linked;   ///< a query that answers t when the seed kept and used them
};

const There rows_there[] = {
    {"the cashier, in other letters", "INSERT INTO core.users (email, full_name) VALUES ('Demo.Cashier@ArcoirisPOS.local', 'Old')",
     "SELECT count(*) = 28 FROM pos.sales s JOIN core.users u ON u.id = s.cashier_id WHERE u.full_name = 'Old'"},
    {"the shop", "INSERT INTO inv.locations (organization_id, code, name) SELECT id, 'DEMO-SHOP', 'Old' FROM core.organizations",
     "SELECT count(*) = 28 FROM pos.sales s JOIN inv.locations l ON l.id = s.location_id WHERE l.name = 'Old'"},
    {"the register", "INSERT INTO pos.terminals (organization_id, location_id, code, name) SELECT organization_id, id, 'DEMO-1', 'Old' FROM inv.locations",
     "SELECT count(*) = 28 FROM pos.sales s JOIN pos.terminals t ON t.id = s.terminal_id WHERE t.name = 'Old'"},
    {"an item that is a service, and a customer",
     "INSERT INTO inv.items (organization_id, sku, name, item_type, unit_price) SELECT id, 'DEMO-MUG', 'Old', 'service', 9 FROM core.organizations; "
     "INSERT INTO pos.customers (organization_id, customer_number, full_name, is_tax_exempt) SELECT id, 'DEMO-C1', 'Old', true FROM core.organizations",
     "SELECT (SELECT count(*) > 0 FROM pos.sale_lines WHERE description = 'Old') AND count(*) = 3 AND sum(tax_total) = 0 "
     "FROM pos.sales s JOIN pos.customers c ON c.id = s.customer_id WHERE c.full_name = 'Old'"},
    {"a rate", "INSERT INTO pos.tax_rates (organization_id, code, name, rate, valid_from) SELECT id, 'DEMO-FOOD', 'Old', 0.05, '2025-01-01' FROM core.organizations",
     "SELECT count(*) > 0 FROM pos.sale_lines l JOIN pos.tax_rates r ON r.id = l.tax_rate_id AND r.name = 'Old' AND l.tax_rate = 0.05"},
    {"a receipt and a booking under the numbers of two",
     "INSERT INTO pos.sales (organization_id, sale_number, terminal_id, location_id, cashier_id, currency_code) "
     "SELECT t.organization_id, 'DEMO-S0021', t.id, t.location_id, u.id, 'USD' FROM pos.terminals t, core.users u; "
     "INSERT INTO acct.journal_entries (organization_id, entry_number, entry_date) SELECT id, 'DEMO-J0005', '2025-12-01' FROM core.organizations",
     "SELECT count(*) = 27 AND count(original_sale_id) = 1 FROM pos.sales"},
    {"stock that somebody keeps",
     "INSERT INTO inv.items (organization_id, sku, name, unit_price) SELECT id, 'DEMO-TEA', 'Old', 9 FROM core.organizations; "
     "INSERT INTO inv.locations (organization_id, code, name) SELECT id, 'DEMO-SHOP', 'Old' FROM core.organizations; "
     "INSERT INTO inv.stock_levels (organization_id, item_id, location_id, quantity_on_hand) "
     "SELECT i.organization_id, i.id, l.id, 3 FROM inv.items i, inv.locations l WHERE l.code = 'DEMO-SHOP'",
     "SELECT quantity_on_hand = 3 AND NOT EXISTS (SELECT FROM inv.stock_movements m WHERE m.item_id = i.id) "
     "FROM inv.items i JOIN inv.stock_levels l ON l.item_id = i.id WHERE i.name = 'Old'"},
};

TEST(DemoData, leaves_a_row_that_is_there_and_points_to_it) {
  for (const There& there : rows_there) {
    SCOPED_TRACE(there.name);
    const ChainDatabase database = offering(demo_data);
    database.execute(there.made_by);
    const Lines before = database.sorted_data(Times::kept);
    database.require_upgrade(demo_data.target());
    EXPECT_EQ(database.value(there.linked), "t");
    database.require_downgrade(demo_data.way_back());
    EXPECT_EQ(database.sorted_data(Times::kept), before);
  }
}

TEST(DemoData, leaves_what_was_changed_since_and_brings_back_what_was_deleted) {
  const ChainDatabase database = own_shop();
  database.execute("UPDATE inv.items SET sku = 'CUP', name = 'Cup' WHERE sku = 'DEMO-MUG'; "
                   "UPDATE pos.sales SET sale_number = 'R-1' WHERE sale_number = 'DEMO-S0001'");
  const Lines changed = database.sorted_data(Times::left_out);
  database.execute("DELETE FROM acct.journal_lines WHERE line_number = 1; DELETE FROM acct.customer_balances");
  forget(demo_data, database);
  database.require_upgrade(demo_data.target());
  EXPECT_EQ(database.sorted_data(Times::left_out), changed);
}

const char* const references[] = {
    "INSERT INTO pos.sale_lines (organization_id, sale_id, line_number, item_id, description, quantity, unit_price, line_total) "
    "SELECT organization_id, sale_id, 99, item_id, 'Mine', 1, 0, 0 FROM pos.sale_lines LIMIT 1",
    "INSERT INTO pos.payments (organization_id, customer_id, payment_method, amount, currency_code) "
    "SELECT organization_id, id, 'cash', 1, 'USD' FROM pos.customers LIMIT 1",
    "INSERT INTO acct.journal_lines (organization_id, entry_id, line_number, account_id, debit) "
    "SELECT organization_id, entry_id, 99, account_id, 1 FROM acct.journal_lines LIMIT 1",
    "INSERT INTO inv.stock_movements (organization_id, item_id, location_id, movement_type, quantity) "
    "SELECT organization_id, item_id, location_id, 'adjustment', 1 FROM inv.stock_levels LIMIT 1",
    "INSERT INTO core.user_org_roles (organization_id, user_id, role, granted_by) SELECT o.id, u.id, 'viewer', u.id "
    "FROM core.organizations o, core.users u WHERE u.full_name = 'Demo cashier'",
};

TEST(DemoData, stays_whole_while_anything_refers_to_it) {
  for (const char* made_by : references) {
    SCOPED_TRACE(made_by);
    const ChainDatabase database = own_shop();
    database.execute(made_by);
    const Lines before = database.sorted_data(Times::kept);
    const Finished finished = database.downgrade(demo_data.way_back());
    EXPECT_EQ(finished.code, revision_failed);
    EXPECT_TRUE(says(finished, "still referenced from table")) << finished.err;
    EXPECT_EQ(database.sorted_data(Times::kept), before);
    EXPECT_EQ(database.value("SELECT version_num FROM public.alembic_version"), demo_data.id);
  }
}

/// Broken, and what the next run says of it.
struct Damage {
  const char* done_by;
  const char* said;
};

const Damage damages[] = {
    {"UPDATE inv.stock_levels SET quantity_on_hand = 0 FROM inv.items i WHERE i.id = item_id AND i.sku = 'DEMO-TEA'",
     "demo stock is not the sum of its movements: DEMO-TEA in DEMO-SHOP, DEMO-TEA in DEMO-STOCK"},
    {"UPDATE acct.journal_lines SET debit = debit + 1 WHERE debit = 18.62", "demo entries do not balance: DEMO-J0003"},
    {"UPDATE pos.sale_lines SET tax_amount = 0 FROM pos.sales s WHERE s.id = sale_id AND s.sale_number = 'DEMO-S0002'",
     "demo sales are not the sums of their lines: DEMO-S0002"},
    {"UPDATE pos.payments SET amount = 1 FROM pos.sales s WHERE s.id = sale_id AND s.sale_number = 'DEMO-S0003'",
     "demo sales are not paid in full: DEMO-S0003"},
    {"UPDATE acct.journal_lines SET line_number = 8 WHERE credit = 1.42", "demo sales whose tax is not booked: DEMO-S0003"},
    {"DELETE FROM inv.stock_levels; DELETE FROM acct.journal_lines; UPDATE acct.chart_of_accounts SET is_postable = false WHERE code = '4110'",
     "the default organization has no accounts to book the demo data on: 4110"},
};

TEST(DemoData, verifies_itself) {
  for (const Damage& damage : damages) {
    SCOPED_TRACE(damage.said);
    const ChainDatabase database = own_shop();
    database.execute(damage.done_by);
    forget(demo_data, database);
    const Finished finished = database.upgrade(demo_data.target());
    EXPECT_EQ(finished.code, revision_failed);
    EXPECT_TRUE(says(finished, damage.said)) << finished.out << finished.err;
  }
}

}  // namespace
}  // namespace cairn::test
