#include "commands/new_revision.hpp"

#include "authoring/author.hpp"
#include "authoring/header_text.hpp"
#include "authoring/revision_id.hpp"
#include "base/text.hpp"
#include "commands/shown_path.hpp"
#include "config/today.hpp"
#include "graph/lookup.hpp"
#include "report/authoring_report.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

constexpr const char* usual_runtime = "1 s";
constexpr std::size_t most_characters = 1000;   // a note holds 64 KiB in all

RevisionKind choose_kind(const Invocation& invocation) {
  if (invocation.has("sql-files") && invocation.has("cpp"))
    throw Error(Category::usage, "--sql-files and --cpp contradict each other").hint("Give one of them.");
  if (invocation.has("sql-files")) return RevisionKind::sql;
  return invocation.has("cpp") || invocation.settings.authoring.kind == "cpp" ? RevisionKind::code : RevisionKind::sql;
}

std::uint32_t choose_runtime(const Invocation& invocation) {
  const std::string text = invocation.option("estimated-runtime", usual_runtime);
  if (const auto milliseconds = parse_runtime(text)) return *milliseconds;
  throw Error(Category::usage,
              fmt::format("--estimated-runtime takes a number with ms, s, min or h, not \"{}\"", printable(text, 100)))
      .hint("For example: --estimated-runtime \"500 ms\".");
}

/// What is written into a source, on one line.
std::string require_text(const std::string& what, const std::string& text) {
  if (!is_valid_utf8(text))
    throw Error(Category::usage, what + " is not valid UTF-8 text").hint("Type it again, in a UTF-8 terminal.");
  std::string line = squeezed(text);
  if (length_in_characters(line) > most_characters)
    throw Error(Category::usage, fmt::format("{} has {} characters, and at most {} are taken", what,
                                             length_in_characters(line), most_characters))
        .hint("Say it in a few words; more can stand in a comment of the source.");
  return line;
}

std::string choose_author(const Invocation& invocation) {
  if (invocation.has("author")) return require_text("--author", invocation.option("author"));
  const Settings& settings = invocation.settings;
  if (settings.authoring.author) return squeezed(*settings.authoring.author);
  const std::string author = find_author(settings.project);
  return is_valid_utf8(author) ? author : "unknown";
}

std::string choose_id(const Invocation& invocation, const RevisionGraph& graph) {
  if (!invocation.has("rev-id")) return make_revision_id(graph);
  require_new_id(graph, invocation.option("rev-id"));
  return invocation.option("rev-id");
}

const std::filesystem::path& require_folder(const Settings& settings, const Revision& draft) {
  const std::filesystem::path& folder = draft.seed ? settings.authoring.seeds : settings.authoring.directory;
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return folder;
  throw Error(Category::configuration, fmt::format("there is no folder {}, where new revisions go", shown_path(folder)))
      .hint(fmt::format("Go to your project; or begin one with \"cairn init\"; or make the folder, or name another one as \"{}\" "
                        "under [authoring] in cairn.toml.", draft.seed ? "seeds" : "directory"));
}

/// The graph with the draft in it; throws what does not fit.
RevisionGraph add_to(const RevisionGraph& graph, const Revision& draft) {
  std::vector<Revision> revisions(graph.revisions().begin(), graph.revisions().end());
  revisions.push_back(draft);
  revisions.back().origin = "the new revision";
  return RevisionGraph(std::move(revisions));
}

std::string next_step(const RevisionGraph& graph, const Revision& draft, RevisionPurpose purpose) {
  const std::string first = purpose == RevisionPurpose::work ? "write it, build" : "build";
  const std::vector<Node> heads = graph.heads();
  if (heads.size() == 1) return first + ", then \"cairn upgrade head\"";
  std::vector<std::string> ids;
  for (const Node head : heads) ids.push_back(graph.revision(head).id);
  return fmt::format("there are {} heads now ({}): {}, then \"cairn upgrade heads\" for all of them or \"cairn upgrade {}\" "
                     "for this one", ids.size(), join(ids, ", "), first, draft.id);
}

}  // namespace

std::vector<std::string> notes_on_seeds(const RevisionGraph& graph, const std::vector<std::string>& parents) {
  std::vector<std::string> notes;
  for (const std::string& id : parents)
    if (graph.revision(*graph.find(id)).seed)
      notes.push_back(fmt::format("{} is a seed: what rests on it cannot be applied without it", id));
  return notes;
}

Revision make_draft(const Invocation& invocation, const RevisionGraph& graph, const ChosenLinks& chosen,
                    const std::string& message) {
  Revision draft;
  draft.id = choose_id(invocation, graph);
  draft.down_revisions = chosen.links.down_revisions;
  draft.depends_on = chosen.links.depends_on;
  draft.message = draft.purpose = require_text("the message", message);
  draft.author = choose_author(invocation);
  draft.date = read_today();
  draft.estimated_ms = choose_runtime(invocation);
  draft.kind = choose_kind(invocation);
  return draft;
}

Answer write_revision(const Invocation& invocation, const KnownRevisions& known, const Revision& draft, RevisionPurpose purpose,
                      const ChosenLinks& chosen) {
  const RevisionGraph graph = add_to(known.graph, draft);
  const std::filesystem::path& folder = require_folder(invocation.settings, draft);
  const std::vector<NewFile> files = make_new_revision(draft, purpose, TemplateSet(invocation.settings.authoring.templates));
  NewRevisionReport report{.revision = draft, .files = {}, .notes = known.notes};
  report.notes.insert(report.notes.end(), chosen.notes.begin(), chosen.notes.end());
  report.notes.push_back(next_step(graph, draft, purpose));
  for (const std::filesystem::path& path : create_files(folder, files)) report.files.push_back(shown_path(path));
  for (const std::string& note : report.notes) invocation.observer->log(LogLevel::notice, note);
  return Answer(render(invocation.command, report, invocation.format));
}

}  // namespace cairn
