#pragma once

#include "shop.hpp"
#include "week.hpp"

/// Every movement of stock, and the levels they add up to.
namespace demo_data {

/// The items whose stock is the seed's. Where somebody keeps a level of one in these places already, it is his.
inline std::string with_stock() {
  return with_catalogue() + ", places AS (SELECT " + found_shop() + " AS shop, " + found_storeroom() +
         R"sql( AS storeroom FROM organization), stock AS (
  SELECT catalogue.number, item.id AS item_id, catalogue.cost, catalogue.bought, catalogue.carried, places.*
    FROM organization CROSS JOIN places CROSS JOIN catalogue
    JOIN inv.items AS item ON item.id = )sql" + found_item() + R"sql(
   WHERE catalogue.bought > 0 AND item.item_type = 'stocked'
     AND NOT EXISTS (SELECT FROM inv.stock_levels AS other
                      WHERE other.organization_id = organization.id AND other.item_id = item.id
                        AND other.location_id IN (places.shop, places.storeroom)
                        AND NOT other.)sql" + seeded(levels, "id") + "))";
}

/// Numbers of the rows: 1 to 12 receipts, 21 on carried out, 41 on carried in, 61 the count; a sale's is its line's.
inline std::string insert_movements() {
  return with_stock() + R"sql(, moves (number, item_id, location_id, kind, quantity, cost, sale_line_id, transfer_id, reason, at) AS (
  SELECT number, item_id, storeroom, 'receipt', bought::numeric, cost, NULL::uuid, NULL::uuid, 'opening stock',
         timestamptz '2025-11-28 08:00+00' FROM stock
  UNION ALL
  SELECT 20 + number, item_id, storeroom, 'transfer_out', -carried, cost, NULL, )sql" + id(movements, "20 + number") + R"sql(,
         'to the shop', '2025-11-30 18:00+00' FROM stock
  UNION ALL
  SELECT 40 + number, item_id, shop, 'transfer_in', carried, cost, NULL, )sql" + id(movements, "20 + number") + R"sql(,
         'from the storeroom', '2025-11-30 18:10+00' FROM stock
  UNION ALL
  SELECT 61, item_id, shop, 'count', -1, cost, NULL, NULL, 'broken', '2025-12-07 18:00+00' FROM stock WHERE number = 5
  UNION ALL
  SELECT right(line.id::text, 12)::integer, stock.item_id, stock.shop,
         CASE sale.sale_type WHEN 'sale' THEN 'sale' ELSE 'customer_return' END,
         CASE sale.sale_type WHEN 'sale' THEN -line.quantity ELSE line.quantity END, stock.cost, line.id, NULL, NULL,
         sale.completed_at
    FROM stock
    JOIN pos.sale_lines AS line USING (item_id)
    JOIN pos.sales AS sale ON sale.id = line.sale_id
   WHERE )sql" + seeded(sale_lines, "line.id") + R"sql(
)
INSERT INTO inv.stock_movements (id, organization_id, item_id, location_id, movement_type, quantity, unit_cost, sale_line_id,
                                 transfer_id, reason, created_by, occurred_at)
SELECT )sql" + id(movements, "moves.number") + R"sql(, organization.id, item_id, location_id, kind::inv.movement_type, quantity,
       cost, sale_line_id, transfer_id, reason, )sql" + found_cashier() + R"sql(, at
  FROM organization, moves
ON CONFLICT DO NOTHING)sql";
}

inline std::string insert_levels() {
  return with_stock() + R"sql(, kept (number, item_id, location_id, counted_at) AS (
  SELECT number, item_id, shop, CASE WHEN number = 5 THEN timestamptz '2025-12-07 18:00+00' END FROM stock
  UNION ALL
  SELECT 20 + number, item_id, storeroom, NULL FROM stock
)
INSERT INTO inv.stock_levels (id, organization_id, item_id, location_id, quantity_on_hand, counted_at)
SELECT )sql" + id(levels, "kept.number") + R"sql(, organization.id, kept.item_id, kept.location_id, sum(movement.quantity),
       kept.counted_at
  FROM organization, kept
  JOIN inv.stock_movements AS movement USING (item_id, location_id)
 GROUP BY organization.id, kept.number, kept.item_id, kept.location_id, kept.counted_at
ON CONFLICT DO NOTHING)sql";
}

}  // namespace demo_data
