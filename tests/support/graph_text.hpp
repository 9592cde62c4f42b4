#pragma once

#include "graph/plan.hpp"
#include "graph/revision_graph.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cairn::test {

/// Revisions from a text: "a>b>c" is a chain, "b,c>d" a merge, "a" alone a base. Behind a name may stand, in this
/// order, "[x,y]" for labels, "(p,q)" for depends_on and "!" for irreversible: "a>b[web](p)!". A name may be mentioned
/// again without these. "a=a" defines a second revision with the id a.
std::vector<Revision> revisions_of(std::string_view text);

RevisionGraph graph_of(std::string_view text);

/// "a b" -> {"a", "b"}.
std::vector<std::string> words(std::string_view text);

/// "+a +b" or "-b -a".
std::string steps_text(const Plan& plan);

/// The ids, in the order of the nodes, with blanks between.
std::string ids_text(const RevisionGraph& graph, const std::vector<Node>& nodes);

}  // namespace cairn::test
