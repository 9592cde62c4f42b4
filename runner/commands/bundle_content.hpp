#pragma once

#include "authoring/new_files.hpp"
#include "commands/collected.hpp"
#include "plugin/lock_file.hpp"
#include "report/bundle_report.hpp"

#include <vector>

namespace cairn {

/// All files of a bundle, by their places in it, and what its manifest says of them.
struct BundleContent {
  std::vector<NewFile> files;
  BundleManifest manifest;
};

/// Reads this very runner, its worker, the plugins of the revisions that were chosen and the libraries that all of these
/// need; and pins those plugins. `locked`: at least these. Throws Error (configuration) for what cannot be read, (plugin) for plugins that changed meanwhile, that have one
/// place, or that need further libraries.
BundleContent read_bundle_content(const Collected& found, std::vector<LockedRevision> locked, const std::vector<Node>& chosen,
                                  const Invocation& invocation);

}  // namespace cairn
