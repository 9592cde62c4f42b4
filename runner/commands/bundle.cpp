#include "bundle/gzip.hpp"
#include "bundle/tar.hpp"
#include "commands/bundle_content.hpp"
#include "commands/commands.hpp"
#include "commands/shown_path.hpp"
#include "config/today.hpp"
#include "graph/selection.hpp"
#include "plugin/plugin_lock.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <system_error>

#include <sys/stat.h>

namespace cairn {

namespace {

namespace fs = std::filesystem;

enum class BundleForm { folder, archive };

struct Output {
  fs::path path;
  BundleForm form;
};

bool ends_with_any(const std::string& name, std::span<const std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return name.size() > ending.size() && name.ends_with(ending); });
}

/// Whoever types shop.zip does not mean a folder of that name.
Output require_output(const Invocation& invocation) {
  constexpr std::array<std::string_view, 2> archives{".tar.gz", ".tgz"};
  constexpr std::array<std::string_view, 8> others{".tar", ".gz", ".zip", ".xz", ".bz2", ".zst", ".deb", ".so"};
  const std::string text = invocation.option("output");
  if (text.empty())
    throw Error(Category::usage, "bundle needs to be told what to make").hint("Type \"cairn bundle -o DIR\" or \"cairn bundle -o NAME.tar.gz\".");
  if (ends_with_any(text, archives)) return {text, BundleForm::archive};
  if (ends_with_any(text, others))
    throw Error(Category::usage, fmt::format("a bundle is a folder or a .tar.gz, and \"{}\" looks like neither", printable(text, 200)))
        .hint("Type \"cairn bundle -o NAME.tar.gz\".");
  return {text, BundleForm::folder};
}

SelectionRequest make_request(const Invocation& invocation) {
  SelectionRequest request;
  if (invocation.has("seeds")) request.seeds = invocation.list("seeds");
  if (invocation.has("target")) request.target = invocation.option("target");
  return request;
}

std::vector<Node> choose(const Invocation& invocation, const Collected& found) {
  std::vector<Node> chosen = select_revisions(found.graph, make_request(invocation));
  if (!chosen.empty()) return chosen;
  throw Error(Category::usage, "that chooses no revision at all").hint("Name another --target, or leave it out.");
}

/// Other people are to run it, whoever has made it.
class ReadableByAll {
 public:
  ReadableByAll() : before_(::umask(022)) {}
  ~ReadableByAll() { ::umask(before_); }
  ReadableByAll(const ReadableByAll&) = delete;
  ReadableByAll& operator=(const ReadableByAll&) = delete;

 private:
  mode_t before_;
};

/// What lies there already would be taken for a part of the bundle.
void require_empty(const fs::path& folder) {
  std::error_code problem;
  if (!fs::exists(folder, problem)) return;
  const bool is_folder = fs::is_directory(folder, problem);
  if (is_folder && fs::is_empty(folder, problem) && !problem) return;
  throw Error(Category::configuration, fmt::format("{} {}", folder.string(), is_folder ? "is not empty" : "exists and is no folder"))
      .detail("No file was made, and none was touched.")
      .hint("Name a folder that is not there yet.");
}

void write_archive(const fs::path& file, const std::vector<NewFile>& files) {
  const std::int64_t time = find_source_date().value_or(0);
  const fs::path folder = file.parent_path().empty() ? "." : file.parent_path();
  create_files(folder, std::array{NewFile{file.filename().string(), gzip(make_tar(files, time))}});
}

void write_bundle(const Output& output, const std::vector<NewFile>& files) {
  const ReadableByAll scope;
  if (output.form == BundleForm::archive) return write_archive(output.path, files);
  require_empty(output.path);
  create_files(output.path, files);
}

std::vector<std::string> next_steps(const Output& output) {
  const std::string path = shown_path(output.path);
  if (output.form == BundleForm::folder) return {fmt::format("{}/bin/cairn upgrade heads", path)};
  return {fmt::format("mkdir DIR && tar -xzf {} -C DIR", path), "DIR/bin/cairn upgrade heads"};
}

}  // namespace

Answer bundle(const Invocation& invocation) {
  const Output output = require_output(invocation);
  Collection collection = collect_files(invocation.settings);
  std::vector<LockedRevision> locked = lock_plugins(collection.plugins);
  const Collected found(std::move(collection));
  require_revisions(found, invocation.settings);
  BundleContent content = read_bundle_content(found, std::move(locked), choose(invocation, found), invocation);
  write_bundle(output, content.files);
  const BundleReport report{.output = shown_path(output.path), .manifest = std::move(content.manifest), .notes = next_steps(output)};
  for (const std::string& note : report.notes) invocation.observer->log(LogLevel::notice, "next: " + note);
  return Answer(render(report, invocation.format));
}

}  // namespace cairn
