#pragma once

#include "authoring/new_revision_files.hpp"
#include "commands/invocation.hpp"
#include "commands/known_revisions.hpp"
#include "graph/new_revision.hpp"

#include <string>
#include <vector>

namespace cairn {

/// Where a new revision goes, and why there: for the person who asked.
struct ChosenLinks {
  NewLinks links;
  std::vector<std::string> notes;
};

/// What rests on a seed needs it for ever: a note for each parent that is one.
std::vector<std::string> notes_on_seeds(const RevisionGraph& graph, const std::vector<std::string>& parents);

/// What the options say of a new revision: kind, id, author, date. The message is its purpose too.
Revision make_draft(const Invocation& invocation, const RevisionGraph& graph, const ChosenLinks& chosen, const std::string& message);

/// Writes the files, all or none, and says what comes next. Throws before anything is written when the revision does
/// not fit among the others.
Answer write_revision(const Invocation& invocation, const KnownRevisions& known, const Revision& draft, RevisionPurpose purpose,
                      const ChosenLinks& chosen);

}  // namespace cairn
