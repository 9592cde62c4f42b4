#include "alembic/revision_file.hpp"

#include "alembic/docstring.hpp"
#include "authoring/revision_source.hpp"
#include "base/text.hpp"
#include "graph/graph_problems.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <functional>

namespace cairn {

namespace {

using Form = PythonLiteral::Form;

const std::set<std::string, std::less<>>& metadata_names() {
  static const std::set<std::string, std::less<>> names{"revision", "down_revision", "branch_labels", "depends_on"};
  return names;
}

/// As many as the note of a plugin takes.
constexpr std::size_t most_names = 16;

constexpr std::array<std::string_view, 13> asking{"get_bind",  "inspect",  "reflect",        "Session",     "sessionmaker",
                                                  "fetchall",  "fetchone", "scalars",        "scalar_one",  "read_sql",
                                                  "scalar",    "has_table", "is_offline_mode"};
constexpr std::array<std::string_view, 11> computing{"uuid1", "uuid4", "utcnow", "now", "today", "random", "urandom",
                                                     "token_hex", "getenv", "get_x_argument", "randint"};

class RevisionFileReader {
 public:
  explicit RevisionFileReader(const InputText& input) : input_(input), module_(parse_python_module(input, metadata_names())) {}

  std::optional<AlembicRevision> read() {
    if (!module_.assignments.contains("revision")) return std::nullopt;
    read_links();
    read_docstring();
    check_names();
    throw_all(std::move(problems_));
    read_functions();
    read_remarks();
    return std::move(found_);
  }

 private:
  Revision& revision() { return found_.revision; }

  void read_links() {
    revision().origin = input_.file;
    if (const auto ids = take("revision"); ids.size() == 1) revision().id = ids.front();
    else if (problems_.empty()) refuse("revision", "revision is not one text");
    found_.line = place_of("revision").line;
    if (!module_.assignments.contains("down_revision"))
      refuse("revision", "this file sets revision, but not down_revision");
    revision().down_revisions = take("down_revision");
    revision().labels = take("branch_labels");
    revision().depends_on = take("depends_on");
  }

  /// The texts of a name; its problem is noted.
  std::vector<std::string> take(std::string_view name) {
    const auto found = module_.assignments.find(name);
    if (found == module_.assignments.end()) return {};
    const PythonAssignment& assignment = found->second;
    if (assignment.problem) problems_.push_back(*assignment.problem);
    if (assignment.value.texts.size() > most_names)
      refuse(name, fmt::format("{} holds {} names, and Cairn takes {}", name, assignment.value.texts.size(), most_names));
    return assignment.value.texts;
  }

  Error& refuse(std::string_view name, std::string message) {
    problems_.push_back(problem_at(input_, module_.assignments.find(name)->second.offset, std::move(message)));
    return problems_.back();
  }

  void read_docstring() {
    Docstring docstring = parse_docstring(module_.docstring);
    revision().message = std::move(docstring.message);
    revision().date = std::move(docstring.date);
    found_.description = std::move(docstring.description);
  }

  /// The rules of the graph, and those of header lines and folders.
  void check_names() {
    if (!problems_.empty()) return;
    for (GraphProblem& problem : find_graph_problems(std::span(&revision(), 1))) {
      const bool of_id = problem.kind == GraphProblemKind::bad_id;
      if (!of_id && problem.kind != GraphProblemKind::bad_label) continue;
      problem.error.recategorise(Category::configuration).detail("");
      problems_.push_back(problem.error.at(place_of(of_id ? "revision" : "branch_labels")));
    }
    if (problems_.empty()) check_folder();
    for (const std::string_view name : {"down_revision", "branch_labels", "depends_on"}) check_separators(name);
  }

  Place place_of(std::string_view name) const {
    return place_in(input_.text, module_.assignments.find(name)->second.offset, input_.file);
  }

  void check_folder() try {
    require_folder_name(revision().id);
  } catch (Error& error) {
    problems_.push_back(error.recategorise(Category::configuration).at(place_of("revision")));
  }

  void check_separators(std::string_view name) {
    const auto found = module_.assignments.find(name);
    if (found == module_.assignments.end()) return;
    for (const std::string& text : found->second.value.texts)
      if (text.empty() || text.find_first_of("@:, \t\n\"'\\") != text.npos)
        refuse(name, fmt::format("{} holds \"{}\", which Cairn does not take", name, printable(text, 64)))
            .hint("Rename it in all revision files: names are not empty and have no blank, comma, quote, backslash, \"@\" or \":\".");
  }

  void read_functions() {
    const auto what = [&](std::string_view name) {
      const auto found = module_.functions.find(name);
      return found == module_.functions.end() ? PythonFunction::code : found->second;
    };
    found_.upgrade = what("upgrade");
    found_.downgrade = what("downgrade");
    found_.doubled_percent = module_.doubled_percent;
    found_.doubled_backslash = module_.doubled_backslash;
    for (const PythonParameter& parameter : module_.parameters)
      found_.parameters.push_back({parameter.name, parameter.function, place_in(input_.text, parameter.offset, input_.file),
                                   module_.bound.contains(parameter.name)});
  }

  void read_remarks() {
    remark_calls(asking, "what the file does with answers of the database is not in the SQL");
    remark_calls(computing, "such values differ from run to run; the SQL holds those of the run that wrote it");
    if (module_.tab_in_text)
      remark(*module_.tab_in_text, "this text holds a tab; alembic --sql writes four blanks for it");
  }

  /// One remark for all of them, at the first.
  template <std::size_t size>
  void remark_calls(const std::array<std::string_view, size>& words, std::string_view what) {
    std::map<std::size_t, std::string> calls;
    for (const std::string_view word : words)
      if (const auto call = module_.calls.find(word); call != module_.calls.end()) calls[call->second] = call->first + "()";
    if (calls.empty()) return;
    std::vector<std::string> names;
    for (const auto& [offset, name] : calls) names.push_back(name);
    remark(calls.begin()->first, fmt::format("{}: {}", join(names, ", "), what));
  }

  void remark(std::size_t offset, std::string text) {
    found_.remarks.push_back({place_in(input_.text, offset, input_.file), std::move(text)});
  }

  const InputText& input_;
  PythonModule module_;
  AlembicRevision found_;
  std::vector<Error> problems_;
};

}  // namespace

std::optional<AlembicRevision> parse_revision_file(const InputText& input) { return RevisionFileReader(input).read(); }

}  // namespace cairn
