#include "config/key.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace cairn {

namespace {

const std::vector<ConfigKey>& rows() {
  static const std::vector<ConfigKey> table{
      {"database", KeyKind::database, KeyHome::project_file, "database", "d", "DATABASE", {"CAIRN_DATABASE", "DATABASE_URL"},
       "libpq's `PG*` variables, if they name one", "database = \"local\"",
       "a URL, \"keyword=value\" settings, local or ephemeral",
       "The spellings are listed under [which database](operations.md#which-database). When nothing names one, Cairn stops; it "
       "never guesses."},
      {"plugins", KeyKind::folders, KeyHome::project_file, "plugins", "p", "FOLDER", {"CAIRN_PLUGINS"},
       "beside the program: `../lib/cairn/plugins`, else `../plugins`", "plugins = [\"build/plugins\"]",
       "where the plugins are; may be given several times",
       "Each folder is searched with all below it. `*`, `?` and `[a-z]` stand for what they match in a name: "
       "`vendor/*/plugins`; hidden folders are not matched, and a pattern that matches nothing is an error. `CAIRN_PLUGINS` "
       "separates folders by `:`. In cairn.toml they count from the file, else from the working directory."},
      {"config", KeyKind::file, KeyHome::elsewhere, "config", "c", "FILE", {"CAIRN_CONFIG"},
       "the nearest `cairn.toml`, here or above", "", "the project file (cairn.toml here or above)",
       "Its folder is the project, whose `local` server is used. Without a file that is the working directory."},
      {"env", KeyKind::environment, KeyHome::elsewhere, "env", "e", "NAME", {"CAIRN_ENV"}, "none", "",
       "the section [env.NAME] of cairn.toml to put in force", "There is no default: a section is in force only when it is named."},
      {"variables", KeyKind::texts, KeyHome::project_file, "variable", "x", "KEY=VALUE", {}, "none", "[variables]",
       "a variable for the revisions; may be given several times",
       "C++ reads them with `db.variable(\"key\")`, SQL with `:'key'` and `:\"key\"`: see [authoring](authoring.md#variables). A "
       "key has letters, digits, `_`, `-` and `.`, and begins with a letter or `_`. Each is set by itself: one of a weaker source "
       "stays unless a stronger source names the same key; of several `-x` for one key the last counts."},
      {"state.schema", KeyKind::name, KeyHome::project_file, "", "", "", {"CAIRN_STATE_SCHEMA"}, "public", "schema = \"public\"",
       "the schema of the two tables in which Cairn keeps its state",
       "It must exist. All runners of one database must agree on these three: the runner lock follows from schema and version "
       "table."},
      {"state.version_table", KeyKind::name, KeyHome::project_file, "", "", "", {"CAIRN_VERSION_TABLE"}, "alembic_version",
       "version_table = \"alembic_version\"", "the table that says what is applied", "`cairn ensure-version` makes it."},
      {"state.journal_table", KeyKind::name, KeyHome::project_file, "", "", "", {"CAIRN_JOURNAL_TABLE"}, "cairn_journal",
       "journal_table = \"cairn_journal\"", "the table that tells what was done", ""},
      {"run.lock_wait", KeyKind::seconds, KeyHome::project_file, "lock-wait", "", "SECONDS", {"CAIRN_LOCK_WAIT"}, "300",
       "lock_wait = 300", "how long to wait for locks (300; 0: for ever)",
       "See [locks and waiting](operations.md#locks-and-waiting)."},
      {"run.step_timeout", KeyKind::seconds, KeyHome::project_file, "step-timeout", "", "SECONDS", {"CAIRN_STEP_TIMEOUT"}, "0",
       "step_timeout = 60", "stop a C++ revision that calls nothing for so long (0: never)", ""},
      {"history.edited", KeyKind::severity, KeyHome::project_file, "", "", "", {"CAIRN_EDITED"}, "error", "edited = \"error\"",
       "what it means that an applied revision was edited",
       "error: upgrade, downgrade and plan stop; warn: they warn and go on. See [edited revisions](operations.md#somebody-edited-an-"
       "applied-revision)."},
      {"authoring.directory", KeyKind::folder, KeyHome::project_file, "", "", "", {}, "`revisions` in the project",
       "directory = \"revisions\"", "where \"cairn revision\" and \"cairn merge\" make files",
       "This and the next two count from the file. The flags of both commands are stronger than these five."},
      {"authoring.seeds", KeyKind::folder, KeyHome::project_file, "", "", "", {}, "that of `authoring.directory`", "seeds = \"seeds\"",
       "where seeds are made", ""},
      {"authoring.templates", KeyKind::folder, KeyHome::project_file, "", "", "", {}, "the built-in ones", "templates = \"templates\"",
       "a folder of templates of your own", ""},
      {"authoring.kind", KeyKind::revision_kind, KeyHome::project_file, "", "", "", {}, "sql", "kind = \"sql\"",
       "what new revisions are written in", ""},
      {"authoring.author", KeyKind::text, KeyHome::project_file, "", "", "", {}, "as git knows you",
       "author = \"Ana <ana@example.org>\"", "who writes new revisions", ""},
      {"trust.owners", KeyKind::owners, KeyHome::project_file, "", "", "", {"CAIRN_TRUSTED_OWNERS"},
       "nobody else", "owners = [\"deploy\"]", "accounts whose plugins are run, beside root and yourself",
       "Names or numbers; `CAIRN_TRUSTED_OWNERS` separates them by `:`. See [whose plugins are run](operations.md#whose-plugins-are-run)."},
      {"trust.locked", KeyKind::toggle, KeyHome::project_file, "locked", "", "", {"CAIRN_LOCKED"},
       "false", "locked = true", "run nothing but what the lock file pins",
       "In a [bundle](bundle.md) it is true unless something says false. See [whose plugins are run](operations.md#whose-plugins-are-run)."},
      {"trust.lock_file", KeyKind::file, KeyHome::project_file, "", "", "", {"CAIRN_LOCK_FILE"},
       "`cairn.lock`", "lock_file = \"cairn.lock\"", "the lock file, which pins the plugins that may be run",
       "In cairn.toml it counts from the file. By default it lies beside cairn.toml; without one, beside the folder of the "
       "plugins; for plugins that came with the program, beside their folder if it is there: `../lib/cairn/cairn.lock`. See "
       "[whose plugins are run](operations.md#whose-plugins-are-run)."},
      {"smoke.gate", KeyKind::gate, KeyHome::project_file, "", "", "", {"CAIRN_SMOKE_GATE"}, "error", "gate = \"error\"",
       "findings of this level and above make a smoke run fail",
       "never: no finding does. `cairn smoke --gate` is stronger. What the ladder proves is a finding like any other."},
      {"smoke.rules", KeyKind::levels, KeyHome::project_file, "", "", "", {}, "that of each rule", "[smoke.rules]",
       "the level of a rule, by its name",
       "As in `table-rewrite = \"note\"`. off: the rule finds nothing. A name that is no rule is an error."},
      {"smoke.deadline", KeyKind::seconds, KeyHome::project_file, "", "", "", {}, "60", "deadline = 60",
       "how long a smoke run lets a revision take, up or down (60; 0: for ever)", ""},
      {"smoke.schemas", KeyKind::schemas, KeyHome::project_file, "", "", "", {}, "any", "schemas = [\"core\", \"acct\"]",
       "the schemas that revisions may make objects in", "As the server holds them, without quotes."},
      {"smoke.baseline", KeyKind::text, KeyHome::project_file, "", "", "", {}, "none", "baseline = \"000000000001\"",
       "the id of the revision that makes schemas and extensions, and nothing else", ""},
      {"smoke.release", KeyKind::release, KeyHome::project_file, "", "", "", {}, "not known", "release = \"v0.3.0\"",
       "the release that is being made, for revisions with a phase",
       "`cairn smoke --release` is stronger. Versions are compared number by number, with or without the `v`."},
      {"isolation", KeyKind::mode, KeyHome::elsewhere, "isolation", "", "MODE", {"CAIRN_ISOLATION"}, "process", "",
       "process: C++ revisions run in a worker; none: in this process, for debuggers", ""},
      {"tag", KeyKind::text, KeyHome::elsewhere, "tag", "", "TEXT", {"CAIRN_TAG"}, "none", "",
       "a text to keep with the journal entries: which deployment, which ticket",
       "A flag of upgrade, downgrade, stamp and accept. At most 1000 bytes."},
      {"pg_bindir", KeyKind::text, KeyHome::elsewhere, "", "", "", {"CAIRN_PG_BINDIR"},
       "found on PATH, else the newest below `/usr/lib/postgresql`", "", "the folder of the server programs for private servers",
       ""},
  };
  return table;
}

bool is_seconds(const std::string& text) {
  long seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  return problem == std::errc{} && end == text.data() + text.size() && seconds >= 0 && seconds <= most_seconds;
}

/// "v0.3.0", "2026.1": numbers with dots between.
bool is_version(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  const bool plain = text.find_first_not_of("0123456789.") == text.npos && text.size() <= 100;
  return plain && !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == text.npos;
}

bool has_control_character(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_choice(std::string_view choices, const std::string& text) {
  const std::vector<std::string> words = split(choices, ' ');
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_usable_text(KeyKind kind, const std::string& text) {
  if (!is_valid_utf8(text)) return false;
  switch (kind) {
    case KeyKind::name:
    case KeyKind::schemas: return !text.empty() && text.size() <= 63;
    case KeyKind::release: return is_version(text);
    case KeyKind::mode:
    case KeyKind::toggle:
    case KeyKind::severity:
    case KeyKind::gate:
    case KeyKind::levels:
    case KeyKind::revision_kind: return is_choice(choices_of(kind), text);
    case KeyKind::seconds: return is_seconds(text);
    case KeyKind::text: return !text.empty() && text.size() <= 1000 && !has_control_character(text);
    case KeyKind::texts: return true;
    default: return !text.empty();
  }
}

}  // namespace

std::span<const ConfigKey> config_keys() { return rows(); }

const ConfigKey* find_config_key(std::string_view name) {
  const auto found = std::find_if(rows().begin(), rows().end(), [&](const ConfigKey& row) { return row.name == name; });
  return found == rows().end() ? nullptr : &*found;
}

std::string_view expects(KeyKind kind) {
  switch (kind) {
    case KeyKind::database: return "a database URL, settings, \"local\" or \"ephemeral\"";
    case KeyKind::file: return "the path of a file";
    case KeyKind::environment: return "the name of a section";
    case KeyKind::name: return "a name of 1 to 63 bytes";
    case KeyKind::text: return "a text of 1 to 1000 bytes on one line";
    case KeyKind::mode: return "\"process\" or \"none\"";
    case KeyKind::seconds: return "a whole number of seconds from 0 to 1000000";
    case KeyKind::revision_kind: return "\"sql\" or \"cpp\"";
    case KeyKind::severity: return "\"error\" or \"warn\"";
    case KeyKind::folder: return "the path of a folder";
    case KeyKind::folders: return "a list of folders";
    case KeyKind::toggle: return "true or false";
    case KeyKind::owners: return "a list of names or numbers of accounts";
    case KeyKind::texts: return "a table of texts";
    case KeyKind::gate: return "\"error\", \"warning\", \"note\" or \"never\"";
    case KeyKind::levels: return "a table of levels";
    case KeyKind::schemas: return "a list of names of schemas";
    case KeyKind::release: return "a version as in \"v0.3.0\"";
  }
  return "";
}

std::string_view expects_each(KeyKind kind) {
  return kind == KeyKind::levels ? "\"error\", \"warning\", \"note\" or \"off\"" : "a text without NUL characters";
}

std::string_view example_of_each(KeyKind kind) { return kind == KeyKind::levels ? "table-rewrite = \"note\"" : "home = \"MXN\""; }

bool is_list(KeyKind kind) { return kind == KeyKind::folders || kind == KeyKind::owners || kind == KeyKind::schemas; }

bool is_table(KeyKind kind) { return kind == KeyKind::texts || kind == KeyKind::levels; }

bool has_plain_default(KeyKind kind) {
  return kind == KeyKind::name || kind == KeyKind::seconds || (!is_table(kind) && !choices_of(kind).empty());
}

std::string_view choices_of(KeyKind kind) {
  switch (kind) {
    case KeyKind::mode: return "process none";
    case KeyKind::revision_kind: return "sql cpp";
    case KeyKind::toggle: return "true false";
    case KeyKind::severity: return "error warn";
    case KeyKind::gate: return "error warning note never";
    case KeyKind::levels: return "error warning note off";
    default: return "";
  }
}

bool is_usable(KeyKind kind, std::span<const std::string> texts) {
  return std::all_of(texts.begin(), texts.end(), [&](const std::string& text) { return is_usable_text(kind, text); });
}

}  // namespace cairn
