#include <cairn/revision.hpp>

CAIRN_REVISION(.id = "g10_bare", .down_revision = {"g10_code"}, .message = "outside a transaction", .non_transactional = true)

static void upgrade(cairn::Database& db) { db.execute("CREATE INDEX CONCURRENTLY golden_word ON golden (word)"); }
static void downgrade(cairn::Database& db) { db.execute("DROP INDEX CONCURRENTLY golden_word"); }
