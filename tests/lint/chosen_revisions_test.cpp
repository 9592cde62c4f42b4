#include "git_project.hpp"

#include "base/text.hpp"
#include "findings_text.hpp"

namespace cairn {
namespace {

using test::choose;
using test::GitProject;

std::string ids_of(const Chosen& chosen) {
  return join(std::vector<std::string>(chosen.revisions.begin(), chosen.revisions.end()), " ");
}

struct OptionRow {
  const char* option;   ///< null: none
  const char* value;
  const char* ids;
};

TEST(Chosen, are_what_the_options_name) {
  const OptionRow rows[] = {
      {nullptr, "", "a b c s"},
      {"revisions", "b..c", "b c"},
      {"revisions", "b:c", "b c"},
      {"revisions", "..b", "a b"},
      {"revisions", "c..", "c s"},
      {"revisions", "..", "a b c s"},
      {"revisions", "c", "c"},
      {"revisions", "head", "s"},
      {"revisions", "-1..", "c s"},
      {"changed-since", "b", "c s"},
      {"changed-since", "head", ""},
      {"changed-since", "base", "a b c s"},
  };
  for (const OptionRow& row : rows) {
    std::map<std::string, std::string, std::less<>> options;
    if (row.option != nullptr) options[row.option] = row.value;
    EXPECT_EQ(ids_of(choose("/nowhere", options)), row.ids) << row.value;
  }
}

TEST(Chosen, are_not_guessed) {
  const std::vector<std::map<std::string, std::string, std::less<>>> unclear{
      {{"revisions", "b..c"}, {"changed-since", "b"}}, {{"revisions", "current"}}, {{"revisions", "current..c"}}, {{"revisions", "..current"}},
      {{"changed-since", "current"}}, {{"revisions", "x"}}, {{"revisions", "c..b"}}, {{"revisions", ""}}, {{"changed-since", ""}},
      {{"changed-since", "a..b"}},
  };
  for (const auto& options : unclear) EXPECT_THROW(choose("/nowhere", options), Error) << options.begin()->second;
}

/// What happens on a branch, and what is chosen with git:main.
struct GitRow {
  const char* name;
  void (*change)(const GitProject&);
  const char* ids;
  const char* findings;   ///< without the commit
};

const GitRow git_rows[] = {
    {"nothing", [](const GitProject&) {}, "", ""},
    {"a revision was committed", [](const GitProject& p) { p.write("revisions/b_orders/verify.sql", "SELECT 1 WHERE false;\n"), p.commit("b"); }, "b",
     "landed-edited: it had landed in main, and means something else now\n"},
    {"a revision is edited in the work tree", [](const GitProject& p) { p.write("revisions/a_users/down.sql", "DROP TABLE users CASCADE;\n"); }, "a",
     "landed-edited: it had landed in main, and means something else now\n"},
    {"a revision is indented again and has another comment",
     [](const GitProject& p) { p.write("revisions/a_users/up.sql", "-- cairn: id = a\n-- cairn: author = ann\ncreate table users\n  (id int); -- really\n"), p.commit("a"); },
     "a", ""},
    {"a header of C++ is edited", [](const GitProject& p) { p.write("revisions/c_code/names.hpp", "const char* name = \"x\";\n"); }, "c",
     "landed-edited: it had landed in main, and means something else now\n"},
    {"C++ is indented again", [](const GitProject& p) { p.write("revisions/c_code/names.hpp", "\n\n    // names\n"); }, "c", ""},
    {"a seed is edited", [](const GitProject& p) { p.write("seeds/s.up.sql", "-- cairn: id = s\n-- cairn: down_revision = c\nINSERT INTO users VALUES (2);\n"); }, "s",
     "landed-edited: it had landed in main, and means something else now\n"},
    {"a parent is changed", [](const GitProject& p) { p.write("revisions/b_orders/up.sql", "-- cairn: id = b\nCREATE TABLE orders (id int);\n"); }, "b",
     "landed-edited: it had landed in main, and means something else now\n"},
    {"a revision moved to another folder", [](const GitProject& p) { p.move("revisions/a_users", "revisions/a_people"); }, "a", ""},
    {"a revision moved and was edited",
     [](const GitProject& p) { p.move("revisions/a_users", "revisions/a_people"), p.write("revisions/a_people/down.sql", "DROP TABLE people;\n"), p.commit("a"); },
     "a", "landed-edited: it had landed in main, and means something else now\n"},
    {"a revision got another id", [](const GitProject& p) { p.write("seeds/s.up.sql", "-- cairn: id = t\n-- cairn: down_revision = c\nINSERT INTO users VALUES (1);\n"); }, "s",
     "landed-edited: revision s had landed in main, and is gone\n"},
    {"a revision was removed", [](const GitProject& p) { p.remove("seeds/s.up.sql"), p.commit("s"); }, "s",
     "landed-edited: revision s had landed in main, and is gone\n"},
    {"another file is edited", [](const GitProject& p) { p.write("README.md", "x\n"), p.write("revisions/notes.txt", "x\n"); }, "", ""},
    {"an ignored file is no change", [](const GitProject& p) { p.write(".gitignore", "verify.sql\n"), p.commit("i"), p.write("revisions/a_users/verify.sql", "SELECT;\n"); }, "", ""},
    {"main goes on", [](const GitProject& p) {
       p.git({"checkout", "-q", "main"});
       p.write("revisions/a_users/down.sql", "DROP TABLE IF EXISTS users;\n");
       p.commit("main goes on");
       p.git({"checkout", "-q", "topic"});
     }, "", ""},
};

std::string findings_of(const Chosen& chosen) {
  std::string text = test::text_of(chosen.findings);
  for (std::size_t at = text.find(" ("); at != text.npos; at = text.find(" (")) text.erase(at, text.find(')', at) + 1 - at);
  return text;
}

TEST(Chosen, are_those_whose_sources_changed_on_the_branch) {
  for (const GitRow& row : git_rows) {
    GitProject project;
    project.begin_history();
    row.change(project);
    const Chosen chosen = choose(project.path(), {{"changed-since", "git:main"}});
    EXPECT_EQ(ids_of(chosen), row.ids) << row.name;
    EXPECT_EQ(findings_of(chosen), row.findings) << row.name;
    for (const Finding& finding : chosen.findings) EXPECT_EQ(finding.level, Level::error) << row.name;
  }
}

TEST(Chosen, are_new_when_git_does_not_know_them_yet) {
  GitProject project;
  project.begin_history();
  project.write("revisions/d_more/up.sql", "-- cairn: id = d\n-- cairn: down_revision = c\nSELECT 1;\n");
  Collection collection = test::collection_of_project();
  const Chosen unbuilt = choose(project.path(), {{"changed-since", "git:main"}}, collection);
  EXPECT_EQ(ids_of(unbuilt), "");
  ASSERT_EQ(unbuilt.notes.size(), 1U);
  EXPECT_TRUE(unbuilt.notes.front().ends_with("revisions/d_more/up.sql holds the revision d, which is not built")) << unbuilt.notes.front();
  collection.plugins.push_back(test::plugin_of("d", "c", RevisionKind::sql, "revisions/d_more/up.sql"));
  const Chosen chosen = choose(project.path(), {{"changed-since", "git:main"}}, collection);
  EXPECT_EQ(ids_of(chosen), "d");
  EXPECT_TRUE(chosen.notes.empty() && chosen.findings.empty());
}

TEST(Chosen, are_found_by_the_file_that_the_library_names) {
  GitProject project;
  project.write("elsewhere/e.up.sql", "SELECT 1;\n");   // its metadata stands in the build
  project.begin_history();
  Collection collection = test::collection_of_project();
  collection.plugins.push_back(test::plugin_of("e", "c", RevisionKind::sql, "elsewhere/e.up.sql"));
  EXPECT_EQ(ids_of(choose(project.path(), {{"changed-since", "git:main"}}, collection)), "");
  project.write("elsewhere/e.up.sql", "SELECT 2;\n");
  const Chosen chosen = choose(project.path(), {{"changed-since", "git:main"}}, collection);
  EXPECT_EQ(ids_of(chosen), "e");
  EXPECT_EQ(findings_of(chosen), "landed-edited: it had landed in main, and means something else now\n");
}

TEST(Chosen, count_as_changed_when_their_source_is_not_found) {
  GitProject project;
  project.begin_history();
  Collection collection = test::collection_of_project();
  collection.plugins.push_back(test::plugin_of("x", "c", RevisionKind::code, ""));
  const Chosen chosen = choose(project.path(), {{"changed-since", "git:main"}}, collection);
  EXPECT_EQ(ids_of(chosen), "x");
  EXPECT_EQ(chosen.notes, std::vector<std::string>{"the source of x is not found, so it counts as changed; the library is /built/x.so"});
}

TEST(Chosen, come_from_a_project_below_the_top_of_the_work_tree) {
  GitProject project;
  project.write("shop/revisions/z/up.sql", "-- cairn: id = z\nSELECT 1;\n");
  project.begin_history();
  Collection collection;
  collection.plugins = {test::plugin_of("z", "", RevisionKind::sql, "")};
  EXPECT_EQ(ids_of(choose(project.path() / "shop", {{"changed-since", "git:main"}}, collection)), "");
  project.write("shop/revisions/z/up.sql", "-- cairn: id = z\nSELECT 2;\n");
  EXPECT_EQ(ids_of(choose(project.path() / "shop", {{"changed-since", "git:main"}}, collection)), "z");
}

TEST(Chosen, are_compared_with_the_named_commit_where_nothing_is_common) {
  GitProject project;
  project.begin_history();
  project.git({"checkout", "-q", "--orphan", "alone"});
  project.write("revisions/a_users/down.sql", "DROP TABLE IF EXISTS users;\n");
  project.commit("alone");
  const Chosen chosen = choose(project.path(), {{"changed-since", "git:main"}});
  EXPECT_EQ(ids_of(chosen), "a");
  EXPECT_EQ(chosen.notes, std::vector<std::string>{"git knows no commit that main and the work tree have in common, so main itself counts"});
}

TEST(Chosen, tell_why_git_cannot_be_asked) {
  GitProject project;
  const auto message_of = [&](const std::string& ref) {
    try {
      choose(project.path(), {{"changed-since", "git:" + ref}});
      return std::string("nothing thrown");
    } catch (const Error& error) {
      return error.message();
    }
  };
  EXPECT_EQ(message_of("main"), project.path().string() + " is not in a work tree of git");
  project.begin_history();
  EXPECT_EQ(message_of("no-such-branch"), "git knows no commit \"no-such-branch\"");
  EXPECT_EQ(message_of(""), "git knows no commit \"\"");
  EXPECT_EQ(message_of("--help"), "git knows no commit \"--help\"");
  EXPECT_EQ(message_of("main:README.md"), "git knows no commit \"main:README.md\"");
  const std::string path = test::environment_variable("PATH");
  setenv("PATH", "/nowhere", 1);
  EXPECT_EQ(message_of("main"), "git cannot be run, and --changed-since git:REF asks it what changed");
  setenv("PATH", path.c_str(), 1);
}

}  // namespace
}  // namespace cairn
