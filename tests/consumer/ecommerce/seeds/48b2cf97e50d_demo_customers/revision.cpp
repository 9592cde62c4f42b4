// As many customers as a demonstration needs: -x demo_customers=5000. They can be told by their keys and their addresses.
#include <cairn/revision.hpp>
#include <cairn/std.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

CAIRN_REVISION(.id = "48b2cf97e50d", .down_revision = "1e6cd8250fa3", .message = "demo customers",
               .author = "E-commerce platform", .date = "2025-12-12", .purpose = "Customers to try the shop with",
               .estimated_ms = 2000, .seed = true)

static constexpr int most = 1'000'000;

static int wanted_customers(cairn::Database& db) {
  const std::string text = cairn::str(db.variable("demo_customers").value_or("100"));
  const int number = text.find_first_not_of("0123456789") == text.npos && text.size() < 8 ? std::atoi(text.c_str()) : 0;
  if (number < 1 || number > most) db.fail("demo_customers is a number from 1 to 1000000, not \"" + text + "\"",
                                           "Give it with -x demo_customers=100, or leave it out.");
  return number;
}

static void upgrade(cairn::Database& db) {
  constexpr const char* first_names[] = {"Ana", "Bruno", "Chidi", "Dalia", "Edda", "Farid", "Grace", "Hiro"};
  constexpr const char* last_names[] = {"Núñez", "Keller", "Okafor", "Haddad", "Lindqvist", "Rossi", "Tanaka"};
  const int count = wanted_customers(db);
  db.execute("CREATE TEMPORARY TABLE demo_customers (id uuid, email text, full_name text)");
  cairn::CopyIn copy = db.copy_in("COPY demo_customers (id, email, full_name) FROM STDIN");
  for (int i = 1; i <= count; ++i) {
    char line[200];
    std::snprintf(line, sizeof line, "01930000-0000-7000-8001-%012d\tdemo-%d@example.org\t%s %s\n", i, i, first_names[i % 8],
                  last_names[i % 7]);
    copy.write(line);
  }
  copy.finish();
  db.execute("INSERT INTO ecommerce.customers (id, email, full_name) SELECT id, email, full_name FROM demo_customers ON CONFLICT DO NOTHING");
  db.execute("INSERT INTO ecommerce.user_preferences (customer_id) SELECT id FROM ecommerce.customers"
             " WHERE id IN (SELECT id FROM demo_customers) ON CONFLICT DO NOTHING");
  db.execute("DROP TABLE demo_customers");
}

/// Preferences go with their customer. Orders, carts and addresses do not: they make this fail, naming the table.
static void downgrade(cairn::Database& db) {
  db.execute("DELETE FROM ecommerce.customers WHERE id BETWEEN '01930000-0000-7000-8001-000000000001'"
             " AND '01930000-0000-7000-8001-000009999999'");
}
