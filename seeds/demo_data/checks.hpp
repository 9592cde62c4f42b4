#pragma once

#include "ids.hpp"

/// What has to be true of the seed's rows. Each check is a query that gives a text for everything that is wrong.
namespace demo_data {

inline std::string require_none(const char* what, const std::string& query) {
  return std::string("DO $demo$\nDECLARE\n  wrong text;\nBEGIN\n  SELECT string_agg(text, ', ' ORDER BY text) INTO wrong FROM (") +
         query + "\n  ) AS found (text);\n  IF wrong IS NOT NULL THEN\n    RAISE EXCEPTION '" + what +
         ": %', wrong;\n  END IF;\nEND\n$demo$";
}

inline std::string require_balanced_entries() {
  return require_none("demo entries do not balance", R"sql(
    SELECT entry.entry_number FROM acct.journal_entries AS entry
      LEFT JOIN acct.journal_lines AS line ON line.entry_id = entry.id
     WHERE )sql" + seeded(entries, "entry.id") + R"sql(
     GROUP BY entry.id HAVING coalesce(sum(line.debit), 0) <> coalesce(sum(line.credit), 0) OR count(line.id) = 0)sql");
}

inline std::string require_sums_of_lines() {
  return require_none("demo sales are not the sums of their lines", R"sql(
    SELECT sale.sale_number FROM pos.sales AS sale LEFT JOIN pos.sale_lines AS line ON line.sale_id = sale.id
     WHERE )sql" + seeded(sales, "sale.id") + R"sql(
     GROUP BY sale.id
    HAVING (sale.subtotal, sale.discount_total, sale.tax_total, sale.total) IS DISTINCT FROM
           (sum(round(line.quantity * line.unit_price, 2)), sum(line.discount_amount), sum(line.tax_amount), sum(line.line_total)))sql");
}

inline std::string require_payments() {
  return require_none("demo sales are not paid in full", R"sql(
    SELECT sale.sale_number FROM pos.sales AS sale
     WHERE )sql" + seeded(sales, "sale.id") + R"sql(
       AND sale.total IS DISTINCT FROM (SELECT sum(payment.amount) FROM pos.payments AS payment WHERE payment.sale_id = sale.id))sql");
}

inline std::string require_explained_stock() {
  return require_none("demo stock is not the sum of its movements", R"sql(
    SELECT item.sku || ' in ' || location.code FROM inv.stock_levels AS level
      JOIN inv.items AS item ON item.id = level.item_id JOIN inv.locations AS location ON location.id = level.location_id
     WHERE )sql" + seeded(levels, "level.id") + R"sql(
       AND level.quantity_on_hand IS DISTINCT FROM (
             SELECT sum(movement.quantity) FROM inv.stock_movements AS movement
              WHERE movement.item_id = level.item_id AND movement.location_id = level.location_id))sql");
}

inline std::string require_booked_taxes() {
  return require_none("demo sales whose tax is not booked", R"sql(
    SELECT sale.sale_number FROM pos.sales AS sale
     WHERE )sql" + seeded(sales, "sale.id") + R"sql(
       AND sale.tax_total <> (SELECT coalesce(sum(abs(line.credit - line.debit)), 0) FROM acct.journal_lines AS line
                               WHERE line.entry_id = sale.journal_entry_id AND line.line_number = 5))sql");
}

}  // namespace demo_data
