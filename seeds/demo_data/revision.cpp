#include "checks.hpp"
#include "ledger.hpp"
#include "removal.hpp"
#include "sales.hpp"
#include "shop.hpp"
#include "stock.hpp"

#include <cairn/revision.hpp>

CAIRN_REVISION(.id = "c4d8a61f03b7", .message = "seed demo data", .author = "ArcoirisPOS", .date = "2025-12-08",
               .purpose = "A little shop to look around in: a week of sales with stock, payments and balanced books",
               .estimated_ms = 100, .labels = {"demo_data"}, .depends_on = {"2864583ca021"}, .seed = true, .verify = true)

using namespace demo_data;

static void upgrade(cairn::Database& db) {
  db.execute(require_accounts());
  db.execute(insert_cashier());
  db.execute(insert_role());
  db.execute(insert_locations());
  db.execute(insert_terminal());
  db.execute(insert_tax_rates());
  db.execute(insert_customers());
  db.execute(insert_items());
  db.execute(insert_sale_entries());
  db.execute(insert_sales());
  db.execute(insert_sale_lines());
  db.execute(insert_movements());
  db.execute(insert_levels());
  db.execute(insert_other_entries());
  db.execute(insert_payments());
  db.execute(insert_settlement());
  db.execute(insert_entry_lines());
  db.execute(insert_balance());
}

/// Nothing but statements, so that a script checks as well.
static void verify(cairn::Database& db) {
  db.execute(require_balanced_entries());
  db.execute(require_sums_of_lines());
  db.execute(require_payments());
  db.execute(require_explained_stock());
  db.execute(require_booked_taxes());
}

static void downgrade(cairn::Database& db) { db.execute(delete_everything()); }
