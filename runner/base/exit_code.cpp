#include "base/exit_code.hpp"

#include <algorithm>
#include <array>

namespace cairn {

namespace {

constexpr std::array<ExitCode, 14> table{{
    {Category::none, 0, "done", "Everything asked for is done, or there was nothing to do."},
    {Category::check, 1, "check", "A check answers no."},
    {Category::usage, 2, "usage", "The command line is wrong. Nothing was contacted."},
    {Category::configuration, 3, "configuration",
     "A setting, an environment variable, cairn.toml or a file to be imported is wrong or missing, or the database does not let "
     "us keep our tables. No revision was run."},
    {Category::plugin, 4, "plugin", "A plugin cannot be used. The database was not changed."},
    {Category::graph, 5, "graph",
     "The revisions contradict each other, or the target is unknown or ambiguous. The database was not changed."},
    {Category::connection, 6, "connection", "The server cannot be reached, refused us, or was lost. May be tried again."},
    {Category::lock, 7, "lock", "Another runner is at work, or a lock was not to be had in time. May be tried again."},
    {Category::history, 8, "history", "The database and the revisions do not fit together: unknown version rows, or an applied revision that was edited."},
    {Category::revision, 9, "revision", "A revision failed and was rolled back; those before it stay applied."},
    {Category::unfinished, 10, "unfinished",
     "A revision that runs outside a transaction stopped half-way; a person has to look."},
    {Category::output, 11, "output", "The command did its work, but its answer could not be written: the disk is full, or standard "
                                     "output is closed."},
    {Category::internal, 70, "internal", "A defect of Cairn. Please report it."},
    {Category::interrupted, 130, "interrupted", "Stopped by a signal; the running revision was rolled back."},
}};

}  // namespace

std::span<const ExitCode> exit_codes() { return table; }

const ExitCode& exit_code(Category category) {
  return *std::find_if(table.begin(), table.end(), [&](const ExitCode& row) { return row.category == category; });
}

}  // namespace cairn
