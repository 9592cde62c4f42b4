#include "report/revision_report.hpp"

#include "base/text.hpp"
#include "graph/acceptance.hpp"
#include "report/columns.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

#include <sstream>

namespace cairn {

namespace {

std::string marks(const RevisionLine& line, bool tree) {
  std::string text;
  if (!line.known) text += " (unknown to these plugins)";
  if (!line.labels.empty()) text += fmt::format(" ({})", join(line.labels, ", "));
  if (line.head && !line.effective_head) text += " (head)";
  if (line.effective_head) text += " (effective head)";
  if (line.current && tree) text += " (current)";
  if (line.edited) text += " (edited)";
  if (line.children.size() > 1 && tree) text += " (branchpoint)";
  if (line.merge_point && tree) text += " (mergepoint)";
  return text;
}

std::string parents_of(const RevisionLine& line) {
  std::string text = line.revision.down_revisions.empty() ? "<base>" : join(line.revision.down_revisions, ", ");
  if (!line.revision.depends_on.empty()) text += fmt::format(" ({})", join(line.revision.depends_on, ", "));
  return text;
}

std::string short_line(const RevisionLine& line, bool with_parents, const Format& format) {
  std::string text = with_parents ? parents_of(line) + " -> " : "";
  text += paint(format, Ink::yellow, line.revision.id) + marks(line, with_parents);
  if (with_parents && !line.revision.message.empty()) text += ", " + one_line(line.revision.message);
  return text + "\n";
}

std::string flags_of(const Revision& revision) {
  std::vector<std::string> flags;
  flags.emplace_back(revision.kind == RevisionKind::sql ? "SQL" : "C++");
  if (revision.seed) flags.emplace_back("seed");
  if (!revision.transactional) flags.emplace_back("outside a transaction");
  if (!revision.reversible) flags.emplace_back("irreversible");
  if (!revision.retryable) flags.emplace_back("not retryable");
  if (revision.has_verify) flags.emplace_back("has a verify step");
  return join(flags, ", ");
}

std::string row(std::string_view name, std::string_view value) {
  return value.empty() ? std::string() : fmt::format("  {}{}\n", padded(std::string(name) + ":", 19), one_line(value));
}

std::string full_entry(const RevisionLine& line, const Format& format) {
  const Revision& r = line.revision;
  const bool merge = r.down_revisions.size() > 1;
  std::string text = fmt::format("{}{}{}\n", paint(format, Ink::bold, "Rev: "), paint(format, Ink::yellow, r.id), marks(line, true));
  if (line.known) text += row(merge ? "Merges" : "Parent", r.down_revisions.empty() ? "<base>" : join(r.down_revisions, ", "));
  text += row("Also depends on", join(r.depends_on, ", "));
  if (line.children.size() > 1) text += row("Branches into", join(line.children, ", "));
  text += row("Branch names", join(line.labels, ", "));
  text += row("Message", r.message);
  text += row("Author", r.author);
  text += row("Date", r.date);
  text += row("Purpose", r.purpose);
  if (r.estimated_ms > 0) text += row("Estimated runtime", fmt::format("{} ms", r.estimated_ms));
  if (line.known) text += row("Kind", flags_of(r));
  text += row("Phase", r.phase.empty() ? "" : fmt::format("{} {}", r.phase, r.release));
  if (r.min_server_version > 0) text += row("Server at least", std::to_string(r.min_server_version));
  for (const Acceptance& acceptance : r.accepts) text += row("Accepts", acceptance_text(acceptance));
  text += row("Path", r.origin);
  return text;
}

Json revision_json(const RevisionLine& line) {
  const Revision& r = line.revision;
  Json json = {{"id", r.id}, {"known", line.known}};
  json["down_revision"] = r.down_revisions;
  json["depends_on"] = r.depends_on;
  json["labels"] = line.labels;
  json["message"] = r.message;
  json["author"] = r.author;
  json["date"] = r.date;
  json["purpose"] = r.purpose;
  json["estimated_ms"] = r.estimated_ms;
  json["kind"] = r.kind == RevisionKind::sql ? "sql" : "code";
  json["transactional"] = r.transactional;
  json["reversible"] = r.reversible;
  json["seed"] = r.seed;
  json["phase"] = r.phase;
  json["release"] = r.release;
  json["accepts"] = Json::array();
  for (const Acceptance& acceptance : r.accepts) json["accepts"].push_back({{"rule", acceptance.rule}, {"reason", acceptance.reason}});
  json["source_digest"] = r.source_digest;
  json["path"] = r.origin;
  json["head"] = line.head;
  json["current"] = line.current;
  json["edited"] = line.edited;
  json["branch_point"] = line.children.size() > 1;
  json["merge_point"] = line.merge_point;
  json["children"] = line.children;
  return json;
}

std::string text_of(const RevisionList& list, const Format& format) {
  if (list.lines.empty() && !list.empty.empty()) return list.empty + "\n";
  std::string text;
  for (const RevisionLine& line : list.lines) {
    if (list.detail == Detail::full) {
      if (!text.empty()) text += "\n";
      text += full_entry(line, format);
      continue;
    }
    text += short_line(line, list.detail == Detail::parents, format);
    if (list.children)
      for (const std::string& child : line.children) text += fmt::format("    -> {}\n", child);
  }
  return text;
}

/// What stands beside the drawing, which shows the parents. Colours come after cutting.
std::vector<std::string> drawn_lines(const RevisionLine& line, Detail detail) {
  const std::string& id = line.revision.id;
  if (detail != Detail::full) {
    const std::string message = one_line(line.revision.message);
    return {id + marks(line, true) + (message.empty() ? "" : ", " + message)};
  }
  std::vector<std::string> lines{id + marks(line, true)};
  std::istringstream rows(full_entry(line, {}));
  std::string row;
  std::getline(rows, row);   // "Rev: …" says what the first line does
  while (std::getline(rows, row)) lines.push_back(std::move(row));
  return lines;
}

std::string heading_of(const ShownSql& sql) {
  if (!sql.recorded) return fmt::format("-- {}: {}", sql.name, sql.file);
  return fmt::format("-- {}: recorded from its code, without the answers of a server", sql.name);
}

std::string stopped_text(const Error& stopped, const Format& format) {
  const std::string at = stopped.place() ? fmt::format(" ({})", describe(*stopped.place())) : "";
  std::string text = paint(format, Ink::red, fmt::format("-- stopped here: {}{}", stopped.message(), at)) + "\n";
  return stopped.hint().empty() ? text : text + fmt::format("-- {}\n", stopped.hint());
}

std::string shown_text(const ShownRevision& revision, const Format& format) {
  std::string text = full_entry(revision.line, format);
  for (const ShownSql& one : revision.sql) {
    text += fmt::format("\n{}\n{}", paint(format, Ink::cyan, heading_of(one)), one.text);
    if (!text.ends_with('\n')) text += '\n';
    if (one.stopped) text += stopped_text(*one.stopped, format);
    else if (one.recorded && one.text.empty()) text += "-- nothing is sent\n";
  }
  return text;
}

Json sql_json(const ShownSql& sql) {
  Json json = {{"file", sql.file}, {"text", sql.text}, {"recorded", sql.recorded}};
  if (sql.stopped) json["stopped"] = to_json(*sql.stopped);
  return json;
}

Json show_document(const std::vector<ShownRevision>& revisions) {
  Json document = make_document("show", Category::none);
  document["revisions"] = Json::array();
  for (const ShownRevision& revision : revisions) {
    Json json = revision_json(revision.line);
    json["sql"] = Json::object();
    for (const ShownSql& one : revision.sql) json["sql"][one.name] = sql_json(one);
    document["revisions"].push_back(std::move(json));
  }
  return document;
}

}  // namespace

RevisionLine make_line(const RevisionGraph& graph, Node node) {
  RevisionLine line{.revision = graph.revision(node), .labels = graph.labels_of(node), .children = {}};
  for (const Node child : graph.children(node)) line.children.push_back(graph.revision(child).id);
  line.head = graph.children(node).empty();
  line.effective_head = line.head && !graph.all_children(node).empty();
  line.merge_point = graph.parents(node).size() > 1;
  return line;
}

std::string render(std::string_view command, const RevisionList& list, const Format& format) {
  if (format.kind == Kind::text) return text_of(list, format);
  Json document = make_document(command, list.error ? list.error->category() : Category::none);
  document["revisions"] = Json::array();
  for (const RevisionLine& line : list.lines) document["revisions"].push_back(revision_json(line));
  if (!list.edited.empty()) document["edited"] = list.edited;
  if (list.error) document["error"] = to_json(*list.error);
  return print(document);
}

std::string render_drawing(std::string_view command, const RevisionList& list, std::vector<DrawnItem> items,
                           const Format& format) {
  if (format.kind == Kind::json || list.lines.empty()) return render(command, list, format);
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].name = list.lines[i].revision.id;
    items[i].lines = drawn_lines(list.lines[i], list.detail);
  }
  return draw_history(items, format);
}

std::string render_show(const std::vector<ShownRevision>& revisions, const Format& format) {
  if (format.kind == Kind::json) return print(show_document(revisions));
  std::string text;
  for (const ShownRevision& revision : revisions) text += (text.empty() ? "" : "\n") + shown_text(revision, format);
  return text.empty() ? std::string(nothing_applied) + "\n" : text;
}

}  // namespace cairn
