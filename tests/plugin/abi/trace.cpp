#include <cairn/revision.hpp>

#include <cstdio>
#include <cstdlib>

CAIRN_REVISION(.id = "trace", .message = "leaves a trace when anything of it runs", .purpose = "unimportant")

namespace {

/// What no revision should do. Its trace proves that a refused plugin was not even loaded.
struct Trace {
  Trace() {
    const char* const file = std::getenv("CAIRN_TEST_TRACE");
    if (file != nullptr) std::fclose(std::fopen(file, "w"));
  }
};
const Trace trace;

}  // namespace

static void upgrade(cairn::Database& db) { db.execute("CREATE TABLE trace ()"); }
static void downgrade(cairn::Database& db) { db.execute("DROP TABLE trace"); }
