#include "lint/finding.hpp"

#include <array>

namespace cairn {

std::span<const Rule> ladder_rules() {
  static constexpr std::array<Rule, 10> table{{
      {"upgrade-fails", Level::error, "the upgrade fails",
       "On a server that has everything before it, the revision does not apply.",
       "Correct the revision; it has not run anywhere where it could not be corrected."},
      {"downgrade-fails", Level::error, "the downgrade fails",
       "Whoever has to go back at night finds out that there is no way back.",
       "Correct the downgrade, or declare the revision irreversible by leaving it out."},
      {"downgrade-leaves-traces", Level::error, "after the downgrade the schema is not what it was",
       "What is left over or missing breaks the next upgrade, or stays for ever without anybody knowing where it came from.",
       "Undo in the downgrade what the list names."},
      {"downgrade-leaves-rows", Level::error, "after the downgrade the rows are not what they were",
       "A seed that leaves rows, or takes rows that it did not bring, changes data that belong to others.",
       "Delete by fixed keys exactly what the upgrade inserted."},
      {"column-order", Level::warning, "after the downgrade columns stand in another order",
       "SELECT * and COPY without a list of columns see the order.",
       "Accept it when nothing relies on the order: a dropped column can only be added at the end."},
      {"second-upgrade-fails", Level::error, "the upgrade fails after a downgrade",
       "The downgrade leaves something behind that the upgrade does not expect.",
       "Remove in the downgrade all that the upgrade makes."},
      {"second-upgrade-differs", Level::error, "the second upgrade gives another schema than the first",
       "Databases that went back once are then different from those that did not.",
       "Make the upgrade depend on nothing but what the revisions before it made."},
      {"chain-down-fails", Level::error, "the way down from the head to the base stops",
       "Each downgrade may work by itself and still not after those before it.",
       "Correct the downgrade it stops at."},
      {"chain-differs", Level::error, "the whole way down and up again changes the schema",
       "What single downgrades leave behind adds up.",
       "Correct the downgrades that leave what the list names."},
      {"cannot-go-on", Level::error, "the revisions cannot be applied in a second database of the server",
       "After a fault the others are proven in a new database; on a server that --database names, a role that was made before is there already.",
       "Leave --database out, for a private server; or correct the faults before it; or make roles only where they are missing: IF NOT EXISTS in a DO block."},
  }};
  return table;
}

}  // namespace cairn
