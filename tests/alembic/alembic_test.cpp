#include "support/runner.hpp"
#include "support/server_programs.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace cairn::test {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* schemas = "SELECT count(*) FROM pg_namespace WHERE nspname IN ('core', 'acct', 'inv', 'pos')";
constexpr const char* rows = "SELECT version_num FROM alembic_version ORDER BY 1";

/// One database; both programs know the same four revisions, but Alembic's do nothing.
class Alembic : public testing::Test {
 protected:
  Finished try_alembic(const Lines& words) {
    Command command{.argv = {"/usr/bin/python3", "-B", "-m", "alembic"}, .environment = without_postgres_variables(),
                    .directory = ALEMBIC_ENVIRONMENT};
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    command.environment["PYTHONPATH"] = std::nullopt;
    command.environment["ALEMBIC_TEST_URL"] = database_.url();
    return run(command);
  }

  /// What it prints to stdout; throws std::runtime_error with what it wrote when it fails.
  std::string alembic(const Lines& words) {
    Finished finished = try_alembic(words);
    if (!finished.ok())
      throw std::runtime_error("alembic " + words.front() + " failed (are python3-alembic and python3-psycopg2 installed?):\n" +
                               finished.out + finished.err);
    return std::move(finished.out);
  }

  std::string cairn(const Lines& words) { return runner_.require(database_.url(), words); }

  /// The query through psql, as in a runbook.
  void psql(const std::string& sql) {
    const Finished finished = run({.argv = {require_server_programs().path("psql"), "-X", "-v", "ON_ERROR_STOP=1",
                                            "-d", database_.conninfo(), "-c", sql},
                                   .environment = without_postgres_variables()});
    ASSERT_TRUE(finished.ok()) << finished.err;
  }

  TestDatabase database_;
  Runner runner_{.program = CAIRN_BINARY, .options = {"--plugins", CAIRN_PLUGINS}};
};

TEST_F(Alembic, goes_on_where_cairn_stopped) {
  cairn({"upgrade", "head"});
  EXPECT_EQ(alembic({"current"}), "2864583ca021 (head)\n");
  alembic({"downgrade", "-1"});
  EXPECT_EQ(alembic({"current"}), "853113448960\n");
  EXPECT_EQ(cairn({"current"}), "853113448960\n");
  EXPECT_EQ(database_.column(rows), Lines{"853113448960"});
}

TEST_F(Alembic, hands_over_to_cairn_and_back) {
  cairn({"upgrade", "37a02ec8662a"});
  alembic({"upgrade", "head"});
  EXPECT_EQ(cairn({"current"}), "2864583ca021 (head)\n");
  alembic({"downgrade", "37a02ec8662a"});
  cairn({"upgrade", "head"});
  EXPECT_EQ(alembic({"current"}), "2864583ca021 (head)\n");
  cairn({"downgrade", "base"});
  EXPECT_EQ(alembic({"current"}), "");
  EXPECT_EQ(database_.column(rows), Lines{});
  EXPECT_EQ(database_.value(schemas), "0");
}

TEST_F(Alembic, made_the_version_table_that_cairn_uses) {
  alembic({"stamp", "head"});
  const std::string made = database_.dump_schema();
  EXPECT_EQ(cairn({"current"}), "2864583ca021 (head)\n");
  EXPECT_EQ(database_.dump_schema(), made) << "reading made something";
  TestDatabase other;
  runner_.require(other.url(), {"stamp", "head"});
  EXPECT_EQ(other.dump({"--schema-only", "--exclude-table=public.cairn_journal"}), made);
}

TEST_F(Alembic, and_cairn_both_believe_rows_written_by_hand) {
  cairn({"upgrade", "head"});
  psql("UPDATE alembic_version SET version_num = '853113448960'");
  EXPECT_EQ(alembic({"current"}), "853113448960\n");
  EXPECT_EQ(cairn({"current"}), "853113448960\n");
  psql("UPDATE alembic_version SET version_num = '2864583ca021'");
  EXPECT_EQ(cairn({"current"}), "2864583ca021 (head)\n");
  cairn({"downgrade", "base"});
  EXPECT_EQ(database_.value(schemas), "0");
}

TEST_F(Alembic, stamps_are_believed_by_the_other) {
  alembic({"stamp", "37a02ec8662a"});
  EXPECT_EQ(cairn({"current"}), "37a02ec8662a\n");
  cairn({"stamp", "head"});
  EXPECT_EQ(alembic({"current"}), "2864583ca021 (head)\n");
  cairn({"stamp", "base"});
  EXPECT_EQ(alembic({"current"}), "");
}

TEST_F(Alembic, stops_at_the_row_of_an_optional_seed_until_cairn_takes_it_away) {
  runner_.options = {"--plugins", CAIRN_PLUGINS, "--plugins", CAIRN_OPTIONAL_SEED};
  cairn({"upgrade", "tax_settings@head"});
  for (const Lines& words : {Lines{"current"}, Lines{"upgrade", "head"}}) {
    const Finished finished = try_alembic(words);
    EXPECT_FALSE(finished.ok());
    EXPECT_NE((finished.out + finished.err).find("Can't locate revision identified by '9b1f4c7e2a60'"), std::string::npos)
        << finished.out << finished.err;
  }
  cairn({"downgrade", "tax_settings@base"});
  EXPECT_EQ(alembic({"current"}), "2864583ca021 (head)\n");
}

}  // namespace
}  // namespace cairn::test
