#include "commands/smoke_files.hpp"

#include "authoring/slug.hpp"
#include "commands/shown_path.hpp"
#include "plugin/body_reader.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace cairn {

namespace {

struct ReportFile {
  std::string_view option;
  std::string (*render)(const SmokeReport&);
};

constexpr std::array<ReportFile, 3> report_files{{
    {"junit", render_junit},
    {"html", render_html},
    {"markdown", render_markdown},
}};

void require_writable_file(std::string_view option, const std::string& file) {
  const std::filesystem::path path(file);
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::error_code ignored;
  if (path.has_filename() && std::filesystem::is_directory(folder, ignored) && !std::filesystem::is_directory(path, ignored)) return;
  throw Error(Category::usage, fmt::format("--{} \"{}\" cannot be written", option, file))
      .detail(std::filesystem::is_directory(folder, ignored) ? "It is a folder." : fmt::format("There is no folder {}.", folder.string()))
      .hint("Name a file in a folder that is there.");
}

void write(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text << std::flush;
  if (!out) throw Error(Category::output, fmt::format("{} cannot be written", file)).hint("Look at the disk and at who may write there.");
}

}  // namespace

std::string typed_line(const Invocation& invocation) {
  std::string line = "cairn smoke";
  for (const auto& [name, value] : invocation.options) line += fmt::format(" --{}={}", name, value);
  return line;
}

std::map<std::string, SmokeSource, std::less<>> describe_sources(const Collected& found) {
  std::map<std::string, SmokeSource, std::less<>> sources;
  for (const Revision& revision : found.graph.revisions()) {
    const PluginFile& plugin = found.plugin(revision);
    SmokeSource& source = sources[revision.id];
    source.name = revision_name(revision.id, revision.message);
    for (const std::string& file : {plugin.up_file, plugin.down_file, plugin.verify_file})
      if (!file.empty()) source.files.push_back(file);
    if (source.files.empty()) source.files.push_back(shown_path(revision.origin));
    if (revision.has_verify && revision.kind == RevisionKind::sql) source.verify = read_body(plugin, CAIRN_NOTE_SQL_VERIFY).text;
  }
  return sources;
}

void require_report_files(const Invocation& invocation) {
  for (const ReportFile& file : report_files)
    if (invocation.has(file.option)) require_writable_file(file.option, invocation.option(file.option));
}

void write_report_files(const SmokeReport& report, const Invocation& invocation) {
  for (const ReportFile& file : report_files)
    if (invocation.has(file.option)) write(invocation.option(file.option), file.render(report));
}

}  // namespace cairn
