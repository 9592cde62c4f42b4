#pragma once

#include "ids.hpp"

namespace demo_data {

/// From what refers to others down to what others refer to. One message, so that a row somebody else refers to keeps
/// all of them; the server says which, and where.
inline std::string delete_everything() {
  const Table order[] = {entry_lines, payments, movements, levels, sale_lines, balances, sales, entries,
                         items, customers, tax_rates, terminals, locations, roles, users};
  std::string statements;
  for (const Table& table : order)
    statements += std::string("DELETE FROM ") + table.name + " WHERE " + seeded(table, "id") + ";\n";
  return statements;
}

}  // namespace demo_data
