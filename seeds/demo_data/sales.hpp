#pragma once

#include "shop.hpp"
#include "week.hpp"

/// Receipts, their lines and what was paid.
namespace demo_data {

/// The lines with their amounts. Tax is rounded on each line, as registers do. An item or a rate that was there before
/// keeps its name and its rate.
inline std::string with_lines() {
  return with_week() + R"sql(, goods AS (
  SELECT week.*, place, split_part(word, '*', 1) AS short_name, split_part(word, '*', 2)::numeric AS quantity
    FROM week, unnest(string_to_array(week.goods, ' ')) WITH ORDINALITY AS u (word, place)
), priced AS (
  SELECT goods.*, catalogue.price, item.id AS item_id, item.name AS item_name, rate.id AS rate_id,
         round(goods.quantity * catalogue.price, 2) AS gross,
         round(round(goods.quantity * catalogue.price, 2) * goods.percent / 100, 2) AS discount,
         CASE WHEN customer.is_tax_exempt THEN 0 ELSE rate.rate END AS tax_rate
    FROM goods CROSS JOIN organization
    JOIN catalogue USING (short_name)
    JOIN inv.items AS item ON item.id = )sql" + found_item() + R"sql(
    JOIN pos.tax_rates AS rate ON rate.id = )sql" + found_rate("catalogue.rate") + R"sql(
    LEFT JOIN pos.customers AS customer ON customer.id = )sql" + found_customer("goods.customer") + R"sql(
), lines AS (
  SELECT priced.*, round((gross - discount) * tax_rate, 2) AS tax,
         gross - discount + round((gross - discount) * tax_rate, 2) AS total
    FROM priced
))sql";
}

inline std::string insert_sales() {
  return with_lines() + R"sql(
INSERT INTO pos.sales (id, organization_id, sale_number, sale_type, status, terminal_id, location_id, customer_id, cashier_id,
                       original_sale_id, journal_entry_id, currency_code, subtotal, discount_total, tax_total, total,
                       completed_at)
SELECT )sql" + id(sales, "week.number") + R"sql(, organization.id, 'DEMO-S' || lpad(week.number::text, 4, '0'),
       (CASE WHEN week.original IS NULL THEN 'sale' ELSE 'return' END)::pos.sale_type, 'completed', )sql" +
         found_terminal() + ", " + found_shop() + ", " + found_customer("week.customer") + ", " + found_cashier() +
         ", (SELECT " + id(sales, "first.number") + " FROM week AS first WHERE first.number = week.original), " +
         id(entries, "week.number") + R"sql(, organization.currency_code, sums.gross, sums.discount, sums.tax, sums.total,
       week.sold_at
  FROM organization, week
  JOIN (SELECT number, sum(gross) AS gross, sum(discount) AS discount, sum(tax) AS tax, sum(total) AS total
          FROM lines GROUP BY number) AS sums USING (number)
ON CONFLICT DO NOTHING)sql";
}

inline std::string insert_sale_lines() {
  return with_lines() + R"sql(
INSERT INTO pos.sale_lines (id, organization_id, sale_id, line_number, item_id, description, quantity, unit_price,
                            discount_amount, tax_rate_id, tax_rate, tax_amount, line_total)
SELECT )sql" + id(sale_lines, "number * 100 + place") + ", organization.id, " + id(sales, "number") + R"sql(, place, item_id,
       item_name, quantity, price, discount, rate_id, tax_rate, tax, total
  FROM organization, lines
ON CONFLICT DO NOTHING)sql";
}

/// Cash is handed over in fives; what goes back for a return has no change.
inline std::string insert_payments() {
  return with_week() + R"sql(
INSERT INTO pos.payments (id, organization_id, sale_id, customer_id, payment_method, amount, tendered_amount, change_amount,
                          currency_code, reference, journal_entry_id, received_by, paid_at)
SELECT )sql" + id(payments, "week.number") + R"sql(, organization.id, sale.id, sale.customer_id,
       week.method::pos.payment_method, sale.total, change.tendered, coalesce(change.tendered - sale.total, 0),
       sale.currency_code, CASE WHEN week.method IN ('card', 'mobile') THEN 'approval ' || (480000 + 37 * week.number) END,
       sale.journal_entry_id, sale.cashier_id, week.sold_at
  FROM organization, week
  JOIN pos.sales AS sale ON sale.id = )sql" + id(sales, "week.number") + R"sql(
 CROSS JOIN LATERAL (SELECT CASE WHEN week.method = 'cash' AND week.original IS NULL THEN ceil(sale.total / 5) * 5 END
                         AS tendered) AS change
ON CONFLICT DO NOTHING)sql";
}

/// The hotel settles its first invoice.
inline std::string insert_settlement() {
  return R"sql(
INSERT INTO pos.payments (id, organization_id, customer_id, payment_method, amount, currency_code, reference,
                          journal_entry_id, received_by, paid_at)
SELECT )sql" + id(payments, "103") + R"sql(, sale.organization_id, sale.customer_id, 'bank_transfer', sale.total,
       sale.currency_code, 'invoice ' || sale.sale_number, entry.id, sale.cashier_id, '2025-12-05 10:00+00'
  FROM pos.sales AS sale, acct.journal_entries AS entry
 WHERE sale.id = )sql" + id(sales, "5") + " AND entry.id = " + id(entries, "103") + " ON CONFLICT DO NOTHING";
}

}  // namespace demo_data
