#include "report/rule_document.hpp"

#include "lint/finding.hpp"
#include "lint/hazards.hpp"

#include <fmt/core.h>

#include <span>
#include <string_view>

namespace cairn {

namespace {

constexpr std::string_view beginning = R"(# Findings

What `cairn smoke` has to say of revisions. Printed from the program's own tables by `cairn --document rules`; a test fails when
this page is stale.

A finding has a level. An *error* loses data that nobody named, breaks what a project has decided, or proves that a revision does not
work. A *warning* blocks or breaks applications that run while the revision is applied. A *note* is worth a look. `gate` under
`[smoke]` in [cairn.toml](configuration.md) says from which level on a run fails; `rules` gives rules other levels, or turns them off.

## Accepting a finding

Where a finding is meant so, its revision says why. In the header of `up.sql`, as often as needed:

```sql
-- cairn: accept = index-blocks-writes: forty rows, and nobody writes at night
```

In C++, at the end of the metadata:

```cpp
CAIRN_REVISION(.id = "f6a1b2c3d4e5", .accept = {"index-blocks-writes: forty rows, and nobody writes at night"})
```

The finding stays in the report, with the reason, and fails nothing. A line without a reason fails the build. A rule that does not
exist, or that finds nothing in the revision, is a finding itself: accepts-nothing. To add such a line to the SQL of a revision that
was applied is no edit; to add it to C++ is one, since there every line counts ([authoring.md](authoring.md#versions)).
)";

constexpr std::string_view of_hazards = R"(Judged is what the statements did on the server of the run: the locks they took, what they read and wrote, what became of tables,
columns and indexes. Words of a statement only tell apart what looks the same to a server, as CONCURRENTLY. What the revision makes
itself is nobody's yet: a new table is locked, filled and indexed without a finding. A server without rows shows all of this too,
but not how long it takes.

Rules marked with * judge downgrades as well: those of what blocks others, loses rows for good, or fails where there are rows.
Dropping and renaming is what a downgrade is for. Of a revision with `-- cairn: phase = contract` dropped tables, views and columns are no findings: that is
what the phase is for.
)";

std::string section(std::string_view title, std::string_view text, std::span<const Rule> rules) {
  std::string page = fmt::format("\n## {}\n\n{}{}| rule | level | |\n|---|---|---|\n", title, text, text.empty() ? "" : "\n");
  for (const Rule& rule : rules)
    page += fmt::format("| [{0}](#{0}){1} | {2} | {3} |\n", rule.id, judges_downgrades(rule.id) ? " *" : "", name_of(rule.level), rule.title);
  for (const Rule& rule : rules) page += fmt::format("\n### {}\n\n{}\n\n*Instead:* {}\n", rule.id, rule.why, rule.instead);
  return page;
}

}  // namespace

std::string rule_document() {
  return std::string(beginning) + section("What statements do", of_hazards, hazard_rules()) +
         section("What the ladder proves", "", ladder_rules()) + section("What the project demands", "", policy_rules());
}

}  // namespace cairn
