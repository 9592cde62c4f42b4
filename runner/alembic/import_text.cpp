#include "alembic/import_text.hpp"

#include "authoring/header_text.hpp"
#include "base/text.hpp"
#include "sql/body.hpp"

#include <fmt/core.h>

#include <filesystem>

namespace cairn {

namespace {

std::string file_name(const AlembicRevision& file) { return squeezed(std::filesystem::path(file.revision.origin).filename().string()); }

/// Every line as a comment that cannot be taken for a header line.
std::string commented(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.append(end == 0 ? "-- |" : "-- | ").append(text.substr(0, end)).append("\n");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string reasons(const CarriedStep& step) {
  std::string text;
  for (const ImportRemark& problem : step.problems)
    text += fmt::format("-- {}: {}\n", squeezed(describe(problem.place)), squeezed(problem.text));
  return text;
}

/// Fails loudly: nobody must take a database without this revision for one that has it.
std::string raising_text(const AlembicRevision& file, const CarriedStep& up) {
  const std::string message = fmt::format("the upgrade of revision {} was not carried over from Alembic", file.revision.id);
  const std::string hint = fmt::format("Write its up.sql by hand, after {}, and build again.", file_name(file));
  std::string text = "-- The upgrade was not carried over:\n" + reasons(up);
  text += fmt::format("DO $not_carried_over$ BEGIN\n  RAISE EXCEPTION USING MESSAGE = {}, HINT = {};\nEND $not_carried_over$;\n",
                      quote_literal(message), quote_literal(hint));
  if (!up.sql.empty()) text += "\n-- What alembic --sql wrote for it:\n" + commented(up.sql);
  return text;
}

}  // namespace

std::string import_up_text(const AlembicRevision& file, const CarriedStep& up, const CarriedStep& down) {
  std::string text = fmt::format("-- From Alembic: {}\n", file_name(file));
  if (!file.description.empty()) text += commented(file.description);
  if (file.downgrade == PythonFunction::refuses) text += "-- Its downgrade() only raised: there is no way back.\n";
  else if (!down.problems.empty()) text += "-- The downgrade was not carried over:\n" + reasons(down);
  text += "\n";
  if (!up.problems.empty()) return text + raising_text(file, up);
  if (!up.sql.empty()) return text + up.sql;
  return text + (file.revision.down_revisions.size() > 1 ? "-- A merge: there is nothing to do.\n" : "-- There is nothing to do.\n");
}

std::string import_down_text(const CarriedStep& down) { return down.sql.empty() ? "-- There is nothing to do.\n" : down.sql; }

}  // namespace cairn
