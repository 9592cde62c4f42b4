#pragma once

#include "graph/revision.hpp"
#include "report/format.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// A revision that was made.
struct NewRevisionReport {
  Revision revision;
  std::vector<std::string> files;
  std::vector<std::string> notes;   ///< what a person was told on stderr
};

std::string render(std::string_view command, const NewRevisionReport& report, const Format& format);

/// Files that were made or are to be opened: one path to a line.
struct FileReport {
  std::vector<std::string> files;
  std::vector<std::string> notes;
};

std::string render(std::string_view command, const FileReport& report, const Format& format);

}  // namespace cairn
