// Kept for history: it once proved the revision template. It changes nothing in either direction.
#include <cairn/revision.hpp>

CAIRN_REVISION(.id = "853113448960", .down_revision = {"37a02ec8662a"}, .message = "template sanity test",
               .author = "ArcoirisPOS", .date = "2025-11-30",
               .purpose = "No-op that proved the revision template, kept for history", .estimated_ms = 1)

static void upgrade(cairn::Database&) {}
static void downgrade(cairn::Database&) {}
