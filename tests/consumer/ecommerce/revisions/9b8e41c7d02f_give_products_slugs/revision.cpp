// Gives every product a name for its address in the shop: "Crème brûlée, 2 pieces" becomes creme-brulee-2-pieces. SQL has no
// good way to say that without further extensions, and this is done once.
#include <cairn/revision.hpp>
#include <cairn/std.hpp>

#include <set>
#include <string>
#include <string_view>

CAIRN_REVISION(.id = "9b8e41c7d02f", .down_revision = "70f6a3be15c8", .message = "give products slugs",
               .author = "E-commerce platform", .date = "2025-12-10", .purpose = "Addresses of products that people can read",
               .estimated_ms = 30000, .verify = true)

namespace {

constexpr unsigned batch = 1000;

/// U+00C0 to U+00FF, the letters of western Europe, as the plain letter that stands for them.
constexpr std::string_view plain_letters = "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty";

/// The plain letter or digit for what stands at `at`, which moves behind it; '-' for everything else.
char take_letter(std::string_view name, std::size_t& at) {
  const char c = name[at++];
  if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return c;
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  if (c == '\xC3' && at < name.size()) return plain_letters[static_cast<unsigned char>(name[at++]) & 0x3FU];
  return '-';
}

std::string make_slug(std::string_view name) {
  std::string slug;
  for (std::size_t at = 0; at < name.size();) {
    const char c = take_letter(name, at);
    if (c != '-' || (!slug.empty() && slug.back() != '-')) slug += c;
  }
  if (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug.empty() ? "product" : slug;
}

/// Of products with the same name the oldest keeps the plain slug: keys of version 7 are in the order of their making.
std::string make_unique(const std::string& slug, std::set<std::string>& taken) {
  std::string unique = slug;
  for (int number = 2; !taken.insert(unique).second; ++number) unique = slug + "-" + std::to_string(number);
  return unique;
}

/// The lines for COPY of the products behind the key, which moves to the last of them; empty behind the last product. A slug
/// holds nothing that COPY would have to escape.
std::string read_lines(cairn::Database& db, std::string& last, std::set<std::string>& taken) {
  std::string lines;
  for (const cairn::Row row : db.query("SELECT id, name FROM ecommerce.products WHERE id > $1::uuid ORDER BY id LIMIT $2", last, batch)) {
    last = cairn::str(row["id"].text());
    lines += last + "\t" + make_unique(make_slug(cairn::view(row["name"].text())), taken) + "\n";
  }
  return lines;
}

void copy_slugs(cairn::Database& db) {
  const auto total = static_cast<uint64_t>(db.query("SELECT count(*) FROM ecommerce.products")[0][0].integer());
  std::set<std::string> taken;
  std::string last = "00000000-0000-0000-0000-000000000000";
  for (uint64_t done = 0; !db.cancelled();) {
    const std::string lines = read_lines(db, last, taken);
    if (lines.empty()) return;
    cairn::CopyIn copy = db.copy_in("COPY new_slugs (product_id, slug) FROM STDIN");
    copy.write(lines);
    db.progress(done += copy.finish(), total, "products");
  }
  db.fail("stopped before every product had its slug");
}

}  // namespace

static void upgrade(cairn::Database& db) {
  db.execute("ALTER TABLE ecommerce.products ADD COLUMN slug text");
  db.execute("CREATE TEMPORARY TABLE new_slugs (product_id uuid PRIMARY KEY, slug text NOT NULL)");
  copy_slugs(db);
  // Nobody edited the products: their versions stay, so that whoever is editing one can save it, and so does updated_at.
  db.execute("ALTER TABLE ecommerce.products DISABLE TRIGGER USER");
  db.execute("UPDATE ecommerce.products p SET slug = n.slug FROM new_slugs n WHERE n.product_id = p.id");
  db.execute("ALTER TABLE ecommerce.products ENABLE TRIGGER USER");
  db.execute("DROP TABLE new_slugs");
  db.execute("ALTER TABLE ecommerce.products ALTER COLUMN slug SET NOT NULL,"
             " ADD CONSTRAINT products_slug_key UNIQUE (slug),"
             " ADD CONSTRAINT products_slug_is_plain CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')");
}

static void downgrade(cairn::Database& db) { db.execute("ALTER TABLE ecommerce.products DROP COLUMN slug"); }

static void verify(cairn::Database& db) {
  const cairn::Rows off = db.query("SELECT tgname FROM pg_trigger WHERE tgrelid = 'ecommerce.products'::regclass AND tgenabled <> 'O'");
  if (!off.empty()) db.fail("the trigger " + cairn::str(off[0][0].text()) + " of the products was left off");
}
