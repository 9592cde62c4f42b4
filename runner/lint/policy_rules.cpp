#include "lint/finding.hpp"

#include <array>

namespace cairn {

std::span<const Rule> policy_rules() {
  static constexpr std::array<Rule, 18> table{{
      {"header-incomplete", Level::warning, "the header does not say who, when, what for and how long",
       "Whoever is called at night reads the header first, and a review needs the runtime.",
       "In up.sql: -- cairn: purpose = ...; -- cairn: estimated_runtime = 200 ms. In C++: .purpose = \"...\", .estimated_ms = 200."},
      {"message-says-little", Level::warning, "the message does not name the revision",
       "History, file names and reviews show little else.",
       "Say what is done to what, as in \"add category_id to expenses\"."},
      {"phase-without-release", Level::warning, "a phase has no release that can be compared",
       "Expand, switch and contract belong to releases that follow each other; without them nobody knows when a contract is safe.",
       "Add the release as a version: phase = expand, release = v0.3.0."},
      {"contract-without-expand", Level::note, "something is contracted that no revision before expanded",
       "Programs of the release before still use what goes.",
       "Expand first, switch the programs, contract a release later."},
      {"contract-too-early", Level::error, "a contract comes in the release of its expand or switch",
       "While a release is rolled out, and when it is rolled back, programs that use the old shape still run.",
       "Give the contract a later release than the expand and the switch before it."},
      {"contract-ahead-of-release", Level::error, "a contract belongs to a release that is not made yet",
       "An upgrade to the head would take away what the present release still uses.",
       "Keep it out of this release, or state the release it belongs to."},
      {"several-heads", Level::error, "the schema has several heads",
       "There is no one newest schema: in which order they are applied differs from database to database.",
       "Join them: cairn merge."},
      {"irreversible", Level::note, "the revision has no downgrade",
       "The way back ends here; only a backup goes behind it.",
       "Write a downgrade, or accept it with the reason."},
      {"landed-edited", Level::error, "a revision that has landed was edited",
       "Databases that have it already never get the edit: from now on there are two schemas under one id.",
       "Take the edit back and write a new revision for it. Layout may change, and the comments of SQL."},
      {"baseline-not-minimal", Level::error, "the baseline makes more than schemas and extensions",
       "The baseline is never rebuilt: whatever is in it can be changed only around it.",
       "Make tables, types, sequences and rows in revisions above the baseline."},
      {"seed-changes-schema", Level::error, "a seed changes the schema",
       "Seeds are chosen when a package is made: the schema would depend on the choice.",
       "Move it to a revision of the schema that the seed rests on."},
      {"rows-outside-seeds", Level::warning, "a revision that is no seed inserts rows",
       "Rows that come with the schema cannot be left out, and a downgrade seldom knows which of them are still its own.",
       "Insert them in a seed: cairn revision --seed. To fill a new table from an old one, accept it with that reason."},
      {"outside-schemas", Level::error, "an object is made outside of the project's schemas",
       "Rights, backups and drift checks go by schema.",
       "Name one of the schemas: CREATE TABLE core.things (...)."},
      {"placeholder-column", Level::warning, "a column is kept for later",
       "Nobody knows what may stand in it, and its type is wrong when its time comes.",
       "Add the column when it is used: a nullable column costs nothing then."},
      {"not-snake-case", Level::warning, "a name is not in snake_case",
       "It has to be quoted wherever it is used, and differs from all others.",
       "Lower-case words joined by _: journal_lines."},
      {"key-without-default", Level::warning, "a uuid key is not made by the server",
       "Each program has to bring its own, and rows inserted by hand or by a seed fail.",
       "id uuid PRIMARY KEY DEFAULT gen_random_uuid()"},
      {"unqualified-reference", Level::warning, "a foreign key names its table without the schema",
       "Which table it means depends on the search_path of whoever runs it.",
       "REFERENCES core.organizations (id)"},
      {"unknown-baseline", Level::error, "the baseline of cairn.toml is no revision",
       "Then nothing keeps the baseline free of tables.",
       "Correct baseline in [smoke] of cairn.toml."},
  }};
  return table;
}

}  // namespace cairn
