#pragma once

#include "graph/plan.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cairn::conformance {

std::vector<std::string> sorted(std::vector<std::string> ids);
std::vector<std::string> ids_in_order(const RevisionGraph& graph, const std::vector<Node>& nodes);

// Each of these compares an answer with the record. Empty: as recorded; else what is different.

std::string compare_sets(std::string_view what, const std::vector<std::string>& expected,
                         const std::vector<std::string>& found);

std::string compare_ids(const RevisionGraph& graph, const nlohmann::json& expect, const std::vector<Node>& newest_first);

/// Where the record has the rows a sound runner leaves beside those Alembic leaves, the former count.
std::string compare_rows(const nlohmann::json& expect, const std::vector<std::string>& found);

/// Steps, their order, the rows afterwards, and that the rows around each step are the maximal elements.
std::string compare_plan(const RevisionGraph& graph, const nlohmann::json& expect, const Plan& plan);

}  // namespace cairn::conformance
