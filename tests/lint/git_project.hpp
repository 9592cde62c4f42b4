#pragma once

#include "commands/chosen_revisions.hpp"
#include "support/file_text.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>

namespace cairn::test {

/// A project in a work tree of git, with revisions a > b > c, of which c is C++, and a seed s.
class GitProject {
 public:
  GitProject() {
    for (const auto& [name, value] : {std::pair{"GIT_CONFIG_GLOBAL", "/dev/null"}, {"GIT_CONFIG_SYSTEM", "/dev/null"}, {"GIT_AUTHOR_NAME", "ann"},
                                      {"GIT_AUTHOR_EMAIL", "ann@example.org"}, {"GIT_COMMITTER_NAME", "ann"}, {"GIT_COMMITTER_EMAIL", "ann@example.org"}})
      setenv(name, value, 1);
    write("revisions/a_users/up.sql", "-- cairn: id = a\nCREATE TABLE users (id int);\n");
    write("revisions/a_users/down.sql", "DROP TABLE users;\n");
    write("revisions/b_orders/up.sql", "-- cairn: id = b\n-- cairn: down_revision = a\nCREATE TABLE orders (id int);\n");
    write("revisions/b_orders/down.sql", "DROP TABLE orders;\n");
    write("revisions/c_code/revision.cpp", "#include \"names.hpp\"\nCAIRN_REVISION(.id = \"c\", .down_revision = {\"b\"})\n");
    write("revisions/c_code/names.hpp", "// names\n");
    write("seeds/s.up.sql", "-- cairn: id = s\n-- cairn: down_revision = c\n-- cairn: seed = yes\nINSERT INTO users VALUES (1);\n");
  }

  void begin_history() {
    git({"init", "-q", "-b", "main"});
    commit("begin");
    git({"checkout", "-q", "-b", "topic"});
  }

  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((directory_ / file).parent_path());
    write_file(directory_ / file, text);
  }
  void move(const std::string& from, const std::string& to) const { std::filesystem::rename(directory_ / from, directory_ / to); }
  void remove(const std::string& file) const { std::filesystem::remove_all(directory_ / file); }

  void git(std::vector<std::string> words) const {
    words.insert(words.begin(), "git");
    const Finished finished = run({.argv = words, .directory = directory_.path()});
    if (!finished.ok()) throw std::runtime_error("git: " + finished.err);
  }
  void commit(const std::string& message) const {
    git({"add", "-A"});
    git({"commit", "-q", "--allow-empty", "-m", message});
  }

  const std::filesystem::path& path() const { return directory_.path(); }

 private:
  TemporaryDirectory directory_;
};

inline PluginFile plugin_of(const std::string& id, const std::string& parent, RevisionKind kind, const std::string& up_file) {
  PluginFile plugin;
  plugin.path = "/built/" + id + ".so";
  plugin.revision.id = id;
  plugin.revision.kind = kind;
  if (!parent.empty()) plugin.revision.down_revisions = {parent};
  plugin.revision.origin = plugin.path;
  plugin.up_file = up_file;
  return plugin;
}

/// What is built of it.
inline Collection collection_of_project() {
  Collection collection;
  collection.plugins = {plugin_of("a", "", RevisionKind::sql, "revisions/a_users/up.sql"), plugin_of("b", "a", RevisionKind::sql, "revisions/b_orders/up.sql"),
                        plugin_of("c", "b", RevisionKind::code, ""), plugin_of("s", "c", RevisionKind::sql, "seeds/s.up.sql")};
  collection.plugins.back().revision.seed = true;
  return collection;
}

inline Chosen choose(const std::filesystem::path& project, std::map<std::string, std::string, std::less<>> options,
                     Collection collection = collection_of_project()) {
  Invocation invocation;
  invocation.options = std::move(options);
  invocation.settings.project = project;
  invocation.settings.authoring.directory = project / "revisions";
  invocation.settings.authoring.seeds = project / "seeds";
  return choose_revisions(invocation, Collected(std::move(collection)));
}

}  // namespace cairn::test
