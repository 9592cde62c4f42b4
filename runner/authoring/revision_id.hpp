#pragma once

#include "graph/revision_graph.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace cairn {

/// Twelve hexadecimal digits from the system's random source.
std::string random_id();

/// An id that is nobody's and that shares no beginning with an id or label, so that every abbreviation in use goes on
/// to mean what it means. Throws Error (internal) when the source gives no such id.
std::string make_revision_id(const RevisionGraph& graph, const std::function<std::string()>& source = random_id);

/// An id that somebody chose. Throws Error (usage) saying which rule it breaks, or whose it is.
void require_new_id(const RevisionGraph& graph, const std::string& id);

/// A label that somebody chose, by the same manner.
void require_new_label(const RevisionGraph& graph, const std::string& label);

}  // namespace cairn
