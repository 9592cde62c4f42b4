#pragma once

#include "graph/revision.hpp"
#include "plugin/code_digest.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// What a revision was digested from, and the digest.
struct DigestedFiles {
  std::string digest;
  std::vector<std::filesystem::path> files;   ///< whether they are there or not
};

/// The source of one revision, and how to read it from wherever it is: as it lies, or as git keeps it.
class DigestedSource {
 public:
  /// The revision must outlive this. `first` is the file that holds its metadata.
  DigestedSource(const Revision& revision, std::filesystem::path first, std::filesystem::path project)
      : revision_(revision), first_(std::move(first)), project_(std::move(project)) {}

  const std::filesystem::path& first() const { return first_; }
  std::filesystem::path folder() const { return first_.parent_path(); }

  /// Nothing when the first file is not there.
  std::optional<DigestedFiles> digest(const ReadSource& read) const;

 private:
  std::optional<DigestedFiles> digest_sql(const ReadSource& read) const;

  const Revision& revision_;
  std::filesystem::path first_;
  std::filesystem::path project_;
};

/// The revision whose metadata a text holds, as far as they can be told without a build: SQL or C++ by the file's name.
/// Nothing when it holds none.
std::optional<Revision> find_revision_in(const std::filesystem::path& file, const std::string& text);

/// A file as it lies; nothing when there is none.
std::optional<std::string> read_present(const std::filesystem::path& file);

}  // namespace cairn
