#pragma once

#include "observe/effect.hpp"
#include "schema/difference.hpp"

#include <span>
#include <string>
#include <vector>

namespace cairn {

// What a revision does, in words for people. Names stand in it as the server told them: forms of reports escape the lines.

/// "adds column public.users.email (citext)", "reads the whole of public.orders (200 rows)", a line for each effect but
/// locks; the gravest first. What happens to tables that the revision made itself is left out but for their rows.
std::vector<std::string> describe_effects(const StatementEffects& statement);

/// The same for all statements of a step, each line once.
std::vector<std::string> describe_effects(const StepEffects& effects);

/// "inserts 12 rows into public.users": what happened to rows alone.
std::vector<std::string> describe_rows(const StepEffects& effects);

/// "CREATE INDEX users_email ON public.users USING btree (email)": what happened to indexes that are there for their own sake.
std::vector<std::string> describe_indexes(const StepEffects& effects);

/// What an upgrade made, by kind: "new table: public.a, public.b". Columns of new tables go without saying.
std::vector<std::string> describe_made(std::span<const Difference> made);

/// A line for each, substance before order; white space and times are counted only, since they are many and of no account.
std::vector<std::string> describe_differences(std::span<const Difference> differences);

}  // namespace cairn
