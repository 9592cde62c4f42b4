#pragma once

#include <string>

/// The pieces that all statements of this seed are made of. Every row has a fixed id, so that the downgrade removes
/// the seed's own rows and no others: the revision, a number for the table, a number for the row.
namespace demo_data {

struct Table {
  const char* name;
  const char* number;
};

constexpr Table users{"core.users", "01"};
constexpr Table roles{"core.user_org_roles", "02"};
constexpr Table locations{"inv.locations", "03"};
constexpr Table terminals{"pos.terminals", "04"};
constexpr Table tax_rates{"pos.tax_rates", "05"};
constexpr Table customers{"pos.customers", "06"};
constexpr Table items{"inv.items", "07"};
constexpr Table sales{"pos.sales", "08"};
constexpr Table sale_lines{"pos.sale_lines", "09"};
constexpr Table payments{"pos.payments", "0a"};
constexpr Table movements{"inv.stock_movements", "0b"};
constexpr Table levels{"inv.stock_levels", "0c"};
constexpr Table entries{"acct.journal_entries", "0d"};
constexpr Table entry_lines{"acct.journal_lines", "0e"};
constexpr Table balances{"acct.customer_balances", "0f"};

/// The id of a row; the row is an SQL expression that gives its number.
inline std::string id(const Table& table, const std::string& row) {
  return std::string("('c4d8a61f-03b7-4000-80") + table.number + "-' || lpad((" + row + ")::text, 12, '0'))::uuid";
}

/// A condition: the row is one of the seed's.
inline std::string seeded(const Table& table, const std::string& column) {
  const std::string start = std::string("'c4d8a61f-03b7-4000-80") + table.number + "-";
  return column + " BETWEEN " + start + "000000000000' AND " + start + "ffffffffffff'";
}

/// The organization of the seed this one depends on, also when it was renamed, else the one called "default".
constexpr char organization[] = R"sql(organization AS (
  SELECT id, currency_code FROM core.organizations
   WHERE id = '2864583c-a021-4000-8000-000000000001' OR slug = 'default'
   ORDER BY id = '2864583c-a021-4000-8000-000000000001' DESC
   LIMIT 1
))sql";

/// A list of VALUES under a name.
inline std::string list(const char* name_and_columns, const char* values) {
  return std::string(name_and_columns) + " AS (" + values + ")";
}

/// The row that stands for one of the seed's: the seed's own, else the one that was there under the same name. Where
/// both exist the fixed id wins. A subquery for the place of an expression.
inline std::string found(const Table& table, const std::string& row, const std::string& same_name) {
  const std::string fixed = "there.id = " + id(table, row);
  return std::string("(SELECT there.id FROM ") + table.name + " AS there WHERE " + fixed + " OR (" + same_name +
         ") ORDER BY " + fixed + " DESC LIMIT 1)";
}

/// As above, in a table of the organization where the name is in one column.
inline std::string found(const Table& table, const std::string& row, const char* column, const std::string& name) {
  return found(table, row, std::string("there.organization_id = organization.id AND there.") + column + " = " + name);
}

/// An account of the seed this one depends on; the code is an SQL expression.
inline std::string found_account(const std::string& code) {
  const std::string fixed = "there.id = ('2864583c-a021-4000-8001-' || lpad(" + code + ", 12, '0'))::uuid";
  return "(SELECT there.id FROM acct.chart_of_accounts AS there WHERE there.organization_id = organization.id AND (" + fixed +
         " OR there.code = " + code + ") ORDER BY " + fixed + " DESC LIMIT 1)";
}

inline std::string found_shop() { return found(locations, "1", "code", "'DEMO-SHOP'"); }
inline std::string found_storeroom() { return found(locations, "2", "code", "'DEMO-STOCK'"); }
inline std::string found_cashier() {
  return found(users, "1", "lower(there.email::text) = 'demo.cashier@arcoirispos.local'");
}
inline std::string found_customer(const std::string& number) {
  return found(customers, number, "customer_number", "'DEMO-C' || " + number);
}

}  // namespace demo_data
