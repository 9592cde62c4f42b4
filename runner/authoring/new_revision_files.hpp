#pragma once

#include "authoring/new_files.hpp"
#include "authoring/template_set.hpp"
#include "graph/revision.hpp"

#include <vector>

namespace cairn {

/// What a new revision is for: to be written, or to join others.
enum class RevisionPurpose { work, merge };

/// The files of a new revision, in a folder of its own, from the templates; its kind says which. Throws Error
/// (configuration) for a template that is wrong or that would lose the metadata.
std::vector<NewFile> make_new_revision(const Revision& revision, RevisionPurpose purpose, const TemplateSet& templates);

}  // namespace cairn
