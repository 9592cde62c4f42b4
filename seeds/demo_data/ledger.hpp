#pragma once

#include "shop.hpp"
#include "week.hpp"

/// The books: an entry for each sale, and three more. All amounts are read back from what the entries are about.
namespace demo_data {

inline std::string insert_sale_entries() {
  return with_week() + R"sql(
INSERT INTO acct.journal_entries (id, organization_id, entry_number, entry_date, status, memo, source, created_by,
                                  posted_by, posted_at)
SELECT )sql" + id(entries, "week.number") + R"sql(, organization.id, 'DEMO-J' || lpad(week.number::text, 4, '0'),
       (week.sold_at AT TIME ZONE 'UTC')::date, 'posted',
       CASE WHEN week.original IS NULL THEN 'Sale' ELSE 'Return' END || ' DEMO-S' || lpad(week.number::text, 4, '0'),
       jsonb_build_object('sale', )sql" + id(sales, "week.number") + "), " + found_cashier() + ", " + found_cashier() + R"sql(,
       week.sold_at
  FROM organization, week
ON CONFLICT DO NOTHING)sql";
}

/// Each only when there is what it books.
inline std::string insert_other_entries() {
  return std::string("WITH ") + organization + R"sql(
INSERT INTO acct.journal_entries (id, organization_id, entry_number, entry_date, status, memo, source, created_by,
                                  posted_by, posted_at)
SELECT )sql" + id(entries, "list.number") + R"sql(, organization.id, 'DEMO-J' || lpad(list.number::text, 4, '0'),
       (list.posted_at AT TIME ZONE 'UTC')::date, 'posted', list.memo, jsonb_build_object(list.kind, list.cause), )sql" +
         found_cashier() + ", " + found_cashier() + R"sql(, list.posted_at
  FROM organization, (
    SELECT 101 AS number, timestamptz '2025-11-28 08:00+00' AS posted_at, 'Opening stock, bought on credit' AS memo,
           'movement' AS kind, min(id::text) AS cause
      FROM inv.stock_movements WHERE movement_type = 'receipt' AND )sql" + seeded(movements, "id") + R"sql( HAVING count(*) > 0
    UNION ALL
    SELECT 102, '2025-12-07 18:00+00', 'Count: one mug was broken', 'movement', id::text
      FROM inv.stock_movements WHERE id = )sql" + id(movements, "61") + R"sql(
    UNION ALL
    SELECT 103, '2025-12-05 10:00+00', 'Hotel Miramar pays ' || sale_number, 'payment', )sql" + id(payments, "103") + R"sql(::text
      FROM pos.sales WHERE id = )sql" + id(sales, "5") + R"sql(
  ) AS list
ON CONFLICT DO NOTHING)sql";
}

/// Signed amounts: positive on the debit side. A return turns everything round, and has an account of its own.
constexpr char booked[] = R"sql(
  SELECT number, 1 AS place,
         CASE payment.payment_method WHEN 'cash' THEN '1010' WHEN 'on_account' THEN '1200' ELSE '1040' END AS code,
         CASE WHEN payment.payment_method = 'on_account' THEN own.customer_id END AS customer_id,
         direction * payment.amount AS amount
    FROM own JOIN own_payments AS payment ON payment.sale_id = own.id
  UNION ALL SELECT number, 2, '4110', NULL, direction * discount_total FROM own
  UNION ALL
  SELECT number, CASE item.item_type WHEN 'service' THEN 4 ELSE 3 END,
         CASE WHEN direction < 0 THEN '4100' WHEN item.item_type = 'service' THEN '4020' ELSE '4010' END, NULL,
         -sum(direction * round(line.quantity * line.unit_price, 2))
    FROM own JOIN own_lines AS line ON line.sale_id = own.id JOIN inv.items AS item ON item.id = line.item_id
   GROUP BY 1, 2, 3
  UNION ALL SELECT number, 5, '2100', NULL, -direction * tax_total FROM own
  UNION ALL SELECT number, 6, '5010', NULL, -value FROM sold
  UNION ALL SELECT number, 7, '1300', NULL, value FROM sold
  UNION ALL SELECT 101, 1, '1300', NULL, sum(quantity * unit_cost) FROM own_movements WHERE movement_type = 'receipt'
  UNION ALL SELECT 101, 2, '2010', NULL, -sum(quantity * unit_cost) FROM own_movements WHERE movement_type = 'receipt'
  UNION ALL SELECT 102, 1, '5100', NULL, -sum(quantity * unit_cost) FROM own_movements WHERE movement_type = 'count'
  UNION ALL SELECT 102, 2, '1300', NULL, sum(quantity * unit_cost) FROM own_movements WHERE movement_type = 'count'
  UNION ALL SELECT 103, 1, '1050', NULL, amount FROM own_payments WHERE sale_id IS NULL
  UNION ALL SELECT 103, 2, '1200', customer_id, -amount FROM own_payments WHERE sale_id IS NULL
)sql";

inline std::string own(const char* name, const Table& table) {
  return std::string(name) + " AS (SELECT * FROM " + table.name + " WHERE " + seeded(table, "id") + ")";
}

inline std::string insert_entry_lines() {
  return std::string("WITH ") + organization + ", " + own("own_sales", sales) + ", " + own("own_lines", sale_lines) + ", " +
         own("own_payments", payments) + ", " + own("own_movements", movements) + R"sql(, own AS (
  SELECT own_sales.*, right(id::text, 12)::integer AS number, CASE sale_type WHEN 'sale' THEN 1 ELSE -1 END AS direction
    FROM own_sales
), sold AS (
  SELECT own.number, sum(movement.quantity * movement.unit_cost) AS value
    FROM own JOIN own_lines AS line ON line.sale_id = own.id JOIN own_movements AS movement ON movement.sale_line_id = line.id
   GROUP BY own.number
), booked AS ()sql" + booked + R"sql()
INSERT INTO acct.journal_lines (id, organization_id, entry_id, line_number, account_id, customer_id, debit, credit)
SELECT )sql" + id(entry_lines, "booked.number * 100 + booked.place") + R"sql(, organization.id, entry.id, booked.place,
       )sql" + found_account("booked.code") + R"sql(,
       booked.customer_id, greatest(round(booked.amount, 2), 0), greatest(-round(booked.amount, 2), 0)
  FROM organization, booked
  JOIN acct.journal_entries AS entry ON entry.id = )sql" + id(entries, "booked.number") + R"sql(
 WHERE round(booked.amount, 2) <> 0
ON CONFLICT DO NOTHING)sql";
}

/// What the hotel still owes, as its lines say.
inline std::string insert_balance() {
  return std::string("WITH ") + organization + R"sql(
INSERT INTO acct.customer_balances (id, organization_id, customer_id, currency_code, balance, credit_limit)
SELECT )sql" + id(balances, "3") + R"sql(, organization.id, line.customer_id, organization.currency_code,
       sum(line.debit - line.credit), 500
  FROM organization JOIN acct.journal_lines AS line ON line.organization_id = organization.id
 WHERE line.customer_id = )sql" + found_customer("3") + " AND " + seeded(entry_lines, "line.id") + R"sql(
 GROUP BY organization.id, line.customer_id, organization.currency_code
ON CONFLICT DO NOTHING)sql";
}

}  // namespace demo_data
