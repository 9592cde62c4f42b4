#include "report/bundle_report.hpp"

#include "base/text.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

constexpr int manifest_version = 1;

Json to_json(const BundledRevision& revision) {
  return {{"id", revision.id}, {"message", revision.message}, {"seed", revision.seed}, {"path", revision.path}, {"sha256", revision.sha256}};
}

Json to_json(const std::vector<BundledRevision>& revisions) {
  Json list = Json::array();
  for (const BundledRevision& revision : revisions) list.push_back(to_json(revision));
  return list;
}

std::string described_seeds(const std::vector<BundledRevision>& revisions) {
  std::vector<std::string> seeds;
  for (const BundledRevision& revision : revisions)
    if (revision.seed) seeds.push_back(revision.message.empty() ? revision.id : fmt::format("{} ({})", revision.id, revision.message));
  if (seeds.empty()) return "none of them a seed";
  return fmt::format("among them the seed{} {}", seeds.size() == 1 ? "" : "s", join(seeds, ", "));
}

}  // namespace

std::string make_manifest_text(const BundleManifest& manifest) {
  Json document = {{"bundle", manifest_version},
                   {"runner", manifest.runner},
                   {"plugin_abi", manifest.plugin_abi},
                   {"machine", manifest.machine},
                   {"heads", manifest.heads},
                   {"revisions", to_json(manifest.revisions)},
                   {"files", Json::array()}};
  for (const BundledFile& file : manifest.files) document["files"].push_back({{"path", file.path}, {"sha256", file.sha256}});
  return print(document);
}

std::string render(const BundleReport& report, const Format& format) {
  const BundleManifest& manifest = report.manifest;
  if (format.kind == Kind::text)
    return format.quiet ? "" : fmt::format("{} leads to {} and holds {}, {}\n", report.output, join(manifest.heads, ", "),
                                           count_of(manifest.revisions.size(), "revision"), described_seeds(manifest.revisions));
  Json document = make_document("bundle", Category::none);
  document["output"] = report.output;
  document["heads"] = manifest.heads;
  document["bundled"] = to_json(manifest.revisions);
  document["notes"] = report.notes;
  return print(document);
}

}  // namespace cairn
