#include "authoring/project_files.hpp"

#include "authoring/slug.hpp"
#include "authoring/template.hpp"

namespace cairn {

namespace {

constexpr const char* cmake_lists = R"(cmake_minimum_required(VERSION 3.22)
project(${name} LANGUAGES CXX)
find_package(Cairn ${version} REQUIRED CONFIG)
enable_testing()

# Every revision in these folders becomes a library of its own. A new one needs no change here: build again.
cairn_add_revision_directory(revisions GROUP ${name} INSTALL_DESTINATION lib/cairn/plugins/${name})
cairn_add_revision_directory(seeds GROUP ${name}_seeds INSTALL_DESTINATION lib/cairn/plugins/${name}_seeds)
cairn_add_graph_check(history)   # "ctest --test-dir build": do they fit together, and is there one head
)";

constexpr const char* cairn_toml = R"(database = "local"           # a private server for this project; on others name a URL with CAIRN_DATABASE
plugins = ["build/plugins"]  # what the build makes

[authoring]                  # what "cairn revision" does
directory = "revisions"
seeds = "seeds"
)";

constexpr const char* git_ignore = R"(/build/
/.cairn/
)";

constexpr const char* read_me = R"(# ${name}

Revisions of a PostgreSQL schema, run by Cairn. Revisions are in `revisions/`, seeds (data, not schema) in `seeds/`.

```
cairn revision -m "create customers"     makes the files of a new revision; write it there
cmake -S . -B build                      once; with -DCMAKE_PREFIX_PATH=PREFIX if CMake does not find Cairn's SDK
cmake --build build                      after every change
ctest --test-dir build                   do the revisions fit together, and is there one head
cairn upgrade head                       applies what is missing
cairn downgrade -1                       undoes the last one
```

`cairn.toml` names the database: `local` is a private server, kept under `.cairn/` and started when it is needed.
`--database`, `CAIRN_DATABASE` and `DATABASE_URL` name others.
)";

}  // namespace

std::vector<NewFile> make_project(const NewProject& project) {
  const TemplateValues values{{"name", project.name}, {"version", project.version}};
  const auto filled = [&](const char* text) { return fill_template({.file = "", .text = text}, values); };
  // Folders that are still empty are kept by version control only with something in them.
  return {{"cairn.toml", filled(cairn_toml)}, {"CMakeLists.txt", filled(cmake_lists)}, {"README.md", filled(read_me)},
          {".gitignore", git_ignore}, {"revisions/.gitkeep", ""}, {"seeds/.gitkeep", ""}};
}

std::string project_name(std::string_view folder) {
  const std::string slug = make_slug(folder);
  if (slug.empty()) return "revisions";
  return slug.front() >= '0' && slug.front() <= '9' ? "project_" + slug : slug;
}

}  // namespace cairn
