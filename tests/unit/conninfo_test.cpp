#include "postgres/conninfo.hpp"

#include "base/error.hpp"
#include "postgres/connect_error.hpp"
#include "postgres/connection.hpp"
#include "postgres/facts.hpp"
#include "postgres/hosts.hpp"
#include "postgres/runner_lock.hpp"
#include "postgres/server_error.hpp"
#include "postgres/shown_query.hpp"
#include "postgres/start_up.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>

namespace cairn {
namespace {

/// Sorted "keyword=value" words, with what libpq adds by itself left out by the parser.
std::string words(const Database& database) {
  std::vector<std::string> list;
  for (const Setting& s : database.settings) list.push_back(s.keyword + "=" + s.value);
  std::sort(list.begin(), list.end());
  std::string text;
  for (const std::string& word : list) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string everything(const Error& error) {
  std::string text = error.message() + "|" + error.detail() + "|" + error.hint();
  for (const Error& more : error.also()) text += "|" + everything(more);
  return text;
}

TEST(Conninfo, reads_every_spelling) {
  struct Case { const char* text; const char* settings; const char* shown; };
  const Case cases[] = {
      {"postgresql://bob@db.example:5433/app", "dbname=app host=db.example port=5433 user=bob",
       "postgresql://bob@db.example:5433/app"},
      {"postgres://bob:pw@db/app?sslmode=require", "dbname=app host=db password=pw sslmode=require user=bob",
       "postgresql://bob:***@db/app?sslmode=require"},
      {"PostgreSQL://db/app", "dbname=app host=db", "postgresql://db/app"},
      {"  postgresql:///app\n", "dbname=app", "postgresql:///app"},
      {"postgresql:///app?host=/var/run/postgresql", "dbname=app host=/var/run/postgresql",
       "postgresql:///app?host=%2Fvar%2Frun%2Fpostgresql"},
      {"postgresql://a:1,b:2/app", "dbname=app host=a,b port=1,2", "postgresql:///app?host=a%2Cb&port=1%2C2"},
      {"postgresql://[::1]:5433/app", "dbname=app host=::1 port=5433", "postgresql:///app?host=%3A%3A1&port=5433"},
      {"postgresql://u:p%40ss%3Aw%2Frd%25@db/app", "dbname=app host=db password=p@ss:w/rd% user=u",
       "postgresql://u:***@db/app"},
      {"postgresql://u:a:b@db/app", "dbname=app host=db password=a:b user=u", "postgresql://u:***@db/app"},
      {"postgresql://u:a/b?c@db/app", "dbname=app host=db password=a/b?c user=u", "postgresql://u:***@db/app"},
      {"postgresql://db:5432/app?user=me@corp", "dbname=app host=db port=5432 user=me@corp",
       "postgresql://me%40corp@db:5432/app"},
      {"postgresql+psycopg2://u:pw@db/app", "dbname=app host=db password=pw user=u", "postgresql://u:***@db/app"},
      {"postgres+psycopg://u:pw@db/app", "dbname=app host=db password=pw user=u", "postgresql://u:***@db/app"},
      {"postgresql+asyncpg://u:pw@db/app?ssl=require", "dbname=app host=db password=pw sslmode=require user=u",
       "postgresql://u:***@db/app?sslmode=require"},
      {"postgresql+asyncpg://db/app?ssl=true&prepared_statement_cache_size=0&timeout=5",
       "connect_timeout=5 dbname=app host=db sslmode=require", nullptr},
      {"postgresql+asyncpg://db/app?ssl=False", "dbname=app host=db sslmode=disable", nullptr},
      {"postgresql://db/app?ssl=verify-full", "dbname=app host=db sslmode=verify-full", nullptr},
      {"postgresql+psycopg2://u:a/b@db/app", "dbname=app host=db password=a/b user=u", "postgresql://u:***@db/app"},
      {"postgresql+psycopg2://db/app?options=-c+work_mem=1MB", "dbname=app host=db options=-c work_mem=1MB", nullptr},
      {"postgresql+psycopg2:///app?host=a:1&host=b:2", "dbname=app host=a,b port=1,2", nullptr},
      {"postgresql+psycopg2:///app?host=a&host=b:2", "dbname=app host=a,b port=,2", nullptr},
      {"postgresql+psycopg2:///app?host=/tmp", "dbname=app host=/tmp", nullptr},
      {"host=db dbname=app", "dbname=app host=db", "dbname=app host=db"},
      {"host = db  password='a \\'b\\\\' dbname=app", "dbname=app host=db password=a 'b\\",
       "dbname=app host=db password=***"},
      {"host=db password=a://b", "host=db password=a://b", "host=db password=***"},
      {"dbname='my app' sslpassword=x", "dbname=my app sslpassword=x", "dbname='my app' sslpassword=***"},
      {"postgresql://db/app?sslpassword=x&password=y", "dbname=app host=db password=y sslpassword=x",
       "postgresql://:***@db/app?sslpassword=***"},
  };
  for (const Case& c : cases) {
    const Database database = parse_database(c.text);
    EXPECT_EQ(database.kind, DatabaseKind::server) << c.text;
    EXPECT_EQ(words(database), c.settings) << c.text;
    if (c.shown == nullptr) continue;
    std::string shown = database.redacted();
    if (database.spelling == Spelling::settings) {   // in libpq's order, not ours
      Database same = database;
      std::sort(same.settings.begin(), same.settings.end(),
                [](const Setting& a, const Setting& b) { return a.keyword < b.keyword; });
      shown = same.redacted();
    }
    EXPECT_EQ(shown, c.shown) << c.text;
  }
}

TEST(Conninfo, recognises_its_own_servers) {
  EXPECT_EQ(parse_database("local").kind, DatabaseKind::local);
  EXPECT_EQ(parse_database(" ephemeral ").kind, DatabaseKind::ephemeral);
  EXPECT_EQ(parse_database("local").redacted(), "local");
}

TEST(Conninfo, says_which_part_is_wrong_and_never_repeats_a_secret) {
  struct Case { const char* text; const char* says; };
  const Case cases[] = {
      {"", "empty text"},
      {"mysql://u:s3cret@db/app", "not with \"mysql\" databases"},
      {"sqlite:///s3cret.db", "not with \"sqlite\" databases"},
      {"jdbc:postgresql://db/app?password=s3cret", "JDBC"},
      {"postgresql://u:s3cret%zz@db/app", "the password has a % that"},
      {"postgresql://u:s3cret%4@db/app", "the password has a % that"},
      {"postgresql://u:s3cret%00@db/app", "the password has a % that"},
      {"postgresql://s3cret%zz@db/app", "the user name has a % that"},
      {"postgresql://db/s3cret%", "the database name has a % that"},
      {"postgresql://db/app?password=%s3cret", "the option \"password\" has a % that"},
      {"postgresql://u:s3@s3cret@db/app", "more than one \"@\""},
      {"postgresql://u:x@ss3:s3cret@db/app", "more than one \"@\""},
      {"postgresql://u:s3cret/app", "is not a port number"},
      {"postgresql://db:0/app", "is not a port number"},
      {"postgresql://db:65536/app", "is not a port number"},
      {"postgresql://u:12/s3cret@db/app", "more than one \"@\""},
      {"postgresql://db/app?s3cret=1", "is not one of libpq's"},
      {"postgresql://db/app?sslmod=require", "is not one of libpq's"},
      {"postgresql://db/app?s3cret", "has no \"=\" and value"},
      {"host=db port=s3cret", "\"port\" is not a port number"},
      {"password=my s3cret dbname=x", "after the value of \"password\" there is a word without"},
      {"password=my s3cret=1", "after the value of \"password\" there is something"},
      {"password='s3cret", "the quoted value of \"password\" has no closing quote"},
      {"hots=db", "\"hots\" is not a libpq setting"},
      {"dbname=postgresql://u:s3cret@db/app", "\"dbname\" holds a whole URL"},
      {"u:s3cret@db/app", "neither a URL nor a list of settings"},
      {"locl", "\"locl\" is neither"},
      {"myapp", "\"myapp\" is neither"},
  };
  for (const Case& c : cases) {
    try {
      parse_database(c.text);
      ADD_FAILURE() << c.text << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.category(), Category::configuration) << c.text;
      EXPECT_NE(everything(error).find(c.says), std::string::npos) << c.text << " -> " << everything(error);
      EXPECT_EQ(everything(error).find("s3cret"), std::string::npos) << c.text << " -> " << everything(error);
    }
  }
}

/// Damages up to three bytes outside the secret, as typing errors do.
std::string damage(std::string text, std::mt19937& random) {
  const std::string bytes = ":/@?&=%'\\ ,[]+ab1\xff";
  const auto any = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random); };
  for (std::size_t left = any(3) + 1; left > 0; --left) {
    const std::size_t at = any(text.size());
    const std::size_t secret = text.find("s3cret");
    if (at >= secret && at < secret + 6) continue;
    const std::string byte(1, bytes[any(bytes.size())]);
    switch (any(3)) {
      case 0: text.replace(at, 1, byte); break;
      case 1: text.insert(at, byte); break;
      default: text.erase(at, 1); break;
    }
  }
  return text;
}

