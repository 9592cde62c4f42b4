#include "commands/bundle_content.hpp"

#include "authoring/text_file.hpp"
#include "base/digest.hpp"
#include "bundle/library_closure.hpp"
#include "commands/program.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <map>

#include <sys/utsname.h>

namespace cairn {

namespace {

namespace fs = std::filesystem;

// Where a runner looks for them from its own place.
constexpr const char* runner_place = "bin/cairn";
constexpr const char* worker_place = "libexec/cairn/cairn-worker";
constexpr const char* plugins_place = "lib/cairn/plugins/";
constexpr const char* lock_place = "lib/cairn/cairn.lock";
constexpr const char* libraries_place = "lib/cairn/libs";

NewFile read_program(const fs::path& file, const char* place) {
  return {place, read_text_file(file, std::numeric_limits<std::size_t>::max()), NewFileKind::program};
}

NewFile read_worker(const fs::path& runner) try {
  return read_program(worker_of(runner), worker_place);
} catch (Error& error) {
  throw error.detail("The code of C++ revisions runs in this program.").hint("Install Cairn again.");
}

std::string machine_name() {
  utsname names{};
  return ::uname(&names) == 0 ? names.machine : "";
}

/// The revisions that rows will name once all of these are applied.
std::vector<std::string> heads_of(const RevisionGraph& graph, const std::vector<Node>& chosen) {
  std::vector<std::string> heads;
  for (const Node node : graph.maximal({chosen.begin(), chosen.end()})) heads.push_back(graph.revision(node).id);
  std::sort(heads.begin(), heads.end());
  return heads;
}

/// Two plugins of different folders may be called alike, and only one can lie in a place.
void require_own_places(const std::vector<NewFile>& plugins, const std::vector<std::string>& origins) {
  std::vector<Error> problems;
  std::map<std::string_view, std::string_view> taken;
  for (std::size_t i = 0; i < plugins.size(); ++i) {
    const auto [first, fresh] = taken.emplace(plugins[i].path, origins[i]);
    if (!fresh)
      problems.push_back(Error(Category::plugin, fmt::format("{} and {} have the same place in a bundle", first->second, origins[i]))
                             .detail(fmt::format("Both would be {}.", plugins[i].path))
                             .hint("Rename one of the two, or name the folder above both with --plugins."));
  }
  throw_all(std::move(problems));
}

class ContentReader {
 public:
  ContentReader(const Collected& found, const Invocation& invocation) : found_(found), invocation_(invocation) {}

  BundleContent read(std::vector<LockedRevision> locked, const std::vector<Node>& chosen) {
    content_.manifest = {.runner = std::string(program_version), .plugin_abi = fmt::format("{}.{}", CAIRN_ABI_MAJOR, CAIRN_ABI_MINOR),
                         .machine = machine_name(), .heads = heads_of(found_.graph, chosen), .revisions = {}, .files = {}};
    for (const Node node : chosen) add_plugin(found_.graph.revision(node));
    require_own_places(content_.files, origins_);
    add_programs();
    add_lock(std::move(locked));
    describe_files();
    content_.files.push_back({"manifest.json", make_manifest_text(content_.manifest), NewFileKind::data});
    return std::move(content_);
  }

 private:
  void add_plugin(const Revision& revision) {
    const PluginFile& plugin = found_.plugin(revision);
    NewFile file{plugins_place + plugin.name, read_collected(plugin.path, plugin.identity, plugin.sha256), NewFileKind::data};
    content_.manifest.revisions.push_back({.id = revision.id, .message = revision.message, .seed = revision.seed, .path = file.path,
                                           .sha256 = hex(sha256(file.text))});
    content_.files.push_back(std::move(file));
    origins_.push_back(plugin.path);
  }

  void add_programs() {
    content_.files.push_back(read_program("/proc/self/exe", runner_place));
    content_.files.push_back(read_worker(invocation_.runner));
    std::vector<NewFile> libraries = read_needed_libraries(content_.files, read_mapped_libraries(), libraries_place);
    std::move(libraries.begin(), libraries.end(), std::back_inserter(content_.files));
  }

  void add_lock(std::vector<LockedRevision> locked) {
    std::erase_if(locked, [&](const LockedRevision& one) {
      const auto& chosen = content_.manifest.revisions;
      return std::none_of(chosen.begin(), chosen.end(), [&](const BundledRevision& revision) { return revision.id == one.id; });
    });
    content_.files.push_back({lock_place, make_lock_text(locked), NewFileKind::data});
  }

  void describe_files() {
    std::vector<BundledFile>& described = content_.manifest.files;
    for (const NewFile& file : content_.files) described.push_back({file.path, hex(sha256(file.text))});
    std::sort(described.begin(), described.end(), [](const BundledFile& a, const BundledFile& b) { return a.path < b.path; });
  }

  const Collected& found_;
  const Invocation& invocation_;
  BundleContent content_;
  std::vector<std::string> origins_;   // of the plugins, in the order of the files
};

}  // namespace

BundleContent read_bundle_content(const Collected& found, std::vector<LockedRevision> locked, const std::vector<Node>& chosen,
                                  const Invocation& invocation) {
  return ContentReader(found, invocation).read(std::move(locked), chosen);
}

}  // namespace cairn
