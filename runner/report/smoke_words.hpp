#pragma once

#include "report/smoke_report.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

// The words that all forms of a smoke report share. Texts are as they came: each form escapes them for itself.

/// "passed", "alike", "differs", "failed", "left out".
std::string_view word(Verdict verdict);

/// The same for who sees no colours: "✓", "≈", "≠", "✗", "–".
std::string_view sign(Verdict verdict);

/// "12 ms", "1.2 s", "< 1 ms".
std::string short_time(std::chrono::microseconds time);

/// "15.14".
std::string version_text(int server_version);

/// One passage over a revision, with its name: "up", "down", "up again".
struct ShownPassage {
  std::string_view name;
  const Trial* trial = nullptr;
  const StepEffects* effects = nullptr;   ///< none: they are those of the first upgrade
};

std::vector<ShownPassage> passages(const Proof& proof);

/// True where a person should look first: a finding fails the build, or, whatever the build thinks of it, a passage went
/// wrong and nothing is accepted.
bool troubled(const SmokeReport& report, const Proof& proof);

/// The findings of one rule, in their order.
struct RuleFindings {
  std::string_view id;
  const Rule* rule = nullptr;             ///< none: a rule that this program does not know
  Level level = Level::note;              ///< the highest among them
  std::vector<const Finding*> findings;
};

enum class Accepted { left_out, alone };

/// By rule, the gravest first; rules of one level in the order they are first seen.
std::vector<RuleFindings> group_findings(const SmokeReport& report, Accepted accepted);

const Rule* find_rule(const SmokeReport& report, std::string_view id);

/// "37a02ec8662a, down, down.sql, line 3", as far as it is known.
std::string where(const Finding& finding);

/// "8 revisions: 3 errors, 2 warnings, 1 accepted".
std::string counts_line(const SmokeReport& report);

/// "ephemeral database, PostgreSQL 15.14, from shop.dump, in 12.3 s".
std::string setting_line(const SmokeReport& report);

/// "the build fails: 3 findings of level error or above: downgrade-fails (2), column-order".
std::string gate_line(const SmokeReport& report);

/// "8 of 8 steps down, and up again".
std::string chain_line(const ChainProof& chain);

/// What nobody should read into the locks.
inline constexpr std::string_view lower_bound =
    "Locks and times are those of an idle scratch server: on a busy one they are a lower bound.";

/// "and 12 more; --json shows all", or nothing when all are shown.
std::string more_line(std::size_t all, std::size_t shown);

}  // namespace cairn
