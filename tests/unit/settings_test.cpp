#include "base/error.hpp"
#include "config/environment.hpp"
#include "config/key.hpp"
#include "config/project_file.hpp"
#include "config/reference.hpp"
#include "config/settings.hpp"
#include "config/today.hpp"

#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace cairn {
namespace {

namespace fs = std::filesystem;

/// A project folder, in which the test works, and an environment without our variables.
class SettingsTest : public testing::Test {
 protected:
  SettingsTest() : before_(fs::current_path()) {
    for (const ConfigKey& key : config_keys())
      for (const std::string_view name : key.variables) unsetenv(std::string(name).c_str());
    fs::current_path(directory_.path());
  }
  ~SettingsTest() override { fs::current_path(before_); }

  void write(const fs::path& file, const std::string& text) {
    fs::create_directories((directory_.path() / file).parent_path());
    std::ofstream(directory_.path() / file) << text;
  }

  Settings read(const CommandLineSettings& line = {}) { return read_settings(line, "/opt/cairn/bin"); }

  const fs::path& path() const { return directory_.path(); }

 private:
  test::TemporaryDirectory directory_;
  fs::path before_;
};

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

struct FileCase {
  const char* text;
  const char* problems;   ///< "line:column message | hint" each
};

const FileCase file_cases[] = {
    {"databse = \"x\"\n", "1:1 unknown key \"databse\" in the project file | Did you mean \"database\"?\n"},
    {"\n[run]\nlockwait = 1\n", "3:1 unknown key \"run.lockwait\" in the project file | Did you mean \"run.lock_wait\"?\n"},
    {"run = 1\n", "1:7 \"run\" must be a table | For example: [run]\n"},
    {"plugins = \"a\"\n", "1:11 \"plugins\" must be a list of folders | For example: plugins = [\"build/plugins\"]\n"},
    {"plugins = [1]\n", "1:11 \"plugins\" must be a list of folders | For example: plugins = [\"build/plugins\"]\n"},
    {"[run]\nlock_wait = 1000001\n",
     "2:13 \"run.lock_wait\" must be a whole number of seconds from 0 to 1000000 | For example: lock_wait = 300\n"},
    {"[variables]\na = 1\n", "2:5 \"variables.a\" must be a text without NUL characters | For example: home = \"MXN\"\n"},
    {"[variables]\n\"a b\" = \"c\"\n", "2:1 \"a b\" cannot name a variable | A name has letters, digits, \"_\", \"-\" and \".\", and "
     "begins with a letter or \"_\".\n"},
    {"[variables]\na = \"\\u0000\"\n", "2:5 \"variables.a\" must be a text without NUL characters | For example: home = \"MXN\"\n"},
    {"variables = \"a\"\n", "1:13 \"variables\" must be a table of texts | For example: [variables]\n"},
    {"lock_wait = 5\n", "1:1 unknown key \"lock_wait\" in the project file | Did you mean \"run.lock_wait\"?\n"},
    {"isolation = \"none\"\ntag = \"a\"\n",
     "1:1 unknown key \"isolation\" in the project file | Known keys: database, plugins, variables, state.schema, "
     "state.version_table, state.journal_table, run.lock_wait, run.step_timeout, "
     "authoring.directory, authoring.seeds, authoring.templates, authoring.kind, authoring.author; and sections [env.NAME].\n"
     "2:1 unknown key \"tag\" in the project file | Known keys: database, plugins, variables, state.schema, "
     "state.version_table, state.journal_table, run.lock_wait, run.step_timeout, "
     "authoring.directory, authoring.seeds, authoring.templates, authoring.kind, authoring.author; and sections [env.NAME].\n"},
    {"database = \"\"\n", "1:12 \"database\" must be a database URL, settings, \"local\" or \"ephemeral\" | For example: database = \"local\"\n"},
    {"[state]\nschema = \"\"\n", "2:10 \"state.schema\" must be a name of 1 to 63 bytes | For example: schema = \"public\"\n"},
    {"database = \"host=${HOST\"\n", "1:12 \"database\" holds a ${ that is no ${NAME} | ${NAME} is replaced by the environment "
     "variable of that name; for the characters themselves write $${.\n"},
    {"[authoring]\nkind = \"c\"\ndirectory = \"\"\n", "2:8 \"authoring.kind\" must be \"sql\" or \"cpp\" | For example: kind = \"sql\"\n"
     "3:13 \"authoring.directory\" must be the path of a folder | For example: directory = \"revisions\"\n"},
    {"env = 1\n", "1:7 \"env\" must be a table of sections | For example: [env.staging]\n"},
    {"env.prod = 1\n", "1:12 \"env.prod\" must be a section | For example: [env.prod]\n"},
    {"[env.prod]\ndatabse = \"a\"\nstate = 1\n[env.prod.run]\nlock_wait = \"1\"\n",
     "2:1 unknown key \"env.prod.databse\" in the project file | Did you mean \"env.prod.database\"?\n"
     "3:9 \"env.prod.state\" must be a table | For example: [env.prod.state]\n"
     "5:13 \"env.prod.run.lock_wait\" must be a whole number of seconds from 0 to 1000000 | For example: lock_wait = 300\n"},
    {"[zzz]\n[state]\nshema = \"a\"\n",
     "1:2 unknown key \"zzz\" in the project file | Known keys: database, plugins, variables, state.schema, state.version_table, "
     "state.journal_table, run.lock_wait, run.step_timeout, "
     "authoring.directory, authoring.seeds, authoring.templates, authoring.kind, authoring.author; and sections [env.NAME].\n"
     "3:1 unknown key \"state.shema\" in the project file | Did you mean \"state.schema\"?\n"},
};

std::string problems_of(const Error& error) {
  std::string text = std::to_string(error.place()->line) + ":" + std::to_string(error.place()->column) + " " + error.message() +
                     " | " + error.hint() + "\n";
  for (const Error& other : error.also()) text += problems_of(other);
  return text;
}

TEST_F(SettingsTest, tell_all_that_is_wrong_in_the_file_in_its_order) {
  for (const FileCase& row : file_cases) {
    write("cairn.toml", row.text);
    try {
      read();
      ADD_FAILURE() << row.text;
    } catch (const Error& error) {
      EXPECT_EQ(problems_of(error), row.problems) << row.text;
    }
  }
}

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
    {"run.lock_wait", "[run]\nlock_wait = 1", "[env.t.run]\nlock_wait = 2", "lock-wait", {"300", "1", "2", "3", "4"}},
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

TEST_F(SettingsTest, show_the_line_of_a_file_that_is_no_toml) {
  for (const char* text : {"database = local\n", "a = \"\xff\"\n", "[run\n", "database = \"a\"\ndatabase = \"b\"\n"}) {
    write("cairn.toml", text);
    try {
      read();
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_TRUE(error.message().starts_with("the project file is not valid TOML: ")) << error.message();
      EXPECT_GT(error.place().value().line, 0U) << text;
    }
  }
}

TEST_F(SettingsTest, name_the_section_that_was_meant) {
  write("cairn.toml", "[env.staging]\n[env.production]\n");
  CommandLineSettings line;
  for (const auto& [name, hint] : {std::pair{"stagin", "Did you mean --env staging?"}, {"", "It has: production, staging."},
                                   {"x", "It has: production, staging."}}) {
    line.flags["env"] = {name};
    try {
      read(line);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.category(), Category::usage);
      EXPECT_EQ(error.hint(), hint);
    }
  }
}

TEST_F(SettingsTest, say_that_a_file_is_too_large) {
  write("cairn.toml", std::string(1024 * 1024 + 1, '#'));
  EXPECT_THROW(read(), Error);
}

TEST_F(SettingsTest, say_that_a_file_cannot_be_read) {
  fs::create_directory(path() / "folder.toml");
  EXPECT_THROW(read_project_file(path() / "folder.toml"), Error);
}

}  // namespace
}  // namespace cairn
