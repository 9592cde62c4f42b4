#include "conformance/known_differences.hpp"

#include "graph/consistency.hpp"

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>

namespace cairn::conformance {

namespace {

bool any_target(const Case& one, const char* pattern) {
  const std::regex regex(pattern);
  for (const std::string& target : one.targets)
    if (std::regex_search(target, regex)) return true;
  return false;
}

bool is_command(const Case& one, const char* pattern) { return std::regex_match(one.command, std::regex(pattern)); }

bool is_one_of(const std::string& word, std::set<std::string> words) { return words.contains(word); }

bool counts_from_several_rows(const Case& one, const Answer& answer) {
  return one.command == "downgrade" && any_target(one, "^-[0-9]+$") && one.rows.size() > 1 &&
         answer.refusal == "ambiguous_current";
}

bool counts_below_base(const Case& one, const Answer& answer) {
  return any_target(one, "(^|@|:)base-") && answer.refusal == "relative_too_far";
}

bool has_redundant_rows(const Case& one, const Answer& answer) {
  if (!is_one_of(one.expect_error, {"overlap", "ambiguous_current", "any"}) && one.command != "stamp") return false;
  if (!is_one_of(answer.refusal, {"", "relative_too_far", "not_ancestor"})) return false;
  return !find_redundant_rows(RevisionGraph(one.revisions), one.rows).empty();
}

bool reads_branch_of_downgrade(const Case& one, const Answer& answer) {
  if (!is_command(one, "downgrade|downgrade_sql") || !any_target(one, "@[^+-]")) return false;
  if (is_one_of(answer.refusal, {"unknown", "not_member", "unknown_branch", "ambiguous"})) return true;
  if (one.expect_error.empty() && any_target(one, "@heads$")) return answer.refusal == "multiple_heads";
  if (one.expect_error == "ambiguous" && answer.refusal.empty()) return true;   // a beginning that is only one on the branch
  if (any_target(one, "@heads$") && answer.refusal.empty() && is_one_of(one.expect_error, {"not_ancestor", "any"})) return true;
  return one.expect_error == "multiple_heads" && is_one_of(answer.refusal, {"", "not_ancestor", "relative_too_far"});
}

bool reads_branch_of_head(const Case& one, const Answer& answer) {
  return any_target(one, "@heads?[+]") && one.expect_error == "multiple_heads" &&
         is_one_of(answer.refusal, {"", "relative_too_far"});
}

bool refuses_unknown_branch(const Case& one, const Answer& answer) {
  return one.expect_error.empty() && any_target(one, "@") && is_one_of(answer.refusal, {"unknown_branch", "ambiguous"});
}

bool counts_too_far_from_heads(const Case& one, const Answer& answer) {
  if (!is_command(one, "resolve|stamp|stamp_purge") || !any_target(one, "(^|@)-[0-9]+$")) return false;
  return answer.refusal == "relative_not_allowed" || (one.expect_error.empty() && answer.refusal == "relative_too_far");
}

bool counts_from_heads_of_id(const Case& one, const Answer& answer) {
  if (is_command(one, "history")) return any_target(one, "^[^@:]+@-[0-9]+:") && one.expect_error.empty();
  return is_command(one, "resolve|stamp_purge") && any_target(one, "^[^@]+@-[0-9]+$") &&
         is_one_of(answer.refusal, {"", "ambiguous_walk"});
}

bool begins_range_at_base(const Case& one, const Answer& answer) {
  return one.command == "history" && any_target(one, "^([^@:]+@)?-[0-9]+:") && !one.expect_error.empty() &&
         is_one_of(answer.refusal, {"", "not_ancestor"});
}

bool ends_range_at_base(const Case& one, const Answer& answer) {
  return one.command == "history" && any_target(one, ":current$") && one.rows.empty() && answer.refusal == "not_ancestor";
}

bool upgrades_to_heads_that_overlap(const Case& one, const Answer& answer) {
  return is_command(one, "upgrade|upgrade_sql") && any_target(one, "@heads$") && is_one_of(one.expect_error, {"overlap", "any"}) &&
         answer.refusal.empty();
}

/// What stands before "@" is the id of a revision, or the beginning of one.
bool limits_range_to_lineage_of_id(const Case& one, const Answer& answer) {
  if (one.command != "history" || !one.expect_error.empty() || !answer.refusal.empty()) return false;
  if (!any_target(one, "^[^@:]+@base:")) return false;
  const std::string name = one.target().substr(0, one.target().find('@'));
  return std::none_of(one.revisions.begin(), one.revisions.end(), [&](const Revision& revision) {
    return std::find(revision.labels.begin(), revision.labels.end(), name) != revision.labels.end();
  });
}

/// What is recorded as "any" made Alembic itself fail, so there is no answer to agree with.
bool lists_what_alembic_breaks_on(const Case& one, const Answer& answer) {
  return one.command == "history" && one.expect_error == "any" && answer.refusal.empty();
}

bool counts_from_implied_row(const Case& one, const Answer& answer) {
  return one.command == "downgrade" && any_target(one, "@-[0-9]+$") && one.expect_error == "any" && answer.refusal.empty();
}

bool sees_hidden_loop(const Case& one, const Answer& answer) {
  return one.command == "load" && one.expect_error.empty() && is_one_of(answer.refusal, {"cycle", "dependency_cycle"});
}

bool shows_labels(const Case& one, const Answer&) { return one.command == "labels"; }

struct Rule {
  std::string_view reason;
  bool (*applies)(const Case&, const Answer&);
};

constexpr Rule rules[] = {
    {"downgrade -N with several rows lists them and their spellings; Alembic takes whichever comes first", counts_from_several_rows},
    {"base-N is refused; Alembic walks down from a head", counts_below_base},
    {"rows implied by other rows are accepted and tidied up; Alembic gets stuck on them", has_redundant_rows},
    {"LABEL@ is checked in a downgrade too; Alembic looks up what follows without it", reads_branch_of_downgrade},
    {"LABEL@head+N counts from the head of the branch; Alembic counts from the head of everything", reads_branch_of_head},
    {"what stands before @ must exist; Alembic does not always look", refuses_unknown_branch},
    {"a count is refused where it leads nowhere, and by stamp; Alembic shows nothing, or stamps the base", counts_too_far_from_heads},
    {"ID@-N counts like LABEL@-N; Alembic finds nothing for an id", counts_from_heads_of_id},
    {"a range whose lower count ends at or below the base begins there; Alembic clamps only beyond it", begins_range_at_base},
    {"a range up to an empty database holds nothing above it", ends_range_at_base},
    {"LABEL@heads may name heads of which one depends on another; Alembic refuses them", upgrades_to_heads_that_overlap},
    {"ID@base: keeps to the lineage like LABEL@base:; Alembic lists everything for an id", limits_range_to_lineage_of_id},
    {"a range is listed also where Alembic fails an assertion, as through depends_on alone", lists_what_alembic_breaks_on},
    {"LABEL@-N without a row on the branch counts from what is applied of it; Alembic fails an assertion", counts_from_implied_row},
    {"a loop through down_revision and depends_on is refused; Alembic does not see these", sees_hidden_loop},
    {"labels reach down to the preceding branch point by down_revision, as documented", shows_labels},
};

}  // namespace

std::string_view reason_to_differ(const Case& one, const Answer& answer) {
  if (!one.deliberate.empty()) return one.deliberate;
  for (const Rule& rule : rules)
    if (rule.applies(one, answer)) return rule.reason;
  return {};
}

std::map<std::string, std::string> read_known_differences(const std::filesystem::path& file) {
  std::map<std::string, std::string> names;
  std::ifstream stream(file);
  const nlohmann::json list = nlohmann::json::parse(stream);   // items() does not keep a temporary alive
  for (const auto& [reason, cases] : list.items())
    for (const auto& name : cases) names.emplace(name.get<std::string>(), reason);
  return names;
}

}  // namespace cairn::conformance
