#include "settings_fixture.hpp"

#include "base/error.hpp"
#include "config/environment.hpp"
#include "config/reference.hpp"

namespace cairn {
namespace {

struct LayerRow {
  const char* key;
  const char* plain;       ///< how cairn.toml sets it
  const char* sectioned;   ///< how a section does
  const char* flag;        ///< null: it has none
  const char* values[5];   ///< default, file, section, variable, flag
};

/// Every key that can be set in every place, weakest first.
const LayerRow layer_rows[] = {
    {"database", "database = \"f\"", "[env.t]\ndatabase = \"s\"", "database", {"", "f", "s", "v", "x"}},
    {"state.schema", "[state]\nschema = \"f\"", "[env.t.state]\nschema = \"s\"", nullptr, {"public", "f", "s", "v", ""}},
    {"state.version_table", "[state]\nversion_table = \"f\"", "[env.t.state]\nversion_table = \"s\"", nullptr,
     {"alembic_version", "f", "s", "v", ""}},
    {"state.journal_table", "[state]\njournal_table = \"f\"", "[env.t.state]\njournal_table = \"s\"", nullptr,
     {"cairn_journal", "f", "s", "v", ""}},
    {"trust.locked", "[trust]\nlocked = false", "[env.t.trust]\nlocked = true", "locked", {"false", "false", "true", "false", "true"}},
    {"run.lock_wait", "[run]\nlock_wait = 1", "[env.t.run]\nlock_wait = 2", "lock-wait", {"300", "1", "2", "3", "4"}},
    {"smoke.gate", "[smoke]\ngate = \"warning\"", "[env.t.smoke]\ngate = \"note\"", nullptr, {"error", "warning", "note", "never", ""}},
    {"run.step_timeout", "[run]\nstep_timeout = 1", "[env.t.run]\nstep_timeout = 2", "step-timeout", {"0", "1", "2", "3", "4"}},
};

std::string text_of(const Settings& settings, std::string_view name) {
  for (const ValueInForce& value : settings.values)
    if (value.name == name) return value.texts.empty() ? "" : value.texts.front();
  return "(no such value)";
}

OriginKind origin_of(const Settings& settings, std::string_view name) {
  for (const ValueInForce& value : settings.values)
    if (value.name == name) return value.origin.kind;
  return OriginKind::standard;
}

TEST_F(SettingsTest, take_every_key_from_the_strongest_place_that_sets_it) {
  for (const LayerRow& row : layer_rows) {
    SCOPED_TRACE(row.key);
    const std::string variable(find_config_key(row.key)->variables.front());
    CommandLineSettings line;
    const auto expect = [&](int strength) {
      EXPECT_EQ(text_of(read(line), row.key), row.values[strength]);
      EXPECT_EQ(static_cast<int>(origin_of(read(line), row.key)), strength);
    };
    write("cairn.toml", "[env.t]\n");
    line.flags["env"] = {"t"};
    expect(0);
    write("cairn.toml", std::string(row.plain) + "\n[env.t]\n");
    expect(1);
    write("cairn.toml", std::string(row.plain) + "\n" + row.sectioned + "\n");
    expect(2);
    setenv(variable.c_str(), row.values[3], 1);
    expect(3);
    if (row.flag != nullptr) {
      line.flags[row.flag] = {row.values[4]};
      expect(4);
    }
    unsetenv(variable.c_str());
  }
}

TEST_F(SettingsTest, put_no_section_in_force_unless_it_is_named) {
  write("cairn.toml", "database = \"local\"\n[env.prod]\ndatabase = \"host=prod\"\n[env.dev.variables]\na = \"dev\"\n");
  EXPECT_EQ(read().database, "local");
  EXPECT_EQ(read().environment, std::nullopt);
  setenv("CAIRN_ENV", "prod", 1);
  EXPECT_EQ(read().database, "host=prod");
  EXPECT_EQ(read().environment, "prod");
  CommandLineSettings line;
  line.flags["env"] = {"dev"};
  EXPECT_EQ(read(line).database, "local");
  EXPECT_EQ(read(line).variables.at("a"), "dev");
}

TEST_F(SettingsTest, say_so_when_a_variable_is_stronger_than_the_section_that_was_asked_for) {
  write("cairn.toml", "[env.test]\ndatabase = \"host=test\"\n[env.bare]\n");
  setenv("DATABASE_URL", "host=prod", 1);
  setenv("CAIRN_ENV", "test", 1);
  EXPECT_EQ(read().notices, std::vector<std::string>{"the database is that of DATABASE_URL, which is stronger than the one of "
                                                     "[env.test] in cairn.toml"});
  CommandLineSettings line;
  line.flags["database"] = {"local"};
  EXPECT_TRUE(read(line).notices.empty());
  setenv("CAIRN_ENV", "bare", 1);
  EXPECT_TRUE(read().notices.empty());
}

TEST_F(SettingsTest, merge_variables_one_by_one) {
  write("cairn.toml", "[variables]\na = \"file\"\nb = \"file\"\nc = \"file\"\n[env.t.variables]\nb = \"section\"\nc = \"section\"\nd = \"\"\n");
  CommandLineSettings line;
  line.flags = {{"env", {"t"}}, {"variable", {"c=flag", "e=="}}};
  EXPECT_EQ(read(line).variables, (std::map<std::string, std::string, std::less<>>{
                                      {"a", "file"}, {"b", "section"}, {"c", "flag"}, {"d", ""}, {"e", "="}}));
}

TEST_F(SettingsTest, say_how_smoke_runs_judge) {
  write("cairn.toml", "[smoke]\ngate = \"never\"\ndeadline = 0\nschemas = [\"core\", \"pos\"]\nbaseline = \"000000000001\"\nrelease = \"v0.3.0\"\n");
  const SmokeSettings smoke = read().smoke;
  EXPECT_EQ(smoke.gate, "never");
  EXPECT_EQ(smoke.deadline, std::chrono::seconds(0));
  EXPECT_EQ(smoke.schemas, (std::vector<std::string>{"core", "pos"}));
  EXPECT_EQ(smoke.baseline, "000000000001");
  EXPECT_EQ(smoke.release, "v0.3.0");
}

TEST_F(SettingsTest, judge_by_errors_within_a_minute_unless_told_otherwise) {
  const SmokeSettings smoke = read().smoke;
  EXPECT_EQ(smoke.gate, "error");
  EXPECT_EQ(smoke.deadline, std::chrono::seconds(60));
  EXPECT_TRUE(smoke.rules.empty() && smoke.schemas.empty() && smoke.baseline.empty() && smoke.release.empty());
}

TEST_F(SettingsTest, merge_levels_one_by_one) {
  write("cairn.toml", "[smoke.rules]\na = \"off\"\nb = \"note\"\n[env.t.smoke.rules]\nb = \"error\"\nc = \"warning\"\n");
  CommandLineSettings line;
  line.flags["env"] = {"t"};
  EXPECT_EQ(read(line).smoke.rules, (std::map<std::string, std::string, std::less<>>{{"a", "off"}, {"b", "error"}, {"c", "warning"}}));
  EXPECT_EQ(text_of(read(line), "smoke.rules.b"), "error");
}

struct ReferenceRow {
  const char* written;
  const char* read;
};

TEST_F(SettingsTest, put_the_environment_into_the_database_as_one_part_of_it) {
  setenv("TEST_PW", "p@ss/w:rd %'\\", 1);
  setenv("TEST_URL", "postgresql://a:b%40@c/d", 1);
  const ReferenceRow rows[] = {
      {"postgresql://app:${TEST_PW}@db/app", "postgresql://app:p%40ss%2Fw%3Ard%20%25%27%5C@db/app"},
      {"host=db password=${TEST_PW}", "host=db password=p@ss/w:rd\\ %\\'\\\\"},
      {"host=db password='${TEST_PW}'", "host=db password='p@ss/w:rd\\ %\\'\\\\'"},
      {"${TEST_URL}", "postgresql://a:b%40@c/d"},
      {"postgresql://app:$${TEST_PW}@db/app", "postgresql://app:${TEST_PW}@db/app"},
      {"postgresql://app:$x@db/app", "postgresql://app:$x@db/app"},
  };
  for (const ReferenceRow& row : rows) {
    write("cairn.toml", std::string("database = \"") + row.written + "\"\n");
    EXPECT_EQ(read().database, row.read);
  }
  write("cairn.toml", "database = \"postgresql://app:${TEST_PW}@db/app\"\n[variables]\na = \"<${TEST_PW}>\"\n");
  EXPECT_EQ(read().variables.at("a"), "<p@ss/w:rd %'\\>");
  EXPECT_EQ(read().secret_variables, std::vector<std::string>{"TEST_PW"});
}

TEST_F(SettingsTest, miss_a_reference_only_where_the_value_is_wanted) {
  unsetenv("TEST_PW");
  write("cairn.toml", "database = \"postgresql://app:${TEST_PW}@db/app\"\n[variables]\na = \"${TEST_PW}\"\n[env.x]\nplugins = [\"${TEST_PW}\"]\n");
  const Settings settings = read();
  EXPECT_EQ(settings.database, std::nullopt);
  ASSERT_EQ(settings.database_problems.size(), 1u);
  EXPECT_EQ(settings.database_problems[0].message(), "\"database\" refers to the environment variable TEST_PW, which is not set");
  EXPECT_EQ(settings.database_problems[0].place()->line, 1u);
  ASSERT_EQ(settings.variable_problems.size(), 1u);
  EXPECT_EQ(settings.variable_problems[0].message(), "\"variables.a\" refers to the environment variable TEST_PW, which is not set");
  EXPECT_FALSE(settings.variables.contains("a"));
  CommandLineSettings line;
  line.flags = {{"database", {"local"}}, {"variable", {"a=b"}}};
  EXPECT_TRUE(read(line).database_problems.empty());
  EXPECT_TRUE(read(line).variable_problems.empty());
  line.flags["env"] = {"x"};
  EXPECT_THROW(read(line), Error);
}

TEST_F(SettingsTest, know_variables_of_the_environment_that_are_nearly_ours) {
  setenv("CAIRN_DATABSE", "x", 1);
  std::string strays;
  for (const StrayVariable& stray : find_stray_variables())
    if (stray.name == "CAIRN_DATABSE") strays += stray.name + " " + stray.meant.value_or("");
  unsetenv("CAIRN_DATABSE");
  EXPECT_EQ(strays, "CAIRN_DATABSE CAIRN_DATABASE");
}

}  // namespace
}  // namespace cairn
