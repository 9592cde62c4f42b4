#include "support/process.hpp"
#include "support/runner.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <cstdio>

namespace cairn::test {
namespace {

/// What the revision says of itself: bytes that were moved, and by how many KiB each process grew meanwhile.
struct Seen {
  unsigned long long in = 0;
  unsigned long long out = 0;
  long worker = -1;
  long runner = -1;
};

Seen read_seen(const std::string& text) {
  Seen seen;
  const std::size_t at = text.find("notice: in ");
  if (at == text.npos) return seen;
  if (std::sscanf(text.c_str() + at, "notice: in %llu out %llu worker %ld runner %ld", &seen.in, &seen.out, &seen.worker,
                  &seen.runner) != 4)
    ADD_FAILURE() << text;
  return seen;
}

/// 64 MiB, or as many as CAIRN_TEST_STREAM_MIB says.
std::string mebibytes() {
  const std::string given = environment_variable("CAIRN_TEST_STREAM_MIB");
  return given.empty() ? "64" : given;
}

TEST(Stream, costs_neither_process_memory_in_either_direction) {
  constexpr long most_kib = 16 * 1024;
  const std::string mib = mebibytes();
  const unsigned long long bytes = std::stoull(mib) << 20U;
  TestDatabase database;
  const Runner runner{.program = CAIRN_TEST_BIN, .options = {"--plugins", CAIRN_TEST_PLUGINS}, .deadline = std::chrono::minutes(10)};
  const Finished finished = runner.run(database.url(), {"upgrade", "head", "-x", "mib=" + mib});
  ASSERT_EQ(finished.code, 0) << finished.err;
  const Seen seen = read_seen(finished.err);
  EXPECT_EQ(seen.in, bytes);
  EXPECT_EQ(seen.out, bytes);
  EXPECT_GE(seen.worker, 0);
  EXPECT_LT(seen.worker, most_kib);
  EXPECT_GE(seen.runner, 0);
  EXPECT_LT(seen.runner, most_kib);
}

}  // namespace
}  // namespace cairn::test
