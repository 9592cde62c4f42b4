#pragma once

#include "report/format.hpp"

#include <string>
#include <vector>

namespace cairn {

/// A revision in a bundle.
struct BundledRevision {
  std::string id;
  std::string message;
  bool seed = false;
  std::string path;     ///< below the bundle's folder
  std::string sha256;   ///< of the plugin
};

struct BundledFile {
  std::string path;
  std::string sha256;
};

/// What a bundle says of itself: nothing of when, where and by whom it was made.
struct BundleManifest {
  std::string runner;                   ///< version
  std::string plugin_abi;
  std::string machine;                  ///< "x86_64"
  std::vector<std::string> heads;       ///< the version rows that "upgrade heads" leads to
  std::vector<BundledRevision> revisions;
  std::vector<BundledFile> files;       ///< all but the manifest itself, sorted
};

/// The text of manifest.json.
std::string make_manifest_text(const BundleManifest& manifest);

struct BundleReport {
  std::string output;                   ///< the folder or archive that was made
  BundleManifest manifest;
  std::vector<std::string> notes;       ///< what a person was told on stderr
};

std::string render(const BundleReport& report, const Format& format);

}  // namespace cairn
