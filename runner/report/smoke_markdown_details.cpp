#include "report/smoke_markdown.hpp"

#include "base/text.hpp"
#include "report/smoke_effects.hpp"
#include "report/smoke_escape.hpp"
#include "report/smoke_words.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace cairn {

namespace {

constexpr std::size_t room_for_details = 26'000;
constexpr std::size_t room_for_rollback = 3'000;

/// A part that the statements and the catalog tell of: what the catalog says comes first, since it holds for C++ too.
std::string forward_steps(const Proof& proof) {
  std::vector<std::string> lines = describe_made(proof.made);
  for (std::string& line : describe_effects(proof.up_effects)) lines.push_back(std::move(line));
  return item("Forward:") + (lines.empty() ? "  " + item("nothing that the smoke run sees") : items(lines));
}

std::string proven(const Trial& trial) {
  switch (trial.verdict) {
    case Verdict::passed: return "the schema is then what it was before (tried, " + short_time(trial.duration) + ")";
    case Verdict::immaterial: return "the schema is then what it was before but for order, white space or times (tried)";
    case Verdict::differs: return "the schema is then **not** what it was before";
    case Verdict::failed: return "it **fails**" + (trial.error ? ": " + prose(trial.error->message()) : "");
    case Verdict::left_out: break;
  }
  return "not tried" + (trial.why.empty() ? "" : ": " + prose(trial.why));
}

std::string downgrade_steps(const Proof& proof) {
  if (!proof.revision->reversible) return item("Downgrade: not reversible");
  std::vector<std::string> lines = describe_effects(proof.down_effects);
  for (const std::string& line : describe_differences(proof.down.differences)) lines.push_back("afterwards " + line);
  return item("Downgrade: " + proven(proof.down)) + items(lines);
}

std::string repeated(const Proof& proof) {
  if (proof.again.verdict == Verdict::passed || proof.again.verdict == Verdict::immaterial)
    return "applied again after its downgrade it gives the same schema (tried)";
  return "applied again after its downgrade: " + proven(proof.again);
}

std::string data_summary(const Proof& proof) {
  const std::vector<std::string> rows = describe_rows(proof.up_effects);
  const std::string run = proof.revision->transactional ? "a failure leaves nothing behind, since it runs in one transaction"
                                                        : "it runs outside a transaction: a failure can leave part of it behind";
  return item(rows.empty() ? "Data: no change of rows that the smoke run sees" : "Data:") + items(rows) +
         item(fmt::format("Idempotency: {}; {}", run, repeated(proof)));
}

std::string runtime(const Proof& proof) {
  const Revision& revision = *proof.revision;
  const std::string stated = revision.estimated_ms == 0 ? blank("not stated by the revision")
                                                        : short_time(std::chrono::milliseconds(revision.estimated_ms)) + " as the revision states";
  return item(fmt::format("Runtime on production: {}; measured on the scratch server: {}", stated, short_time(proof.up.duration)));
}

std::string details_of(const Proof& proof) {
  return fmt::format("### {} {}\n\n", code(proof.revision->id), prose(proof.revision->message)) +
         forward_steps(proof) + downgrade_steps(proof) + data_summary(proof) + runtime(proof) + "\n";
}

/// What the revisions rest on that are not among them.
std::set<std::string> below(const std::vector<const Proof*>& proofs) {
  std::set<std::string> ids;
  for (const Proof* proof : proofs) ids.insert(proof->revision->down_revisions.begin(), proof->revision->down_revisions.end());
  for (const Proof* proof : proofs) ids.erase(proof->revision->id);
  return ids;
}

std::string command_line(const std::set<std::string>& targets) {
  if (targets.size() > 1)
    return item("Command: " + blank("they rest on several revisions: one \"cairn downgrade\" for each of " +
                                    escape_markdown(join(std::vector<std::string>(targets.begin(), targets.end()), ", "))));
  const std::string target = targets.empty() ? "base" : *targets.begin();
  return item("Command: " + code("cairn downgrade " + target) + ", which also takes back what was applied on top");
}

}  // namespace

std::string markdown_details(const SmokeReport& report) {
  std::vector<std::string> blocks;
  for (const Proof* proof : asked_proofs(report)) blocks.push_back(details_of(*proof));
  return within(room_for_details, blocks);
}

std::string markdown_rollback(const SmokeReport& report) {
  const std::vector<const Proof*> proofs = asked_proofs(report);
  std::vector<std::string> blocks;
  for (const Proof* proof : proofs)
    if (!proof->revision->reversible) blocks.push_back(item(fmt::format("{} is not reversible: restore the backup", code(proof->revision->id))));
  for (const Proof* proof : proofs)
    if (proof->revision->reversible && proof->down.verdict != Verdict::passed && proof->down.verdict != Verdict::immaterial)
      blocks.push_back(item(fmt::format("{}: {}", code(proof->revision->id), proven(proof->down))));
  if (blocks.empty()) blocks.push_back(item("All downgrades were tried, and each gives back the schema from before."));
  return within(room_for_rollback, blocks) + command_line(below(proofs)) + item("Owner: " + blank("name"));
}

}  // namespace cairn