TEST(Conninfo, keeps_the_secret_of_damaged_texts) {
  std::mt19937 random(20251130);
  const std::string originals[] = {
      "postgresql://bob:s3cret@db.example:5433/app?sslmode=require",
      "postgresql+asyncpg://bob:s3cret@db/app?ssl=require",
      "postgresql://db.example/app?user=bob&password=s3cret&sslmode=require",
      "host=db port=5432 user=bob password=s3cret dbname=app",
      "host=db user=bob dbname=app password='s3cret'",
  };
  int accepted = 0;
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string text = damage(originals[static_cast<std::size_t>(round) % std::size(originals)], random);
    try {
      const Database database = parse_database(text);
      ++accepted;
      const bool elsewhere = std::any_of(database.settings.begin(), database.settings.end(), [](const Setting& s) {
        return !is_secret(s.keyword) && s.value.find("s3cret") != std::string::npos;
      });
      ASSERT_TRUE(elsewhere || database.redacted().find("s3cret") == std::string::npos) << text;
    } catch (const Error& error) {
      ++refused;
      ASSERT_EQ(everything(error).find("s3cret"), std::string::npos) << text << " -> " << everything(error);
    }
  }
  EXPECT_GT(accepted, 1000);
  EXPECT_GT(refused, 1000);
}

