#include "cli/command_line.hpp"

#include "support/transcript.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

using Words = std::vector<std::string>;

std::string flag_text(const std::string& flag, const std::string& value) { return " " + flag + ":" + value; }

/// What was understood, as one text that a row can hold.
std::string understood(const CommandLine& line) {
  std::string text = line.command == nullptr ? "-" : std::string(line.command->name);
  for (const std::string& argument : line.arguments) text += " [" + argument + "]";
  for (const auto& [name, value] : line.options) text += " " + name + "=" + value;
  const std::pair<const char*, const char*> flags[] = {
      {"variable", "x"}, {"plugins", "p"}, {"database", "d"}, {"config", "c"}, {"env", "e"}, {"lock-wait", "wait"}, {"tag", "tag"}};
  for (const auto& [flag, shown] : flags)
    if (const auto given = line.settings.flags.find(flag); given != line.settings.flags.end())
      for (const std::string& value : given->second) text += flag_text(shown, value);
  text += line.json ? " json" : "";
  text += line.quiet ? " quiet" : "";
  text += line.verbose ? " verbose" : "";
  return text + (line.help ? " help" : "");
}

struct Case {
  Words words;
  const char* understood;
};

const Case cases[] = {
    {{"upgrade", "head"}, "upgrade [head]"},
    {{"upgrade", "head", "--dry-run"}, "upgrade [head] dry-run=true"},
    {{"--dry-run", "upgrade", "head"}, "upgrade [head] dry-run=true"},
    {{"-d", "upgrade", "upgrade", "head"}, "upgrade [head] d:upgrade"},
    {{"--database=x", "upgrade", "head"}, "upgrade [head] d:x"},
    {{"-d", "a", "current", "-d", "b"}, "current d:a d:b"},
    {{"-e", "prod", "current"}, "current e:prod"},
    {{"current", "--env=prod"}, "current e:prod"},
    {{"downgrade", "-1"}, "downgrade [-1]"},
    {{"-q", "downgrade", "-1", "--json"}, "downgrade [-1] json quiet"},
    {{"upgrade", "+2"}, "upgrade [+2]"},
    {{"downgrade", "shop@-1"}, "downgrade [shop@-1]"},
    {{"downgrade", "--", "-1"}, "downgrade [-1]"},
    {{"upgrade", "head", "-x", "a=b,c"}, "upgrade [head] x:a=b,c"},
    {{"upgrade", "head", "-x", "a=b=c", "-x", "d= e"}, "upgrade [head] x:a=b=c x:d= e"},
    {{"upgrade", "head", "-x", "n=-1"}, "upgrade [head] x:n=-1"},
    {{"upgrade", "head", "--lock-wait", "-1"}, "upgrade [head] wait:-1"},
    {{"history", "-r", "a:b"}, "history rev-range=a:b"},
    {{"-r", "a:b", "history"}, "history rev-range=a:b"},
    {{"history", "-r", "-2:current"}, "history rev-range=-2:current"},
    {{"history", "-r", ":-1", "-iv"}, "history indicate-current=true rev-range=:-1 verbose"},
    {{"heads", "-p", "a", "-p", "b,c"}, "heads p:a p:b,c"},
    {{"upgrade", "head", "--tag", "v1"}, "upgrade [head] tag=v1 tag:v1"},
    {{"stamp", "a", "b", "--purge"}, "stamp [a] [b] purge=true"},
    {{"db", "psql", "--", "-c", "SELECT 1", "--json"}, "db [psql] [-c] [SELECT 1] [--json]"},
    {{"db", "reset", "-y"}, "db [reset] yes=true"},
    {{"--version"}, "version"},
    {{"-v", "--version"}, "version verbose"},
    {{"help"}, "- help"},
    {{"--help"}, "- help"},
    {{"help", "upgrade"}, "upgrade help"},
    {{"upgrade", "-h"}, "upgrade help"},
    {{"-c", "x.toml", "help", "db"}, "db c:x.toml help"},
    {{}, "-"},
    {{"--json"}, "- json"},
};

TEST(CommandLine, understands_options_before_and_after_the_command) {
  for (const Case& row : cases) EXPECT_EQ(understood(parse_command_line(row.words)), row.understood);
}

struct Refusal {
  Words words;
  const char* message;
  const char* hint;
};

const Refusal refusals[] = {
    {{"upgade", "head"}, "there is no command \"upgade\"", "Did you mean \"cairn upgrade\"?"},
    {{"hist"}, "there is no command \"hist\"", "Did you mean \"cairn history\"?"},
    {{"help", "stmap"}, "there is no command \"stmap\"", "Did you mean \"cairn stamp\"?"},
    {{"upgrade", "head", "--databse", "x"}, "cairn upgrade has no option --databse", "Did you mean --database?"},
    {{"upgrade", "head", "--dry"}, "cairn upgrade has no option --dry", "Did you mean --dry-run?"},
    {{"upgrade", "head", "--purge"}, "cairn upgrade has no option --purge", "\"cairn upgrade --help\" lists its options."},
    {{"--wrong"}, "cairn has no option --wrong", "\"cairn --help\" lists its options."},
    {{"current", "-z"}, "cairn current has no option -z", "\"cairn current --help\" lists its options."},
    {{"current", "--json=1"}, "--json takes no value", "Write \"--json\" alone; \"cairn current --help\" lists the options."},
    {{"current", "-d"}, "-d needs a value", "Write \"-d DATABASE\": a URL, \"keyword=value\" settings, local or ephemeral."},
    {{"upgrade"}, "upgrade needs a TARGET", "For example: \"cairn upgrade head\"."},
    {{"upgrade", "a", "b"}, "upgrade takes one TARGET, not \"a\", \"b\"", "For example: \"cairn upgrade head\"."},
    {{"heads", "--", "--json"}, "heads takes no arguments, not \"--json\"", "For example: \"cairn heads\"."},
    {{"stamp", "--purge"}, "stamp needs at least one REVISION", "For example: \"cairn stamp head\"."},
};

TEST(CommandLine, names_what_was_probably_meant) {
  for (const Refusal& row : refusals) {
    try {
      ADD_FAILURE() << row.message << ": it understood " << understood(parse_command_line(row.words));
    } catch (const Error& error) {
      EXPECT_EQ(error.category(), Category::usage);
      EXPECT_EQ(error.message(), row.message);
      EXPECT_EQ(error.hint(), row.hint);
    }
  }
}

TEST(CommandLine, asks_no_arguments_of_those_who_want_help) {
  EXPECT_TRUE(parse_command_line({"upgrade", "a", "b", "--help"}).help);
}

TEST(CommandTable, gives_an_example_of_each_command_that_is_understood) {
  for (const CommandRow& row : command_table()) {
    Words words = test::split_words(row.example, {});
    words.erase(words.begin());
    EXPECT_EQ(parse_command_line(words).command, &row) << row.example;
  }
}

TEST(CommandLine, joins_the_values_of_an_option_that_adds_up) {
  const CommandLine line = parse_command_line({"revision", "--depends-on", "a1", "-m", "first", "--depends-on=b2,c3", "-m", "last"});
  EXPECT_EQ(line.options.at("depends-on"), "a1,b2,c3");
  EXPECT_EQ(line.options.at("message"), "last");
}

}  // namespace
}  // namespace cairn
