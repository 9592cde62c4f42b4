#include <cairn/revision.hpp>

CAIRN_IRREVERSIBLE_REVISION(.id = "g10_final", .down_revision = {"g10_bare"}, .message = "no way back", .not_retryable = true,
                            .phase = "contract", .release = "1.0", .min_server_version = 130000)

static void upgrade(cairn::Database& db) { db.execute("CREATE TABLE golden_final ()"); }
