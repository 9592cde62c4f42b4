#pragma once

#include <string>

namespace cairn {

/// How long what the triggers saw is kept: a transaction forgets it at its end, as it forgets the triggers.
enum class Memory { of_transaction, of_session };

/// Makes event triggers that note why tables are rewritten and what is dropped, with functions in pg_temp: a session that
/// dies takes them along. One statement, as the superuser that connected whatever role has been taken on since, and unseen
/// by the event triggers of the revision. Does nothing where the user is no superuser.
std::string make_triggers_text(Memory memory);

/// Takes them away again, as far as they are still there.
std::string drop_triggers_text();

}  // namespace cairn