TEST(Conninfo, suggests_what_was_meant) {
  struct Case { const char* text; const char* hint; };
  const Case cases[] = {{"locl", "\"local\""},
                        {"hots=db", "\"host\""},
                        {"postgresql://db/app?sslmod=require", "\"sslmode\""},
                        {"myapp", "dbname=myapp"}};
  for (const Case& c : cases) {
    try {
      parse_database(c.text);
      ADD_FAILURE() << c.text;
    } catch (const Error& error) {
      EXPECT_NE(error.hint().find(c.hint), std::string::npos) << c.text << " -> " << error.hint();
    }
  }
}

TEST(Conninfo, reports_all_bad_escapes_together) {
  try {
    parse_database("postgresql://u%:p%@db/a%");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.also().size(), 2u);
  }
}

TEST(Conninfo, reads_redacted_urls_again_as_the_same_settings) {
  for (const char* text :
       {"postgresql://bob@db:5433/app?sslmode=require", "postgresql://a:1,b:2/app", "postgresql:///a%20b?host=/tmp"}) {
    const Database database = parse_database(text);
    EXPECT_EQ(words(parse_database(database.redacted())), words(database)) << text;
  }
}

TEST(Hosts, lose_the_silent_one) {
  const std::vector<Setting> three{{"host", "a,b,a"}, {"port", "1,2,1"}, {"dbname", "x"}};
  EXPECT_EQ(list_hosts(three).size(), 3u);
  const std::vector<Setting> left = without_host(three, {"a", "10.0.0.1", "1"});
  EXPECT_EQ(value_of(left, "host"), "b");
  EXPECT_EQ(value_of(left, "port"), "2");
  EXPECT_EQ(value_of(left, "dbname"), "x");
  EXPECT_TRUE(without_host(left, {"b", "10.0.0.2", "2"}).empty());
  const std::vector<Setting> addresses{{"hostaddr", "10.0.0.1,10.0.0.2"}};
  EXPECT_EQ(value_of(without_host(addresses, {"10.0.0.1", "10.0.0.1", "5432"}), "hostaddr"), "10.0.0.2");
}

