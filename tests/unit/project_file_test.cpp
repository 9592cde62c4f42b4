#include "settings_fixture.hpp"

#include "base/error.hpp"
#include "config/project_file.hpp"

namespace cairn {
namespace {

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
     "state.version_table, state.journal_table, run.lock_wait, run.step_timeout, history.edited, "
     "authoring.directory, authoring.seeds, authoring.templates, authoring.kind, authoring.author, trust.owners, trust.locked, trust.lock_file, "
     "smoke.gate, smoke.rules, smoke.deadline, smoke.schemas, smoke.baseline, smoke.release; and sections [env.NAME].\n"
     "2:1 unknown key \"tag\" in the project file | Known keys: database, plugins, variables, state.schema, "
     "state.version_table, state.journal_table, run.lock_wait, run.step_timeout, history.edited, "
     "authoring.directory, authoring.seeds, authoring.templates, authoring.kind, authoring.author, trust.owners, trust.locked, trust.lock_file, "
     "smoke.gate, smoke.rules, smoke.deadline, smoke.schemas, smoke.baseline, smoke.release; and sections [env.NAME].\n"},
    {"database = \"\"\n", "1:12 \"database\" must be a database URL, settings, \"local\" or \"ephemeral\" | For example: database = \"local\"\n"},
    {"[state]\nschema = \"\"\n", "2:10 \"state.schema\" must be a name of 1 to 63 bytes | For example: schema = \"public\"\n"},
    {"database = \"host=${HOST\"\n", "1:12 \"database\" holds a ${ that is no ${NAME} | ${NAME} is replaced by the environment "
     "variable of that name; for the characters themselves write $${.\n"},
    {"[authoring]\nkind = \"c\"\ndirectory = \"\"\n", "2:8 \"authoring.kind\" must be \"sql\" or \"cpp\" | For example: kind = \"sql\"\n"
     "3:13 \"authoring.directory\" must be the path of a folder | For example: directory = \"revisions\"\n"},
    {"[trust]\nlocked = \"yes\"\nowners = \"ana\"\n", "2:10 \"trust.locked\" must be true or false | For example: locked = true\n"
     "3:10 \"trust.owners\" must be a list of names or numbers of accounts | For example: owners = [\"deploy\"]\n"},
    {"[history]\nedited = \"ignore\"\n", "2:10 \"history.edited\" must be \"error\" or \"warn\" | For example: edited = \"error\"\n"},
    {"[smoke]\ngate = \"fatal\"\nschemas = \"core\"\nrelease = \"next\"\ndeadline = \"1\"\n",
     "2:8 \"smoke.gate\" must be \"error\", \"warning\", \"note\" or \"never\" | For example: gate = \"error\"\n"
     "3:11 \"smoke.schemas\" must be a list of names of schemas | For example: schemas = [\"core\", \"acct\"]\n"
     "4:11 \"smoke.release\" must be a version as in \"v0.3.0\" | For example: release = \"v0.3.0\"\n"
     "5:12 \"smoke.deadline\" must be a whole number of seconds from 0 to 1000000 | For example: deadline = 60\n"},
    {"[smoke]\nrelease = \"v1..2\"\nrules = \"off\"\n",
     "2:11 \"smoke.release\" must be a version as in \"v0.3.0\" | For example: release = \"v0.3.0\"\n"
     "3:9 \"smoke.rules\" must be a table of levels | For example: [smoke.rules]\n"},
    {"[smoke.rules]\ntable-rewrite = \"fatal\"\n\"a b\" = \"off\"\n",
     "2:17 \"smoke.rules.table-rewrite\" must be \"error\", \"warning\", \"note\" or \"off\" | For example: table-rewrite = \"note\"\n"
     "3:1 \"a b\" cannot name a rule | A name has letters, digits, \"_\", \"-\" and \".\", and begins with a letter or \"_\".\n"},
    {"env = 1\n", "1:7 \"env\" must be a table of sections | For example: [env.staging]\n"},
    {"env.prod = 1\n", "1:12 \"env.prod\" must be a section | For example: [env.prod]\n"},
    {"[env.prod]\ndatabse = \"a\"\nstate = 1\n[env.prod.run]\nlock_wait = \"1\"\n",
     "2:1 unknown key \"env.prod.databse\" in the project file | Did you mean \"env.prod.database\"?\n"
     "3:9 \"env.prod.state\" must be a table | For example: [env.prod.state]\n"
     "5:13 \"env.prod.run.lock_wait\" must be a whole number of seconds from 0 to 1000000 | For example: lock_wait = 300\n"},
    {"[zzz]\n[state]\nshema = \"a\"\n",
     "1:2 unknown key \"zzz\" in the project file | Known keys: database, plugins, variables, state.schema, state.version_table, "
     "state.journal_table, run.lock_wait, run.step_timeout, history.edited, "
     "authoring.directory, authoring.seeds, authoring.templates, authoring.kind, authoring.author, trust.owners, trust.locked, trust.lock_file, "
     "smoke.gate, smoke.rules, smoke.deadline, smoke.schemas, smoke.baseline, smoke.release; and sections [env.NAME].\n"
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
