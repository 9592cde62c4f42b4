#pragma once

#include "report/smoke_report.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// The revisions that a report is about, in the order of the upgrade.
std::vector<const Proof*> asked_proofs(const SmokeReport& report);

/// What only a person knows, marked so that nobody takes it for filled in.
std::string blank(std::string_view what);

/// "- text", the text being Markdown already.
std::string item(std::string_view text);

/// Text and names from elsewhere, on one line and cut.
std::string prose(std::string_view text);
std::string code(std::string_view text);

/// One item for each line of plain text, cut where there are many.
std::string items(std::span<const std::string> lines);

/// As many of the blocks as there is room for in so many characters, and how many more there are. Forges cut or refuse
/// bodies beyond some 65 000 characters.
std::string within(std::size_t room, std::span<const std::string> blocks);

/// The part "Migration details".
std::string markdown_details(const SmokeReport& report);

/// The part "Rollback plan".
std::string markdown_rollback(const SmokeReport& report);

}  // namespace cairn
