#pragma once

#include "catalogue.hpp"

/// What was sold in the first week of December 2025. All amounts follow from this list and the catalogue.
namespace demo_data {

/// Number, time, number of the customer, how it was paid, discount in per cent, the sale it takes back, and the goods
/// as short names with quantities. A customer without money pays on account.
constexpr char week[] = R"sql(
  VALUES
    (1,  timestamptz '2025-12-01 09:14+00', NULL, 'cash',       0,  NULL::integer, 'COFFEE*1 CHOC*2'),
    (2,  '2025-12-01 10:40+00',             NULL, 'card',       0,  NULL, 'MUG*2 CARD*1'),
    (3,  '2025-12-01 13:05+00',             1,    'card',       0,  NULL, 'CANDLE*1 CARD*1 WRAP*1'),
    (4,  '2025-12-01 16:32+00',             NULL, 'cash',       0,  NULL, 'PEN*3 NOTEBOOK*1'),
    (5,  '2025-12-02 09:02+00',             3,    'on_account', 5,  NULL, 'COFFEE*6 TEA*6 HONEY*2'),
    (6,  '2025-12-02 11:25+00',             NULL, 'mobile',     0,  NULL, 'TEA*1 HONEY*1'),
    (7,  '2025-12-02 15:47+00',             2,    'card',       0,  NULL, 'TOTE*1 NOTEBOOK*2'),
    (8,  '2025-12-03 09:51+00',             NULL, 'cash',       0,  NULL, 'CHOC*4'),
    (9,  '2025-12-03 10:17+00',             4,    'card',       10, NULL, 'NOTEBOOK*8 PEN*20'),
    (10, '2025-12-03 12:30+00',             NULL, 'cash',       0,  NULL, 'CARD*3'),
    (11, '2025-12-03 17:08+00',             NULL, 'card',       0,  NULL, 'APRON*1 MUG*1'),
    (12, '2025-12-04 09:33+00',             NULL, 'card',       0,  NULL, 'COFFEE*2'),
    (13, '2025-12-04 11:11+00',             2,    'card',       0,  7,    'NOTEBOOK*1'),
    (14, '2025-12-04 14:20+00',             NULL, 'cash',       0,  NULL, 'PEN*2 CARD*2'),
    (15, '2025-12-04 16:55+00',             1,    'mobile',     0,  NULL, 'MUG*1 CHOC*3 WRAP*1'),
    (16, '2025-12-05 09:20+00',             NULL, 'cash',       0,  NULL, 'HONEY*1 TEA*2'),
    (17, '2025-12-05 12:02+00',             NULL, 'card',       0,  NULL, 'CANDLE*2'),
    (18, '2025-12-05 13:44+00',             3,    'on_account', 5,  NULL, 'COFFEE*4 CHOC*6'),
    (19, '2025-12-05 17:26+00',             NULL, 'card',       0,  NULL, 'TOTE*2 CARD*4 WRAP*2'),
    (20, '2025-12-06 09:38+00',             NULL, 'cash',       0,  NULL, 'COFFEE*1'),
    (21, '2025-12-06 10:05+00',             NULL, 'card',       0,  NULL, 'MUG*4 WRAP*1'),
    (22, '2025-12-06 11:48+00',             2,    'card',       0,  NULL, 'CANDLE*1 CHOC*2'),
    (23, '2025-12-06 12:15+00',             NULL, 'mobile',     0,  NULL, 'APRON*1'),
    (24, '2025-12-06 15:30+00',             NULL, 'cash',       0,  NULL, 'CARD*5 PEN*5'),
    (25, '2025-12-06 16:41+00',             1,    'card',       15, NULL, 'TOTE*1 CANDLE*2 HONEY*1 WRAP*3'),
    (26, '2025-12-07 11:10+00',             NULL, 'cash',       0,  NULL, 'TEA*2 CHOC*1'),
    (27, '2025-12-07 12:36+00',             NULL, 'cash',       0,  21,   'MUG*1'),
    (28, '2025-12-07 14:58+00',             NULL, 'card',       0,  NULL, 'COFFEE*2 HONEY*1 MUG*1')
)sql";

inline std::string taken(const Table& table, const char* column, const char* letter) {
  return std::string("NOT EXISTS (SELECT FROM ") + table.name + " AS own WHERE own.id = " + id(table, "facts.number") +
         ") AND EXISTS (SELECT FROM " + table.name + " AS other WHERE other.organization_id = organization.id AND other." +
         column + " = 'DEMO-" + letter + "' || lpad(facts.number::text, 4, '0'))";
}

/// The sales and what they are about. A receipt or a booking of somebody else under the number of one stays, and the
/// seed's sale is left out with all that would belong to it.
inline std::string with_week() {
  return with_catalogue() + ", " + list("facts (number, sold_at, customer, method, percent, original, goods)", week) +
         ", week AS (SELECT facts.* FROM facts, organization WHERE NOT (" + taken(sales, "sale_number", "S") +
         ") AND NOT (" + taken(entries, "entry_number", "J") + "))";
}

}  // namespace demo_data
