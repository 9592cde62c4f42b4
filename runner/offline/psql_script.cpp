#include "offline/psql_script.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "offline/preamble.hpp"
#include "offline/psql_text.hpp"
#include "offline/step_section.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::string position(const std::vector<std::string>& rows) { return rows.empty() ? "base" : join(rows, ", "); }

/// Plain ASCII, since psql reads it before it is told the encoding; ids may hold more, so they come later.
std::string title(const ScriptContent& content, const ScriptSettings& settings) {
  return comment_line(fmt::format("{}: {}. Apply this script with", settings.program, content.command)) +
         "--   psql -X -v ON_ERROR_STOP=1 -f FILE\n"
         "-- It stops at the first error. Revisions before that stay applied, the failed one is undone.\n";
}

std::string contents(const ScriptContent& content) {
  std::string text = comment_line(fmt::format("From {} to {}{}", position(content.rows_before), position(content.rows_after),
                                              content.work.empty() ? "." : ":"));
  for (const Work& work : content.work) text += comment_line("  " + heading_of(work.step));
  return text;
}

std::string authorship(const Revision& revision) {
  std::vector<std::string> parts;
  if (!revision.author.empty()) parts.push_back(revision.author);
  if (!revision.date.empty()) parts.push_back(revision.date);
  if (!revision.transactional) parts.emplace_back("outside a transaction: one statement at a time");
  if (revision.kind == RevisionKind::code) parts.emplace_back("recorded from its code");
  return parts.empty() ? "" : comment_line(join(parts, ", "));
}

std::string section(const Work& work, std::size_t number, std::size_t count, const Bookkeeping& bookkeeping,
                    const ScriptSettings& settings) {
  const std::string heading = heading_of(work.step);
  return "\n" + comment_line(std::string(70, '-')) + comment_line(heading) + authorship(*work.step.revision) +
         fmt::format("\\echo {}\n", quote_for_echo(fmt::format("{} ({} of {})", heading, number, count))) +
         step_text(work, bookkeeping, settings.lock_wait);
}

std::string sections(const ScriptContent& content, const ScriptSettings& settings, const std::string& run) {
  const Bookkeeping bookkeeping(settings.tables, {.run = run, .client = "psql", .runner = settings.program, .tag = settings.tag});
  if (content.command == "stamp")
    return "\nBEGIN;\n" + bookkeeping.stamp(content.rows_before, content.rows_after, false) + ";\nCOMMIT;\n";
  std::string text;
  for (std::size_t i = 0; i < content.work.size(); ++i)
    text += section(content.work[i], i + 1, content.work.size(), bookkeeping, settings);
  return text;
}

ScriptGuard guard_of(const ScriptContent& content, const ScriptSettings& settings) {
  ScriptGuard guard{.tables = settings.tables, .lock_key = settings.lock_key, .rows = content.rows_before,
                    .refuses_unfinished = content.command != "stamp", .command = std::string(content.command)};
  for (const Work& work : content.work)
    if (work.step.direction == Direction::up)
      guard.min_server_version = std::max(guard.min_server_version, work.step.revision->min_server_version);
  return guard;
}

std::string write(const ScriptContent& content, const ScriptSettings& settings, const std::string& run) {
  const ScriptGuard guard = guard_of(content, settings);
  std::string text = title(content, settings) + psql_settings_text() + "\n" + contents(content) + session_text();
  text += "\n-- Nothing happens unless nobody else is at work and the version rows are the expected ones.\n" + guard_text(guard);
  text += tables_text(settings.tables) + renewal_text(settings.tables) + sections(content, settings, run);
  return text + "\n" + release_text(guard) + fmt::format("\\echo {}\n", quote_for_echo("done: at " + position(content.rows_after)));
}

}  // namespace

std::string make_psql_script(const ScriptContent& content, const ScriptSettings& settings) {
  // The journal names the run by what it did: the digest of the script, which itself holds it.
  constexpr std::size_t digits = 16;
  return write(content, settings, hex(sha256(write(content, settings, ""))).substr(0, digits));
}

}  // namespace cairn
