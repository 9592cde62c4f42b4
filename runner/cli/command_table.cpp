#include "cli/command_table.hpp"

#include <algorithm>

namespace cairn {

namespace {

constexpr std::string_view targets =
    "TARGET is a revision id or the beginning of one, a label, label@head, head, heads, base,\n"
    "or +N / -N counted from where the database is.";

constexpr std::string_view script_targets =
    "TARGET is a revision id or the beginning of one, a label, label@head, head, heads, base,\n"
    "or +N / -N counted from where the database is. With --sql it may be FROM:TO; FROM is base\n"
    "where it is left out, and a downgrade needs it.";

const OptionRow sql{"sql", "", "", "contact no database: print a script that psql applies"};
const OptionRow output{"output", "o", "FILE", "with --sql: write the script to this new file"};

const OptionRow dry_run{"dry-run", "", "", "show the plan and do nothing"};

const std::vector<CommandRow>& rows() {
  static const std::vector<CommandRow> table{
      {"upgrade", "TARGET", {1, 1}, "cairn upgrade head", "apply everything the target needs", script_targets, Needs::lock,
       upgrade, {dry_run, sql, output}},
      {"downgrade", "TARGET", {1, 1}, "cairn downgrade -1", "undo everything that rests on the target, which itself stays",
       script_targets, Needs::lock, downgrade, {dry_run, sql, output}},
      {"plan", "TARGET", {1, 1}, "cairn plan head", "show what upgrade (or downgrade) would do", targets, Needs::database, plan,
       {{"down", "", "", "plan a downgrade"}}},
      {"current", "", {0, 0}, "cairn current -v", "show the revisions the database is at", "", Needs::database, current, {}},
      {"history", "", {0, 0}, "cairn history -i -r current:head", "list the revisions, newest first", "", Needs::plugins, history,
       {{"rev-range", "r", "FROM:TO", "only these, both ends included; either may be left out"},
        {"indicate-current", "i", "", "mark where the database is (contacts it)"}}},
      {"heads", "", {0, 0}, "cairn heads", "list the revisions that none follows", "", Needs::plugins, heads,
       {{"resolve-dependencies", "", "", "leave out heads that another revision depends on"}}},
      {"branches", "", {0, 0}, "cairn branches", "list the revisions that several follow", "", Needs::plugins, branches, {}},
      {"show", "REVISION", {1, 1}, "cairn show head", "show a revision and what it runs",
       "REVISION may also be \"current\" or \"heads\". SQL revisions are shown exactly as they are sent; the code of C++ ones is\n"
       "run without a database, and what it would send is shown.", Needs::code, show, {}},
      {"stamp", "REVISION...", {1, any_number}, "cairn stamp head", "write the version rows without running anything",
       "Says that the database is at these revisions, also after finishing an interrupted one by hand.\n"
       "With --sql a REVISION may be FROM:TO, where FROM is what the database is at.", Needs::lock, stamp,
       {{"purge", "", "", "forget all rows first, unknown ones too"}, sql, output}},
      {"inspect", "FILE...", {1, any_number}, "cairn inspect build/plugins/37a02ec8662a_init_schema.so",
       "show what a plugin file says of itself, without loading it", "", Needs::plugins, inspect, {}},
      {"db", "ACTION", {1, any_number}, "cairn db status",
       "look after the local server: start, stop, status, reset, psql, logs, url",
       "status tests the connection to any database; the other actions work on \"local\".\n"
       "reset deletes the local server's data; it asks for --yes.\n"
       "What follows \"db psql --\" is handed to psql.",
       Needs::server, db, {{"yes", "y", "", "reset: do not ask before deleting"}, {"follow", "f", "", "logs: go on printing"}}},
      {"version", "", {0, 0}, "cairn version", "print the versions of the runner, the plugin ABI and libpq", "", Needs::nothing,
       version, {}},
  };
  return table;
}

constexpr OptionRow common[] = {
    {"database", "d", "DATABASE", "a URL, \"keyword=value\" settings, local or ephemeral"},
    {"plugins", "p", "FOLDER", "where the plugins are; may be given several times"},
    {"config", "c", "FILE", "the project file (cairn.toml here or above)"},
    {"variable", "x", "KEY=VALUE", "a variable for the revisions; may be given several times"},
    {"lock-wait", "", "SECONDS", "how long to wait for locks (300; 0: for ever)"},
    {"step-timeout", "", "SECONDS", "stop a C++ revision that calls nothing for so long (0: never)"},
    {"isolation", "", "MODE", "process: C++ revisions run in a worker; none: in this process, for debuggers"},
    {"json", "", "", "print results as JSON"},
    {"verbose", "v", "", "show more"},
    {"quiet", "q", "", "print errors and what was asked for, and nothing else"},
    {"help", "h", "", "show this help"},
};

}  // namespace

std::span<const CommandRow> command_table() { return rows(); }

const CommandRow* find_command(std::string_view name) {
  const auto found = std::find_if(rows().begin(), rows().end(), [&](const CommandRow& row) { return row.name == name; });
  return found == rows().end() ? nullptr : &*found;
}

std::span<const OptionRow> common_options() { return common; }

}  // namespace cairn
