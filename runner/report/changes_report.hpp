#pragma once

#include "graph/revision.hpp"
#include "report/format.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

enum class ChangeState { edited, unchanged, not_applied, unknown };

/// A revision beside what was applied of it, for show --changes.
struct ShownChange {
  const Revision* revision = nullptr;
  ChangeState state = ChangeState::unknown;   ///< unknown: the journal does not say what was applied
  std::string applied;         ///< by whom and when; empty when that is not known
  std::string digest_before;   ///< of what was applied
  std::string digest;          ///< of the source now
  std::vector<std::string> files;   ///< its sources, as far as they are known
  std::string commit;          ///< in which the files were as they were applied; empty: not found
  std::string commit_date;
  std::string diff;            ///< from there to the files now
  std::string note;            ///< why there is no diff, or what to keep in mind
};

std::string render_changes(const std::vector<ShownChange>& changes, const Format& format);

}  // namespace cairn