TEST(StartUp, lets_the_user_win_where_that_is_safe) {
  const std::vector<Setting> effective{
      {"options", "-c work_mem=1MB"}, {"keepalives_idle", "5"}, {"client_encoding", "LATIN1"}};
  const auto full = make_start_up_settings(effective, {}, StartUp::full);
  const std::string options = value_of(full, "options");
  EXPECT_LT(options.find("idle_in_transaction_session_timeout"), options.find("work_mem"));
  EXPECT_LT(options.find("work_mem"), options.find("standard_conforming_strings"));
  EXPECT_NE(options.find("client_connection_check_interval"), std::string::npos);
  EXPECT_EQ(options.find("search_path"), std::string::npos);
  EXPECT_EQ(value_of(full, "keepalives_idle"), "5");
  EXPECT_EQ(value_of(full, "client_encoding"), "UTF8");
  const auto older = make_start_up_settings(effective, {}, StartUp::without_check_interval);
  EXPECT_EQ(value_of(older, "options").find("client_connection_check_interval"), std::string::npos);
  EXPECT_EQ(value_of(make_start_up_settings(effective, {}, StartUp::plain), "options"), "-c work_mem=1MB");
}

TEST(ServerVersion, is_refused_below_13) {
  struct Case { int version; const char* name; };
  for (const Case& c : {Case{120017, "12.17"}, Case{90624, "9.6.24"}}) {
    try {
      require_supported_version(c.version);
      ADD_FAILURE() << c.name;
    } catch (const Error& error) {
      EXPECT_NE(error.message().find(c.name), std::string::npos) << error.message();
    }
  }
  EXPECT_NO_THROW(require_supported_version(130000));
  EXPECT_NO_THROW(require_supported_version(190000));
}

