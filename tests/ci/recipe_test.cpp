// The lines of the recipes in docs/ci, run as a CI service would run them, on a project that is right and on projects in
// which one thing is wrong.
#include "ci/shop_in_ci.hpp"
#include "places/installed.hpp"
#include "support/file_text.hpp"

#include <ostream>

namespace cairn::test {
namespace {

std::vector<CiJob> jobs() { return read_github_jobs(read_file(CAIRN_RECIPES "/github-actions.yml")); }

class Recipe : public Installed {
 protected:
  ShopInCi shop_{prefix(), folder()};
};

TEST(Recipes, of_both_services_run_the_same_lines_in_jobs_of_the_same_names) {
  EXPECT_EQ(read_gitlab_jobs(read_file(CAIRN_RECIPES "/gitlab-ci.yml")), jobs());
  std::vector<std::string> names;
  for (const CiJob& job : jobs()) names.push_back(job.name);
  EXPECT_EQ(names, (std::vector<std::string>{"lint", "migration-check", "postgres-migration-check", "smoke-test", "sql-dry-run"}));
}

TEST_F(Recipe, passes_a_project_that_is_right_and_leaves_its_artefacts) {
  std::string printed;
  EXPECT_EQ(shop_.failing(jobs(), printed), std::vector<std::string>{}) << printed;
  for (const char* name : {"check-up.sql", "check-down.sql", "upgrade.sql", "smoke.xml", "smoke.html"})
    EXPECT_TRUE(std::filesystem::exists(shop_.report(name))) << name;
  EXPECT_EQ(shop_.database().value("SELECT version_num FROM alembic_version"), "bbbbbbbbbbbb");
  EXPECT_EQ(shop_.database().value("SELECT count(*) FROM pg_database WHERE datname ~ 'dry_run|smoke'"), "0");
}

TEST_F(Recipe, takes_nothing_down_in_a_database_that_is_in_use) {
  const CiJob check{.name = "", .lines = {"sh ci/check.sh postgres-migration-check"}, .has_database = true};
  ASSERT_EQ(shop_.run(check).code, 0);
  const Finished again = shop_.run(check);
  EXPECT_EQ(again.code, 1);
  EXPECT_NE(again.err.find("postgres-migration-check failed: the database is not empty"), std::string::npos) << again.err;
  EXPECT_EQ(shop_.database().value("SELECT version_num FROM alembic_version"), "bbbbbbbbbbbb");
}

TEST_F(Recipe, proves_what_comes_after_a_dump_too) {
  const CiJob check{.name = "", .lines = {"sh ci/check.sh postgres-migration-check"}, .has_database = true};
  ASSERT_EQ(shop_.run(check).code, 0);
  const std::filesystem::path dump = folder() / "shop.sql";
  write_file(dump, shop_.database().dump({"--no-owner", "--no-privileges"}));
  shop_.add("cccccccccccc", "CREATE TABLE c (n int);\n", "DROP TABLE c;\n");
  const Finished smoke = shop_.run({.name = "", .lines = {"CAIRN_DUMP='" + dump.string() + "' sh ci/check.sh smoke-test"}});
  EXPECT_EQ(smoke.code, 0) << smoke.out << smoke.err;
  const std::string report = read_file(shop_.report("smoke-dump.xml"));
  EXPECT_NE(report.find("cccccccccccc"), std::string::npos) << report;
  EXPECT_EQ(report.find("aaaaaaaaaaaa"), std::string::npos) << "it is in the dump\n" << report;
}

TEST_F(Recipe, holds_the_plugins_to_a_lock_file) {
  const CiJob lint{.name = "", .lines = {"sh ci/check.sh lint"}};
  ASSERT_EQ(shop_.run(lint).code, 0);
  ASSERT_EQ(shop_.run({.name = "", .lines = {"cairn lock", "sh ci/check.sh lint"}}).code, 0);
  shop_.add("cccccccccccc", "CREATE TABLE c (n int);\n", "DROP TABLE c;\n");
  const Finished refused = shop_.run(lint);
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("lint failed: cairn lock --check (exit code 1)"), std::string::npos) << refused.err;
}

TEST_F(Recipe, refuses_a_job_that_it_does_not_know) {
  const Finished refused = shop_.run({.name = "", .lines = {"sh ci/check.sh lint smokes"}});
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.err, "there is no job \"smokes\"; the jobs are: lint migration-check postgres-migration-check smoke-test sql-dry-run\n");
}

struct Fault {
  const char* name;
  void (*plant)(const ShopInCi&);
  std::vector<std::string> failing;
  std::vector<std::string> said;
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }

const std::vector<Fault> faults = {
    {"a second head", [](const ShopInCi& shop) { shop.add("cccccccccccc", "CREATE TABLE c (n int);\n", "DROP TABLE c;\n", "aaaaaaaaaaaa"); },
     {"lint", "smoke-test"}, {"lint failed: cairn heads --check one (exit code 1)", "cccccccccccc \"revision cccccccccccc\"", "several-heads"}},
    {"a downgrade that leaves something behind",
     [](const ShopInCi& shop) { shop.add("cccccccccccc", "CREATE INDEX IF NOT EXISTS customers_name ON customers (name);\n", "-- nothing to do\n"); },
     {"smoke-test"}, {"smoke-test failed: cairn smoke", "downgrade-leaves-traces", "index public.customers_name"}},
    {"a downgrade that fails",
     [](const ShopInCi& shop) { shop.add("cccccccccccc", "CREATE TABLE c (n int);\n", "DROP TABLE d;\n"); },
     {"postgres-migration-check", "smoke-test"},
     {"postgres-migration-check failed: cairn downgrade base (exit code 9)", "revision cccccccccccc \"revision cccccccccccc\" failed in its downgrade: table \"d\" does not exist"}},
    {"code that asks the database, which no script can",
     [](const ShopInCi& shop) {
       shop.add_code("cccccccccccc", "static void upgrade(cairn::Database& db) { if (db.query(\"SELECT\").empty()) db.fail(\"no\"); }\n"
                                     "static void downgrade(cairn::Database&) {}\n");
     },
     {"migration-check", "sql-dry-run"}, {"migration-check failed: cairn upgrade --sql base:heads", "cccccccccccc"}},
    {"a syntax error", [](const ShopInCi& shop) { shop.add("cccccccccccc", "CREATE TABEL c (n int);\n", "DROP TABLE c;\n"); },
     {"postgres-migration-check", "smoke-test", "sql-dry-run"},
     {"postgres-migration-check failed: cairn upgrade heads (exit code 9)", "syntax error at or near \"TABEL\"", "sql-dry-run failed: in_psql"}},
};

class Planted : public Recipe, public testing::WithParamInterface<Fault> {};

TEST_P(Planted, fails_the_jobs_that_can_see_it_and_no_other) {
  GetParam().plant(shop_);
  std::string printed;
  EXPECT_EQ(shop_.failing(jobs(), printed), GetParam().failing) << printed;
  for (const std::string& text : GetParam().said) EXPECT_NE(printed.find(text), std::string::npos) << text << "\nis not in\n" << printed;
}

std::string name_of(const testing::TestParamInfo<Fault>& info) {
  std::string name;
  for (const char* c = info.param.name; *c != '\0'; ++c)
    if (*c != ',') name += *c == ' ' ? '_' : *c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Recipe, Planted, testing::ValuesIn(faults), name_of);

}  // namespace
}  // namespace cairn::test
