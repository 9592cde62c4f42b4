#pragma once

#include "authoring/new_files.hpp"
#include "graph/revision.hpp"

#include <string>
#include <vector>

namespace cairn {

/// A SQL revision as its author writes it. Its header is made from the revision; the texts are without one.
struct RevisionSource {
  Revision revision;      ///< id, links, texts and flags; what only a build knows is left alone
  std::string up;
  std::string down;       ///< not written when the revision is irreversible
  std::string verify;     ///< empty: none
};

/// The revision as files in a folder of its own, "<id>_<slug>/up.sql" and so on, for create_files(). Throws Error
/// (usage) for an id that cannot be the name of a folder.
std::vector<NewFile> make_files(const RevisionSource& source);

/// Throws Error (usage) unless a revision of this id can have a folder that every tool of the build understands.
void require_folder_name(const std::string& id);

}  // namespace cairn
