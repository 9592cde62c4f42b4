#include "authoring/new_files.hpp"
#include "authoring/project_files.hpp"
#include "commands/commands.hpp"
#include "commands/program.hpp"
#include "commands/shown_path.hpp"
#include "report/authoring_report.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& path) { return path.find(' ') == path.npos ? path : "\"" + path + "\""; }

/// Without a slash at its end, so that it has a name.
fs::path whole_path(const std::string& text) { return fs::absolute(text + "/.").lexically_normal().parent_path(); }

/// Where CMake is told to look for the SDK: beside this runner, if it was installed there.
std::string prefix_hint(const fs::path& runner) {
  const fs::path prefix = runner.parent_path();
  std::error_code ignored;
  return fs::exists(prefix / "share/cmake/Cairn/CairnConfig.cmake", ignored) ? quoted(prefix.string()) : "PREFIX";
}

std::vector<std::string> next_steps(const fs::path& folder, const std::string& prefix) {
  std::vector<std::string> notes;
  if (shown_path(folder) != ".") notes.push_back(fmt::format("cd {}", quoted(shown_path(folder))));
  notes.emplace_back("cairn revision -m \"create customers\"");
  notes.push_back(fmt::format("cmake -S . -B build -DCMAKE_PREFIX_PATH={}", prefix));
  notes.emplace_back("cmake --build build");
  notes.emplace_back("cairn upgrade head");
  if (prefix == "PREFIX") notes.emplace_back("PREFIX is where Cairn's SDK is installed: it is not beside this cairn");
  return notes;
}

}  // namespace

Answer init(const Invocation& invocation) {
  const fs::path folder = whole_path(invocation.arguments.empty() ? "." : invocation.arguments.front());
  const std::string version(program_version.substr(0, program_version.rfind('.')));
  const std::vector<NewFile> files = make_project({.name = project_name(folder.filename().string()), .version = version});
  FileReport report{.files = {}, .notes = next_steps(folder, prefix_hint(invocation.runner))};
  for (const fs::path& path : create_files(folder, files)) report.files.push_back(shown_path(path));
  for (const std::string& note : report.notes) invocation.observer->log(LogLevel::notice, "next: " + note);
  return Answer(render(invocation.command, report, invocation.format));
}

}  // namespace cairn