TEST(ConnectError, finds_the_sqlstate_in_any_language) {
  struct Case { const char* text; const char* sqlstate; };
  const Case cases[] = {
      {"connection to server at \"db\" (10.0.0.1), port 5432 failed: FATAL:  28P01: password authentication failed for "
       "user \"bob\"\nLOCATION:  auth_failed, auth.c:338\n",
       "28P01"},
      {"connection to server on socket \"/x\" failed: FATAL:  3D000: Datenbank »x« existiert nicht\n", "3D000"},
      {"connection to server at \"db\", port 5432 failed: Connection refused\n\tIs the server running?\n", ""},
      {"", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(find_sqlstate(c.text), c.sqlstate) << c.text;
}

TEST(ConnectError, tells_the_reasons_apart) {
  struct Case { const char* text; const char* message; };
  const Case cases[] = {
      {"could not translate host name \"nowhere\" to address: Name or service not known\n",
       "the host name is not known"},
      {"connection to server at \"db\", port 5432 failed: Connection refused\n", "no server is listening there"},
      {"connection to server at \"db\", port 5432 failed: server does not support SSL, but SSL was required\n",
       "TLS could not be agreed on"},
      {"connection to server at \"db\", port 5432 failed: root certificate file \"/r\" does not exist\n",
       "TLS could not be agreed on"},
      {"connection to server at \"db\", port 5432 failed: FATAL:  53300: sorry, too many clients already\nLOCATION:  "
       "x\n",
       "sorry, too many clients already"},
      {"something new\n\tindented\n", "something new"},
  };
  for (const Case& c : cases) {
    const Error error = to_connect_error({c.text, false, false}, "database \"app\"");
    EXPECT_EQ(error.message(), std::string("cannot connect: ") + c.message);
    EXPECT_NE(error.detail().find("database \"app\""), std::string::npos);
    EXPECT_FALSE(error.hint().empty());
  }
}

TEST(ServerError, keeps_the_servers_words_and_adds_advice) {
  ServerFailure failure;
  failure.sqlstate = "42P07";
  failure.message = "relation \"users\" already exists";
  failure.hint = "Pick another name.";
  failure.context = "PL/pgSQL function f() line 3\nSQL statement \"x\"";
  const Error error = to_error(failure, Category::revision);
  EXPECT_EQ(error.message(), failure.message);
  EXPECT_EQ(error.sqlstate(), "42P07");
  EXPECT_TRUE(error.hint().starts_with("Pick another name. "));
  EXPECT_NE(error.hint().find("cairn stamp"), std::string::npos);
  EXPECT_EQ(error.context().size(), 2u);
}

TEST(ServerError, advises_by_code_before_class) {
  struct Case { const char* sqlstate; const char* advice; };
  const Case cases[] = {{"42P01", "down_revision"},
                        {"28P01", "password"},
                        {"28000", "pg_hba.conf"},
                        {"08006", "cairn current"},
                        {"55P03", "--lock-wait"}};
  for (const Case& c : cases) {
    ServerFailure failure;
    failure.sqlstate = c.sqlstate;
    EXPECT_NE(to_error(failure, Category::revision).hint().find(c.advice), std::string::npos) << c.sqlstate;
  }
  EXPECT_TRUE(to_error({}, Category::revision).hint().empty());
}

TEST(Pooler, is_told_by_the_backend_that_answers) {
  EXPECT_NO_THROW(require_direct_connection(7, 7));
  try {
    require_direct_connection(7, 8);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::connection);
    EXPECT_NE(error.hint().find("onnect directly, not through a pooler in transaction mode"), std::string::npos);
  }
}

TEST(Facts, say_when_the_server_cannot_be_written_to) {
  ServerFacts facts;
  EXPECT_NO_THROW(require_writable(facts));
  facts.in_recovery = true;
  EXPECT_THROW(require_writable(facts), Error);
  EXPECT_THROW(parse_facts(Result{}), Error);
}

TEST(RunnerLock, key_depends_on_schema_and_table_alone) {
  EXPECT_EQ(lock_key("public", "alembic_version"), lock_key("public", "alembic_version"));
  EXPECT_NE(lock_key("public", "alembic_version"), lock_key("publica", "lembic_version"));
  // SHA-256 of "cairn/v1\0public\0alembic_version", computed elsewhere.
  EXPECT_EQ(static_cast<std::uint64_t>(lock_key("public", "alembic_version")), 0xda68e408575a2d03ULL);
}

TEST(RunnerLock, pauses_grow_to_a_second) {
  EXPECT_EQ(lock_pause(1, 0).count(), 50);
  EXPECT_EQ(lock_pause(1, 1).count(), 100);
  EXPECT_EQ(lock_pause(100, 1).count(), 1000);
  EXPECT_LT(lock_pause(2, 1), lock_pause(3, 1));
}

TEST(ShownQuery, is_one_line_cut_before_literals) {
  struct Case { const char* query; const char* shown; };
  const Case cases[] = {
      {"ALTER TABLE t\n   ADD c int", "ALTER TABLE t ADD c int"},
      {"ALTER ROLE bob PASSWORD 's3cret'", "ALTER ROLE bob PASSWORD …"},
      {"DO $x$ s3cret $x$", "DO …"},
      {"", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(shown_query(c.query), c.shown);
}

}  // namespace
}  // namespace cairn
