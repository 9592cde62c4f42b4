#include "base/error.hpp"
#include "config/project_file.hpp"
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
    for (const char* name : {"CAIRN_DATABASE", "DATABASE_URL", "CAIRN_PLUGINS"}) unsetenv(name);
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
      {(path() / "cairn.toml").string(), [](CommandLineSettings&) { std::ofstream("cairn.toml") << "database = \"toml\"\n"; }},
      {"DATABASE_URL", [](CommandLineSettings&) { setenv("DATABASE_URL", "url", 1); }},
      {"CAIRN_DATABASE", [](CommandLineSettings&) { setenv("CAIRN_DATABASE", "variable", 1); }},
      {"--database", [](CommandLineSettings& line) { line.database = "flag"; }},
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
  line.plugins = {"e"};
  EXPECT_EQ(read(line).plugins, std::vector<fs::path>{path() / "e"});
  EXPECT_TRUE(read(line).plugins_named);
}

TEST_F(SettingsTest, let_the_command_line_win_over_the_file) {
  write("cairn.toml", "[run]\nlock_wait = 7\nstep_timeout = 8\n[variables]\na = \"file\"\nb = \"file\"\n[state]\nschema = \"ops\"\n");
  CommandLineSettings line;
  line.lock_wait = "0";
  line.variables = {"a=first", "a=second,third"};
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
    {"a file that is not there", [](CommandLineSettings& line) { line.config = "no.toml"; }, Category::configuration,
     "there is no project file no.toml"},
    {"a variable without value", [](CommandLineSettings& line) { line.variables = {"key"}; }, Category::usage, "-x takes KEY=VALUE"},
    {"a variable without key", [](CommandLineSettings& line) { line.variables = {"=value"}; }, Category::usage, "-x takes KEY=VALUE"},
    {"too long a wait", [](CommandLineSettings& line) { line.lock_wait = "1000001"; }, Category::usage,
     "--lock-wait takes a whole number of seconds up to 1000000, not \"1000001\""},
    {"a number beyond all", [](CommandLineSettings& line) { line.step_timeout = "99999999999999999999"; }, Category::usage,
     "--step-timeout takes a whole number of seconds up to 1000000, not \"99999999999999999999\""},
    {"an unknown mode", [](CommandLineSettings& line) { line.isolation = "thread"; }, Category::usage,
     "--isolation takes \"process\" or \"none\", not \"thread\""},
};

TEST_F(SettingsTest, refuse_what_they_cannot_use) {
  for (const Refusal& row : refusals) {
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
    {"[variables]\na = 1\n", "1:1 \"variables\" must be a table of texts | For example: [variables]\n"},
    {"[zzz]\n[state]\nshema = \"a\"\n",
     "1:2 unknown key \"zzz\" in the project file | Known keys: database, plugins, state.schema, state.version_table, "
     "state.journal_table, run.lock_wait, run.step_timeout, "
     "authoring.directory, authoring.seeds, authoring.templates, authoring.kind, authoring.author, variables.\n"
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

TEST_F(SettingsTest, say_that_a_file_cannot_be_read) {
  fs::create_directory(path() / "folder.toml");
  EXPECT_THROW(read_project_file(path() / "folder.toml"), Error);
}

}  // namespace
}  // namespace cairn
