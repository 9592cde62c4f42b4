#include "settings_fixture.hpp"

#include "base/error.hpp"
#include "config/environment.hpp"
#include "config/project_file.hpp"
#include "config/today.hpp"

namespace cairn {
namespace {

TEST_F(SettingsTest, take_the_strongest_source_that_names_a_database) {
  struct Source {
    std::string name;
    void (*set)(CommandLineSettings&);
  };
  const Source weakest_first[] = {
      {(path() / "cairn.toml").string() + ", line 1", [](CommandLineSettings&) { std::ofstream("cairn.toml") << "database = \"toml\"\n"; }},
      {"DATABASE_URL", [](CommandLineSettings&) { setenv("DATABASE_URL", "url", 1); }},
      {"CAIRN_DATABASE", [](CommandLineSettings&) { setenv("CAIRN_DATABASE", "variable", 1); }},
      {"--database", [](CommandLineSettings& line) { line.flags["database"] = {"flag"}; }},
  };
  CommandLineSettings line;
  EXPECT_EQ(read(line).database, std::nullopt);   // libpq's own environment is looked at later, by who connects
  for (const Source& source : weakest_first) {
    source.set(line);
    EXPECT_EQ(read(line).database_source, source.name);
  }
  EXPECT_EQ(read(line).database, "flag");
}

TEST_F(SettingsTest, do_not_take_an_empty_variable_for_a_name) {
  setenv("CAIRN_DATABASE", "", 1);
  setenv("DATABASE_URL", "url", 1);
  EXPECT_EQ(read().database, "url");
}

TEST_F(SettingsTest, find_the_project_file_above_and_count_its_paths_from_there) {
  write("cairn.toml", "plugins = [\"build/plugins\", \"/usr/lib/x\"]\n[run]\nlock_wait = 7\n[variables]\nshop = \"north\"\n");
  write("deep/er/file", "");
  fs::current_path(path() / "deep/er");
  const Settings settings = read();
  EXPECT_EQ(settings.project, path());
  EXPECT_EQ(settings.plugins, (std::vector<fs::path>{path() / "build/plugins", "/usr/lib/x"}));
  EXPECT_EQ(settings.lock_wait, std::chrono::seconds(7));
  EXPECT_EQ(settings.variables.find("shop")->second, "north");
}

TEST_F(SettingsTest, take_plugins_from_flag_variable_file_and_beside_the_runner_in_this_order) {
  EXPECT_EQ(read().plugins, std::vector<fs::path>{"/opt/cairn/lib/cairn/plugins"});
  EXPECT_FALSE(read().plugins_named);
  write("cairn.toml", "plugins = [\"a\"]\n");
  EXPECT_EQ(read().plugins, std::vector<fs::path>{path() / "a"});
  setenv("CAIRN_PLUGINS", "b::c/../d", 1);
  EXPECT_EQ(read().plugins, (std::vector<fs::path>{path() / "b", path() / "d"}));
  CommandLineSettings line;
  line.flags["plugins"] = {"e"};
  EXPECT_EQ(read(line).plugins, std::vector<fs::path>{path() / "e"});
  EXPECT_TRUE(read(line).plugins_named);
}

TEST_F(SettingsTest, let_the_command_line_win_over_the_file) {
  write("cairn.toml", "[run]\nlock_wait = 7\nstep_timeout = 8\n[variables]\na = \"file\"\nb = \"file\"\n[state]\nschema = \"ops\"\n");
  CommandLineSettings line;
  line.flags = {{"lock-wait", {"5", "0"}}, {"variable", {"a=first", "a=second,third"}}};
  const Settings settings = read(line);
  EXPECT_EQ(settings.lock_wait.count(), 0);
  EXPECT_EQ(settings.step_timeout, std::chrono::seconds(8));
  EXPECT_EQ(settings.variables.find("a")->second, "second,third");
  EXPECT_EQ(settings.variables.find("b")->second, "file");
  EXPECT_EQ(settings.state_schema, "ops");
  EXPECT_EQ(settings.version_table, "alembic_version");
}

TEST_F(SettingsTest, look_for_the_lock_file_beside_the_project_file_else_beside_the_plugins) {
  EXPECT_EQ(read().trust.lock_file, "/opt/cairn/lib/cairn/cairn.lock");
  setenv("CAIRN_PLUGINS", "build/plugins/", 1);
  EXPECT_EQ(read().trust.lock_file, path() / "build/cairn.lock");
  setenv("CAIRN_PLUGINS", "build/*/plugins", 1);
  EXPECT_EQ(read().trust.lock_file, path() / "cairn.lock");
  write("cairn.toml", "");
  write("deep/er/file", "");
  fs::current_path(path() / "deep");
  setenv("CAIRN_PLUGINS", "er", 1);
  EXPECT_EQ(read().trust.lock_file, path() / "cairn.lock");
  write("cairn.toml", "[trust]\nlock_file = \"a/b.lock\"\n");
  EXPECT_EQ(read().trust.lock_file, path() / "a/b.lock");
  setenv("CAIRN_LOCK_FILE", "c.lock", 1);
  EXPECT_EQ(read().trust.lock_file, path() / "deep/c.lock");
}

TEST_F(SettingsTest, hold_owners_and_the_switch_of_the_lock_file) {
  EXPECT_TRUE(read().trust.owners.empty());
  EXPECT_FALSE(read().trust.locked);
  write("cairn.toml", "[trust]\nowners = [\"deploy\", \"1001\"]\nlocked = true\n");
  EXPECT_EQ(read().trust.owners, (std::vector<std::string>{"deploy", "1001"}));
  EXPECT_TRUE(read().trust.locked);
  setenv("CAIRN_TRUSTED_OWNERS", "ana:1002", 1);
  setenv("CAIRN_LOCKED", "false", 1);
  EXPECT_EQ(read().trust.owners, (std::vector<std::string>{"ana", "1002"}));
  EXPECT_FALSE(read().trust.locked);
  CommandLineSettings line;
  line.flags["locked"] = {"true"};
  EXPECT_TRUE(read(line).trust.locked);
}

TEST_F(SettingsTest, take_the_lock_file_that_came_with_the_program_for_its_own_plugins) {
  write("cairn.toml", "");
  write("bundle/lib/cairn/plugins/a.so", "");
  const auto read_bundle = [&] { return read_settings({}, path() / "bundle/bin").trust.lock_file; };
  EXPECT_EQ(read_bundle(), path() / "cairn.lock");
  write("bundle/lib/cairn/cairn.lock", "");
  EXPECT_EQ(read_bundle(), path() / "bundle/lib/cairn/cairn.lock");
  setenv("CAIRN_PLUGINS", "others", 1);
  EXPECT_EQ(read_bundle(), path() / "cairn.lock");
}

TEST_F(SettingsTest, put_new_revisions_into_the_project_unless_told_otherwise) {
  EXPECT_EQ(read().authoring.directory, path() / "revisions");
  EXPECT_EQ(read().authoring.seeds, path() / "revisions");
  EXPECT_EQ(read().authoring.kind, "sql");
  write("cairn.toml", "[authoring]\ndirectory = \"db/steps/\"\ntemplates = \"./t\"\nkind = \"cpp\"\nauthor = \"Ana\"\n");
  const AuthoringSettings authoring = read().authoring;
  EXPECT_EQ(authoring.directory, path() / "db/steps");
  EXPECT_EQ(authoring.seeds, authoring.directory);
  EXPECT_EQ(authoring.templates, path() / "t");
  EXPECT_EQ(authoring.kind, "cpp");
  EXPECT_EQ(authoring.author, "Ana");
}

TEST(Today, is_that_of_the_clock_or_of_the_variable) {
  unsetenv("SOURCE_DATE_EPOCH");
  EXPECT_EQ(read_today().size(), std::string("2025-11-30").size());
  const std::pair<const char*, const char*> table[] = {
      {"0", "1970-01-01"}, {"1764547199", "2025-11-30"}, {"1764547200", "2025-12-01"}, {"253402300799", "9999-12-31"}};
  for (const auto& [seconds, date] : table) {
    setenv("SOURCE_DATE_EPOCH", seconds, 1);
    EXPECT_EQ(read_today(), date);
  }
  for (const char* wrong : {"-1", "1.5", "today", "253402300800", "99999999999999999999"}) {
    setenv("SOURCE_DATE_EPOCH", wrong, 1);
    EXPECT_THROW(read_today(), Error) << wrong;
  }
  unsetenv("SOURCE_DATE_EPOCH");
}

struct Refusal {
  const char* name;
  void (*set)(CommandLineSettings&);
  Category category;
  const char* message;
};

const Refusal refusals[] = {
    {"a file that is not there", [](CommandLineSettings& line) { line.flags["config"] = {"no.toml"}; }, Category::configuration,
     "there is no project file no.toml"},
    {"a variable without value", [](CommandLineSettings& line) { line.flags["variable"] = {"key"}; }, Category::usage, "-x takes KEY=VALUE"},
    {"a variable without key", [](CommandLineSettings& line) { line.flags["variable"] = {"=value"}; }, Category::usage, "-x takes KEY=VALUE"},
    {"too long a wait", [](CommandLineSettings& line) { line.flags["lock-wait"] = {"1000001"}; }, Category::usage,
     "--lock-wait takes a whole number of seconds from 0 to 1000000, not \"1000001\""},
    {"a number beyond all", [](CommandLineSettings& line) { line.flags["step-timeout"] = {"99999999999999999999"}; }, Category::usage,
     "--step-timeout takes a whole number of seconds from 0 to 1000000, not \"99999999999999999999\""},
    {"a variable whose key is none", [](CommandLineSettings& line) { line.flags["variable"] = {"a b=c"}; }, Category::usage,
     "\"a b\" cannot name a variable"},
    {"a variable that is no text", [](CommandLineSettings& line) { line.flags["variable"] = {"a=\xff"}; }, Category::usage,
     "-x variables.a takes a text in UTF-8"},
    {"a tag of two lines", [](CommandLineSettings& line) { line.flags["tag"] = {"a\nb"}; }, Category::usage,
     "--tag takes a text of 1 to 1000 bytes on one line"},
    {"an empty database", [](CommandLineSettings& line) { line.flags["database"] = {""}; }, Category::usage,
     "--database takes a database URL, settings, \"local\" or \"ephemeral\""},
    {"a section without file", [](CommandLineSettings& line) { line.flags["env"] = {"prod"}; }, Category::usage,
     "--env names the section [env.prod], and there is no cairn.toml"},
    {"a folder for a file", [](CommandLineSettings& line) { line.flags["config"] = {"/usr"}; }, Category::configuration,
     "the project file /usr is a folder"},
    {"a wait from the environment", [](CommandLineSettings&) { setenv("CAIRN_LOCK_WAIT", "soon", 1); }, Category::configuration,
     "CAIRN_LOCK_WAIT takes a whole number of seconds from 0 to 1000000, not \"soon\""},
    {"an unknown mode", [](CommandLineSettings& line) { line.flags["isolation"] = {"thread"}; }, Category::usage,
     "--isolation takes \"process\" or \"none\", not \"thread\""},
};

TEST_F(SettingsTest, refuse_what_they_cannot_use) {
  for (const Refusal& row : refusals) {
    unsetenv("CAIRN_LOCK_WAIT");
    CommandLineSettings line;
    row.set(line);
    try {
      read(line);
      ADD_FAILURE() << row.name;
    } catch (const Error& error) {
      EXPECT_EQ(error.category(), row.category) << row.name;
      EXPECT_EQ(error.message(), row.message);
      EXPECT_NE(error.hint(), "") << row.name;
    }
  }
}

TEST_F(SettingsTest, say_so_when_the_working_directory_is_gone) {
  write("gone/file", "");
  fs::current_path(path() / "gone");
  fs::remove_all(path() / "gone");
  try {
    read();
    ADD_FAILURE() << "it found a working directory";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::configuration);
  }
}

}  // namespace
}  // namespace cairn
