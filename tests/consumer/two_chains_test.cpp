// The e-commerce platform and ArcoirisPOS in one database: two branches with bases of their own, and one extension that
// both need.
#include "consumer/shop.hpp"

namespace cairn::test {
namespace {

constexpr const char* point_of_sale = "853113448960";   // the head of ArcoirisPOS, which has no label
constexpr const char* shop_down = "ecommerce@base";

class TwoChains : public Shop {
 protected:
  void both(const std::vector<std::string>& words) const { both_.require(database_->url(), words); }
  /// Everything that belongs to a chain, rows too.
  std::string state_of(const std::vector<std::string>& schemas) const {
    std::vector<std::string> options;
    for (const std::string& schema : schemas) options.push_back("--schema=" + schema);
    return database_->dump(options);
  }
  std::string shop_state() const { return state_of({"ecommerce", "audit", "archive"}); }
  std::string point_of_sale_state() const { return state_of({"core", "acct", "inv", "pos"}); }
  bool has(const std::string& extension) const {
    return database_->value("SELECT count(*) FROM pg_extension WHERE extname = '" + extension + "'") == "1";
  }
  std::vector<std::string> rows() const { return database_->column("SELECT version_num FROM alembic_version ORDER BY 1"); }

  const std::unique_ptr<TestDatabase> database_ = make_database();
};

TEST_F(TwoChains, the_shop_leaves_and_the_point_of_sale_that_was_first_stays_as_it_was) {
  both({"upgrade", point_of_sale});
  const std::string before = point_of_sale_state();
  both({"upgrade", "heads"});
  EXPECT_EQ(rows().size(), 3U) << "the head of ArcoirisPOS and the two seeds of the shop";
  both({"downgrade", shop_down});
  EXPECT_TRUE(point_of_sale_state() == before);
  EXPECT_TRUE(has("pgcrypto")) << "ArcoirisPOS had made it";
  EXPECT_TRUE(has("btree_gin")) << "made by the shop, which cannot know whether ArcoirisPOS has come to use it";
  EXPECT_EQ(rows(), std::vector<std::string>{point_of_sale});
  both({"upgrade", "heads"});
}

TEST_F(TwoChains, the_point_of_sale_leaves_and_the_shop_that_was_first_stays_as_it_was) {
  both({"upgrade", "ecommerce@heads"});
  const std::string before = shop_state();
  both({"upgrade", point_of_sale});
  both({"downgrade", std::string(point_of_sale) + "@base"});
  EXPECT_TRUE(shop_state() == before);
  EXPECT_TRUE(has("pgcrypto"));
  both({"downgrade", shop_down});
  EXPECT_FALSE(has("pgcrypto")) << "the shop was alone again, and takes along what it made";
  EXPECT_FALSE(has("btree_gin"));
}

TEST_F(TwoChains, an_extension_stays_for_who_came_later) {
  both({"upgrade", "ecommerce@heads"});
  both({"upgrade", point_of_sale});
  const Finished down = both_.run(database_->url(), {"downgrade", shop_down});
  EXPECT_EQ(down.code, 0) << down.err;
  EXPECT_TRUE(has("pgcrypto")) << "made by the shop, found and used by ArcoirisPOS";
  EXPECT_NE(down.err.find("extension pgcrypto stays, since the platform is not alone here: schema acct, schema core"), std::string::npos)
      << down.err;
  const std::string before = point_of_sale_state();
  both({"upgrade", "ecommerce@heads"});
  both({"downgrade", shop_down});
  EXPECT_TRUE(point_of_sale_state() == before);
}

TEST_F(TwoChains, nobody_drops_an_extension_that_the_shop_uses) {
  both({"upgrade", point_of_sale});
  both({"upgrade", "ecommerce@heads"});
  const std::string before = shop_state();
  const Finished refused = both_.run(database_->url(), {"downgrade", std::string(point_of_sale) + "@base"});
  EXPECT_EQ(refused.code, 9) << refused.err;
  EXPECT_NE(refused.err.find("cannot drop extension pgcrypto"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("type ecommerce.access_token"), std::string::npos) << refused.err;
  EXPECT_TRUE(shop_state() == before);
  both({"downgrade", shop_down});
  both({"downgrade", "base"});
  EXPECT_EQ(rows(), std::vector<std::string>{});
  EXPECT_FALSE(has("pgcrypto"));
}

TEST_F(TwoChains, several_heads_come_with_what_to_type) {
  const Finished up = both_.run(database_->url(), {"upgrade", "head"});
  EXPECT_EQ(up.code, 5);
  for (const char* text : {"cairn upgrade heads", point_of_sale, "48b2cf97e50d", "d3a8f5b6210e"})
    EXPECT_NE(up.err.find(text), std::string::npos) << text << "\n" << up.err;
  const Finished check = both_.run("", {"heads", "--check", "one"});
  EXPECT_EQ(check.code, 1);
  EXPECT_NE(check.err.find("the schema has 2 heads"), std::string::npos) << check.err;
  EXPECT_EQ(both_.run("", {"heads", "--check", "any"}).code, 0);
  both({"upgrade", "heads"});
  const Finished down = both_.run(database_->url(), {"downgrade", "-1"});
  EXPECT_EQ(down.code, 5);
  EXPECT_NE(down.err.find("cairn downgrade"), std::string::npos) << down.err;
}

}  // namespace
}  // namespace cairn::test
