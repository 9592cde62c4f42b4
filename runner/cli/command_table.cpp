#include "cli/command_table.hpp"

#include "cli/completion.hpp"
#include "config/key.hpp"

#include <algorithm>
#include <iterator>

namespace cairn {

namespace {

constexpr std::string_view targets =
    "TARGET is a revision id or the beginning of one, a label, label@head, head, heads, base,\n"
    "or +N / -N counted from where the database is.";

OptionRow option_of(const ConfigKey& key) {
  const std::string_view choices = key.placeholder.empty() ? "" : choices_of(key.kind);   // a flag without a value is a choice itself
  return {key.flag, key.letter, key.placeholder, key.summary, choices};
}

/// The one setting that belongs to some commands only.
constexpr std::string_view tag_key = "tag";
const OptionRow tag = option_of(*find_config_key(tag_key));

constexpr std::string_view script_targets =
    "TARGET is a revision id or the beginning of one, a label, label@head, head, heads, base,\n"
    "or +N / -N counted from where the database is. With --sql it may be FROM:TO; FROM is base\n"
    "where it is left out, and a downgrade needs it.";

const OptionRow sql{"sql", "", "", "contact no database: print a script that psql applies"};
const OptionRow output{"output", "o", "FILE", "with --sql: write the script to this new file"};

const OptionRow dry_run{"dry-run", "", "", "show the plan and do nothing"};

// Of new revisions.
const OptionRow message{"message", "m", "TEXT", "what it does, in a few words; also makes its name"};
const OptionRow new_id{"rev-id", "", "ID", "its id (12 random hexadecimal digits)"};
const OptionRow author{"author", "", "TEXT", "who writes it (as git knows you)"};
const OptionRow runtime{"estimated-runtime", "", "TIME", "how long it will run: 500 ms, 2 min (1 s)"};
const OptionRow sql_files{"sql-files", "", "", "up.sql and down.sql"};
const OptionRow cpp{"cpp", "", "", "revision.cpp"};

const std::vector<CommandRow>& rows() {
  static const std::vector<CommandRow> table{
      {"upgrade", "TARGET", {1, 1}, "cairn upgrade head", "apply everything the target needs", script_targets, Needs::lock,
       upgrade, {dry_run, tag, sql, output}},
      {"downgrade", "TARGET", {1, 1}, "cairn downgrade -1", "undo everything that rests on the target, which itself stays",
       script_targets, Needs::lock, downgrade, {dry_run, tag, sql, output}},
      {"plan", "TARGET", {1, 1}, "cairn plan head", "show what upgrade (or downgrade) would do", targets, Needs::database, plan,
       {{"down", "", "", "plan a downgrade"}}},
      {"current", "", {0, 0}, "cairn current -v", "show the revisions the database is at", "", Needs::database, current,
       {{"check-heads", "", "", "exit with 1 unless every head is applied, and say which is not"}}},
      {"history", "", {0, 0}, "cairn history -i -r current:head", "list the revisions, newest first", "", Needs::plugins, history,
       {{"rev-range", "r", "FROM:TO", "only these, both ends included; either may be left out"},
        {"graph", "", "", "draw how they rest on each other; dependencies are dotted"},
        {"reverse", "", "", "oldest first"},
        {"indicate-current", "i", "", "mark where the database is (contacts it)"}}},
      {"heads", "", {0, 0}, "cairn heads", "list the revisions that none follows", "", Needs::plugins, heads,
       {{"resolve-dependencies", "", "", "leave out heads that another revision depends on"},
        {"check", "", "HEADS", "one: exit with 1 when the schema has several heads; any: only see that all fits together", "one any"}}},
      {"branches", "", {0, 0}, "cairn branches", "list the revisions that several follow", "", Needs::plugins, branches, {}},
      {"graph", "", {0, 0}, "cairn graph --format mermaid", "print the history as text that other programs draw",
       "dot is for Graphviz (cairn graph | dot -Tsvg > history.svg); mermaid is for pages in Markdown.\n"
       "\"cairn history --graph\" draws in the terminal.", Needs::plugins, graph,
       {{"format", "", "FORMAT", "dot (the default) or mermaid", "dot mermaid"},
        {"rev-range", "r", "FROM:TO", "only these, both ends included; either may be left out"}}},
      {"show", "REVISION", {1, 1}, "cairn show head", "show a revision and what it runs",
       "REVISION may also be \"current\" or \"heads\". SQL revisions are shown exactly as they are sent; the code of C++ ones is\n"
       "run without a database, and what it would send is shown.\n"
       "With --changes the database is asked what was applied, and git for its text.", Needs::code, show,
       {{"changes", "", "", "show what was edited since it was applied"}}},
      {"stamp", "REVISION...", {1, any_number}, "cairn stamp head", "write the version rows without running anything",
       "Says that the database is at these revisions, also after finishing an interrupted one by hand.\n"
       "With --sql a REVISION may be FROM:TO, where FROM is what the database is at.", Needs::lock, stamp,
       {{"purge", "", "", "forget all rows first, unknown ones too"}, tag, sql, output}},
      {"accept", "[REVISION...]", {0, any_number}, "cairn accept 37a02ec8662a", "let the edit of an applied revision stand",
       "Writes into the journal that what its source means now counts as applied; nothing is run. What to do instead is in\n"
       "docs/operations.md.", Needs::lock, accept, {{"all", "", "", "all that were edited"}, {"dry-run", "", "", "only say what would be accepted"}, tag}},
      {"inspect", "FILE...", {1, any_number}, "cairn inspect build/plugins/37a02ec8662a_init_schema.so",
       "show what a plugin file says of itself, without loading it", "", Needs::plugins, inspect, {}},
      {"import", "alembic FOLDER", {2, 2}, "cairn import alembic . --upgrade-sql up.sql --downgrade-sql down.sql",
       "write the history of an Alembic project as SQL revisions",
       "FOLDER holds alembic.ini, versions/ or the revision files. They are read without Python; the SQL is what\n"
       "\"alembic upgrade base:heads --sql\" and \"alembic downgrade HEAD:base --sql\" write. All is written, or nothing.",
       Needs::nothing, import_history,
       {{"upgrade-sql", "", "FILE", "what alembic upgrade --sql wrote; may be given several times", {}, Repeated::adds},
        {"downgrade-sql", "", "FILE", "what alembic downgrade --sql wrote; may be given several times", {}, Repeated::adds},
        {"into", "", "FOLDER", "where the revisions are written (as for \"cairn revision\": revisions)"},
        {"partial", "", "", "import also where SQL is missing: such upgrades raise, such downgrades are irreversible"}}},
      {"db", "ACTION", {1, any_number}, "cairn db status",
       "look after the local server: start, stop, status, reset, psql, logs, url",
       "status tests the connection to any database; the other actions work on \"local\".\n"
       "reset deletes the local server's data; it asks for --yes.\n"
       "What follows \"db psql --\" is handed to psql.",
       Needs::server, db, {{"yes", "y", "", "reset: do not ask before deleting"}, {"follow", "f", "", "logs: go on printing"}},
       "start stop status reset psql logs url"},
      {"init", "[FOLDER]", {0, 1}, "cairn init shop", "make a project of your own, ready to build",
       "Makes cairn.toml, CMakeLists.txt and folders for revisions and seeds, all or nothing.", Needs::nothing, init, {}},
      {"revision", "", {0, 0}, "cairn revision -m 'add category id to expenses'", "make the files of a new revision",
       "Prints their paths. The parent is the head of the schema, never a seed, unless --head says otherwise.\n"
       "Without --sql-files or --cpp the kind is that of cairn.toml, else SQL.",
       Needs::sources, revision,
       {message, {"head", "", "TARGET", "rest on this one; base: a new base"},
        {"splice", "", "", "with --head: begin a branch where others go on already"},
        {"branch-label", "", "LABEL", "a name for the branch that begins here"},
        {"depends-on", "", "REVISION", "an id or label that is applied before; may be given several times", {}, Repeated::adds},
        {"seed", "", "", "make a seed: data, not schema"}, new_id, author, runtime, sql_files, cpp}},
      {"merge", "[TARGET...]", {0, any_number}, "cairn merge -m 'join billing and reports'", "make a revision that joins several heads",
       "Prints its paths. Without targets it joins the heads of the schema.", Needs::sources, merge,
       {message, {"splice", "", "", "join also what is no head"}, new_id, author, sql_files, cpp}},
      {"edit", "REVISION", {1, 1}, "cairn edit head", "open the source of a revision in $VISUAL or $EDITOR",
       "REVISION may also be \"current\". With --json the paths are printed, and nothing is opened.", Needs::plugins, edit, {}},
      {"config", "[KEY]", {0, 1}, "cairn config run.lock_wait", "show every setting in force and where it comes from",
       "With a KEY its value alone. Secrets are shown as ***.", Needs::nothing, config, {}},
      {"wait", "[TARGET]", {0, 1}, "cairn wait head --timeout 120",
       "wait until the database accepts connections or, with a TARGET, until it has reached that",
       "Waits for what can come by itself: a server that starts, a name, a database, revisions that another runner applies.\n"
       "A wrong password ends it at once.",
       Needs::database, wait, {{"timeout", "", "SECONDS", "how long to wait (60; 0: for ever)"}}},
      {"lock", "", {0, 0}, "cairn lock", "write cairn.lock, which pins the plugins as they are now",
       "A line for each revision, with the digests of its plugin and its source; keep the file in version control.",
       Needs::plugins, lock,
       {{"output", "o", "FILE", "this lock file (that of cairn.toml, else cairn.lock)"},
        {"check", "", "", "write nothing; exit with 1 unless the plugins are as the lock file says"}}},
      {"bundle", "", {0, 0}, "cairn bundle -o shop.tar.gz --seeds initial_data", "put runner, worker and plugins into one folder or archive",
       "It runs wherever there are glibc 2.36 and libstdc++; all other libraries are in it. The same files give the same bytes.\n"
       "A seed is named by its label, its id or its file; --seeds \"\" takes none.",
       Needs::plugins, bundle,
       {{"output", "o", "PATH", "what to make: a new or empty folder, or a new file NAME.tar.gz"},
        {"seeds", "", "SEEDS", "of the seeds exactly these, with commas between (all)"},
        {"target", "", "TARGET", "only what this revision needs"}}},
      {"smoke", "", {0, 0}, "cairn smoke", "prove every revision in throw-away databases: up, down, up again",
       "Starts a private server. With --database scratch databases are made on that server, and dropped; its own databases are\n"
       "not touched. A database that only cairn.toml or the environment names is not contacted at all.",
       Needs::code, smoke,
       {{"revisions", "", "FROM..TO", "prove only these, both ends included; the others are applied"},
        {"changed-since", "", "REVISION", "prove only what came after it; git:REF: what was added or changed since that commit"},
        {"from-dump", "", "FILE", "begin with what pg_dump wrote, not with an empty database"},
        {"gate", "", "LEVEL", "what fails: findings of this level and above (error); never: nothing does", "error warning note never"},
        {"deadline", "", "SECONDS", "give a revision up after so long (60; 0: never)"},
        {"release", "", "RELEASE", "the release that is being made, for steps that belong to one"},
        {"junit", "", "FILE", "write each passage as a test case"},
        {"html", "", "FILE", "write a page for people"},
        {"markdown", "", "FILE", "write the text of a pull request"}}},
      {"ensure-version", "", {0, 0}, "cairn ensure-version", "make the tables that Cairn keeps its state in, where they are missing",
       "Also written ensure_version. upgrade, downgrade and stamp do it by themselves.", Needs::lock, ensure_version, {}},
      {"version", "", {0, 0}, "cairn version", "print the versions of the runner, the plugin ABI and libpq", "", Needs::nothing,
       version, {}},
      {"completion", "SHELL", {1, 1}, "cairn completion bash", "print the script that completes command lines in a shell",
       "For one session: source <(cairn completion bash). An installed cairn has it in share/bash-completion/completions.",
       Needs::nothing, completion, {}, "bash"},
  };
  return table;
}

constexpr OptionRow of_the_answer[] = {
    {"json", "", "", "print results as JSON"},
    {"verbose", "v", "", "show more"},
    {"quiet", "q", "", "print errors and what was asked for, and nothing else"},
    {"help", "h", "", "show this help"},
};

std::vector<OptionRow> make_common_options() {
  std::vector<OptionRow> options;
  for (const ConfigKey& key : config_keys())
    if (!key.flag.empty() && key.name != tag_key) options.push_back(option_of(key));
  options.insert(options.end(), std::begin(of_the_answer), std::end(of_the_answer));
  return options;
}

}  // namespace

std::span<const CommandRow> command_table() { return rows(); }

const CommandRow* find_command(std::string_view name) {
  std::string dashed(name);   // Alembic writes ensure_version
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  const auto found = std::find_if(rows().begin(), rows().end(), [&](const CommandRow& row) { return row.name == dashed; });
  return found == rows().end() ? nullptr : &*found;
}

std::span<const OptionRow> common_options() {
  static const std::vector<OptionRow> options = make_common_options();
  return options;
}

}  // namespace cairn
