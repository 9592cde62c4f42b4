#pragma once

#include "ids.hpp"

/// What the shop sells.
namespace demo_data {

/// Number, short name (the SKU is "DEMO-" before it), name, price, cost, number of its tax rate, how many were bought
/// for the storeroom and how many of them were carried to the shop; nothing was bought of a service.
constexpr char catalogue[] = R"sql(
  VALUES
    (1,  'COFFEE',   'Coffee beans, 250 g', 9.50,  4.20, 2, 60,  24),
    (2,  'TEA',      'Tea, 20 bags',        5.25,  2.10, 2, 48,  20),
    (3,  'CHOC',     'Chocolate, 100 g',    3.90,  1.60, 2, 80,  30),
    (4,  'HONEY',    'Honey, 500 g',        8.40,  4.75, 2, 36,  12),
    (5,  'MUG',      'Mug, rainbow',        12.00, 4.80, 1, 40,  16),
    (6,  'NOTEBOOK', 'Notebook A5',         6.50,  2.30, 1, 50,  20),
    (7,  'PEN',      'Ballpoint pen',       1.80,  0.55, 1, 200, 60),
    (8,  'CARD',     'Greeting card',       3.20,  0.90, 1, 120, 40),
    (9,  'TOTE',     'Tote bag, cotton',    14.00, 5.50, 1, 30,  10),
    (10, 'CANDLE',   'Candle, beeswax',     11.50, 4.60, 1, 30,  12),
    (11, 'APRON',    'Apron, striped',      22.00, 9.80, 1, 16,  6),
    (12, 'WRAP',     'Gift wrapping',       2.50,  0.00, 1, 0,   0)
)sql";

inline std::string with_catalogue() {
  return std::string("WITH ") + organization + ", " +
         list("catalogue (number, short_name, name, price, cost, rate, bought, carried)", catalogue);
}

inline std::string found_rate(const std::string& number) {
  return found(tax_rates, number, "code", "(CASE " + number + " WHEN 1 THEN 'DEMO-GOODS' ELSE 'DEMO-FOOD' END)");
}

inline std::string found_item() { return found(items, "catalogue.number", "sku", "'DEMO-' || catalogue.short_name"); }

inline std::string insert_items() {
  return with_catalogue() + R"sql(
INSERT INTO inv.items (id, organization_id, sku, name, item_type, unit_price, unit_cost, reorder_quantity, tax_rate_id)
SELECT )sql" + id(items, "catalogue.number") + R"sql(, organization.id, 'DEMO-' || short_name, name,
       (CASE WHEN bought > 0 THEN 'stocked' ELSE 'service' END)::inv.item_type, price, cost,
       CASE WHEN bought > 0 THEN round(bought / 5.0) END, )sql" + found_rate("catalogue.rate") + R"sql(
  FROM organization, catalogue
ON CONFLICT DO NOTHING)sql";
}

}  // namespace demo_data
