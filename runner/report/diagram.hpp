#pragma once

#include "report/history_drawing.hpp"

#include <span>
#include <string>

namespace cairn {

// The history as text for programs that draw. Names and lines may hold anything: they are quoted for the language.

/// For Graphviz.
std::string make_dot(std::span<const DrawnItem> items);

/// For Mermaid, as Markdown pages show it.
std::string make_mermaid(std::span<const DrawnItem> items);

}  // namespace cairn
