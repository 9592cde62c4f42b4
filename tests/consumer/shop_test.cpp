// The e-commerce platform alone in its database.
#include "consumer/shop.hpp"

namespace cairn::test {
namespace {

TEST_F(Shop, every_revision_goes_up_and_back_to_where_it_was) {
  const auto database = make_database();
  const Schema empty = read_schema(*database);
  std::vector<Schema> before;
  for (const std::string& id : chain()) {
    before.push_back(read_schema(*database));
    require(*database, {"upgrade", id});
    require(*database, {"downgrade", "-1"});
    EXPECT_EQ(differences(before.back(), read_schema(*database)), std::vector<std::string>{}) << id;
    require(*database, {"upgrade", id});
  }
  const Schema whole = read_schema(*database);
  require(*database, {"upgrade", "heads"});
  EXPECT_EQ(differences(whole, read_schema(*database)), std::vector<std::string>{}) << "a seed brings data only";
  require(*database, {"downgrade", "base"});
  EXPECT_EQ(differences(empty, read_schema(*database)), std::vector<std::string>{});
  require(*database, {"upgrade", "heads"});
  EXPECT_EQ(differences(whole, read_schema(*database)), std::vector<std::string>{});
}

TEST_F(Shop, seeds_take_their_rows_back) {
  const auto database = make_database();
  require(*database, {"upgrade", "1e6cd8250fa3"});
  require(*database, {"upgrade", "heads", "-x", "demo_customers=2500"});
  EXPECT_EQ(database->value("SELECT count(*) FROM ecommerce.customers"), "2500");
  EXPECT_EQ(database->value("SELECT count(*) FROM ecommerce.user_preferences"), "2500");
  EXPECT_EQ(database->value("SELECT count(*) FROM ecommerce.products"), "4");
  require(*database, {"downgrade", "1e6cd8250fa3"});
  for (const char* table : {"customers", "user_preferences", "products", "categories", "inventory"})
    EXPECT_EQ(database->value(std::string("SELECT count(*) FROM ecommerce.") + table), "0") << table;
  const Finished refused = shop_.run(database->url(), {"upgrade", "heads", "-x", "demo_customers=many"});
  EXPECT_EQ(refused.code, 9);
  EXPECT_NE(refused.err.find("demo_customers is a number from 1 to 1000000, not \"many\""), std::string::npos) << refused.err;
}

TEST_F(Shop, slugs_are_made_of_names_and_no_product_counts_as_edited) {
  const auto database = make_database();
  require(*database, {"upgrade", "70f6a3be15c8"});
  database->execute("INSERT INTO ecommerce.categories (id, name) VALUES ('00000000-0000-7000-8000-000000000001', 'all')");
  database->execute("INSERT INTO ecommerce.products (id, sku, category_id, name, price) "
                    "SELECT ('00000000-0000-7000-8000-0000000000' || lpad(to_hex(i + 16), 2, '0'))::uuid, i, "
                    "       '00000000-0000-7000-8000-000000000001', name, 1 "
                    "FROM unnest(ARRAY['Crème brûlée, 2 pieces', 'Tea', ' tea! ', 'TEA', '東京', 'Ñandú -- big', 'a\\tb']) WITH ORDINALITY AS n (name, i)");
  database->execute("INSERT INTO ecommerce.products (sku, category_id, name, price) "
                    "SELECT 'many' || i, '00000000-0000-7000-8000-000000000001', 'many', 1 FROM generate_series(1, 2500) AS i");
  const std::string versions = "SELECT count(*) FROM ecommerce.products WHERE version <> 1 OR updated_at <> created_at";
  const std::string entries = database->value("SELECT count(*) FROM audit.entries");
  require(*database, {"upgrade", "9b8e41c7d02f"});
  EXPECT_EQ(database->column("SELECT slug FROM ecommerce.products WHERE name <> 'many' ORDER BY id"),
            (std::vector<std::string>{"creme-brulee-2-pieces", "tea", "tea-2", "tea-3", "product", "nandu-big", "a-tb"}));
  EXPECT_EQ(database->value("SELECT count(DISTINCT slug) FROM ecommerce.products"), "2507");
  EXPECT_EQ(database->value(versions), "0");
  EXPECT_EQ(database->value("SELECT count(*) FROM audit.entries"), entries);
  require(*database, {"downgrade", "-1"});
  require(*database, {"upgrade", "9b8e41c7d02f"});
  EXPECT_EQ(database->value("SELECT count(DISTINCT slug) FROM ecommerce.products"), "2507");
}

TEST_F(Shop, going_back_loses_no_archived_order) {
  const auto database = make_database();
  require(*database, {"upgrade", "heads"});
  database->execute(
      "INSERT INTO ecommerce.orders (id, customer_id, status, subtotal, tax, placed_at) VALUES "
      "('00000000-0000-7000-8000-000000000001', '01930000-0000-7000-8001-000000000001', 'completed', 30, 5.70, now() - interval '2 years');"
      "INSERT INTO ecommerce.order_items (order_id, line, product_id, sku, name, unit_price, quantity) "
      "SELECT '00000000-0000-7000-8000-000000000001', 1, id, sku, name, 15, 2 FROM ecommerce.products WHERE sku = 'DEMO-002';"
      "INSERT INTO ecommerce.payments (order_id, provider, provider_reference, amount) "
      "VALUES ('00000000-0000-7000-8000-000000000001', 'bank', 'x1', 35.70)");
  const std::string whole = "SELECT jsonb_agg(to_jsonb(o))::text || jsonb_agg(to_jsonb(i))::text || jsonb_agg(to_jsonb(p))::text "
                            "FROM ecommerce.orders o, ecommerce.order_items i, ecommerce.payments p";
  const std::string before = database->value(whole);
  EXPECT_EQ(database->value("SELECT archive.archive_orders(interval '1 year')"), "1");
  EXPECT_EQ(database->value("SELECT archive.archive_orders(interval '1 year')"), "0");
  EXPECT_EQ(database->value("SELECT count(*) FROM ecommerce.orders"), "0");
  EXPECT_EQ(database->value("SELECT total FROM archive.orders"), "35.70");
  require(*database, {"stamp", "--purge", "1e6cd8250fa3"});   // the order holds the seeds fast
  require(*database, {"downgrade", "-1"});
  EXPECT_EQ(database->value(whole), before);
}

TEST_F(Shop, audit_keeps_what_changed_and_cannot_be_changed) {
  const auto database = make_database();
  require(*database, {"upgrade", "heads"});
  database->execute("UPDATE ecommerce.products SET price = 25 WHERE sku = 'DEMO-002'");
  EXPECT_EQ(database->value("SELECT old_values::text || ' ' || new_values::text FROM audit.entries WHERE action = 'UPDATE'"),
            "{\"price\": 24.50} {\"price\": 25.00}");
  EXPECT_EQ(database->value("SELECT version FROM ecommerce.products WHERE sku = 'DEMO-002'"), "2");
  EXPECT_THROW(database->execute("DELETE FROM audit.entries"), std::runtime_error);
}

TEST_F(Shop, an_address_that_is_there_twice_leaves_an_index_that_somebody_has_to_look_at) {
  const auto database = make_database();
  require(*database, {"upgrade", "fb847ab39d59"});
  database->execute("INSERT INTO ecommerce.customers (email, full_name) VALUES ('a@b', 'A'), ('A@B', 'B')");
  const Finished failed = shop_.run(database->url(), {"upgrade", "70f6a3be15c8"});
  EXPECT_EQ(failed.code, 10) << failed.out << failed.err;
  database->execute("DROP INDEX ecommerce.customers_email_key");
  database->execute("DELETE FROM ecommerce.customers WHERE full_name = 'B'");
  require(*database, {"stamp", "fb847ab39d59"});
  require(*database, {"upgrade", "70f6a3be15c8"});
}

}  // namespace
}  // namespace cairn::test
