#include "lint/policies.hpp"

#include "base/text.hpp"
#include "lint/policy_finding.hpp"
#include "lint/policy_release.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

/// A merge does nothing that could have a purpose of its own or take time.
std::vector<std::string> missing_in_header(const Revision& revision) {
  const bool merge = revision.down_revisions.size() > 1;
  std::vector<std::string> missing;
  if (revision.author.empty()) missing.emplace_back("author");
  if (revision.date.empty()) missing.emplace_back("date");
  if (revision.purpose.empty() && !merge) missing.emplace_back("purpose");
  if (revision.estimated_ms == 0 && !merge) missing.emplace_back("estimated_runtime");
  return missing;
}

/// "migration" alone names nothing.
bool says_little(std::string_view slug) { return slug.find('_') == slug.npos; }

Finding vague(const Revision& revision, std::string_view slug) {
  return make_breach("message-says-little", revision,
                     slug.empty() ? std::string("its message is empty, or nothing in it can be part of a name")
                                  : fmt::format("its message makes the name \"{}\", which does not say what is done to what", slug));
}

Finding without_release(const Revision& revision) {
  const std::string what = revision.release.empty()
                               ? fmt::format("it has the phase {} and no release", revision.phase)
                               : fmt::format("its release \"{}\" is no version", printable(revision.release, 100));
  return make_breach("phase-without-release", revision, what);
}

bool is_ahead(const Revision& revision, const std::string& release) {
  const auto belongs = parse_release(revision.release);
  const auto present = parse_release(release);
  return revision.phase == "contract" && belongs && present && *belongs > *present;
}

}  // namespace

std::vector<Finding> find_metadata_breaches(const Revision& revision, std::string_view slug, const PolicySettings& settings) {
  std::vector<Finding> breaches;
  if (const auto missing = missing_in_header(revision); !missing.empty())
    breaches.push_back(make_breach("header-incomplete", revision, fmt::format("its header does not state {}", join(missing, ", "))));
  if (says_little(slug)) breaches.push_back(vague(revision, slug));
  if (!revision.phase.empty() && !parse_release(revision.release)) breaches.push_back(without_release(revision));
  if (is_ahead(revision, settings.release))
    breaches.push_back(make_breach("contract-ahead-of-release", revision,
                                   fmt::format("it belongs to {}, and {} is being made", printable(revision.release, 100), settings.release)));
  return breaches;
}

}  // namespace cairn
