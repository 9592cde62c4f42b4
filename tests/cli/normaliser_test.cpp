#include "support/normaliser.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

struct Case {
  const char* text;
  const char* shown;
};

TEST(Normaliser, takes_out_what_differs_from_run_to_run) {
  const Case cases[] = {
      {"applied 3 in 12 ms", "applied 3 in <ms>"},
      {"took 1.25s, then 0.3 s", "took <ms>, then <ms>"},
      {"2 min 3 s", "<ms>"},
      {"at 2025-11-30 10:11:12.345+00", "at <time>"},
      {"at 2025-11-30T10:11:12Z,", "at <time>,"},
      {"held by pid 4711", "held by pid <pid>"},
      {"{\"pid\": 4711}", "{\"pid\": <pid>}"},
      {"PostgreSQL 15.20 (Debian 15.20-0+deb12u1) on x", "PostgreSQL <version> on x"},
      {"in /tmp/cairn-Ab12Cd/x", "in <tmp>/x"},
      {"date 2025-11-30, 3 revisions, exit 9", "date 2025-11-30, 3 revisions, exit 9"},
      {"revision 3f2a91c0s", "revision 3f2a91c0s"},
      {"line 3, column 14", "line 3, column 14"},
      {"idle for 00:00:04: SELECT", "idle for <duration>: SELECT"},
      {"a      19 ms\nb    1234 ms", "a  <ms>\nb  <ms>"},
      {"{\"ms\": 19, \"estimated_ms\": 50}", "{\"ms\": <ms>, \"estimated_ms\": 50}"},
      {"digest accf1bca90ce95b74beebab00902b9c601ebf439a90aa2fc53cd49865b2b4343", "digest <digest>"},
      {"on /run/cairn/5a6e7573ae66 or /tmp/cairn-1000-5a6e7573ae66", "on <sockets> or <sockets>"},
      {"up a1\r     \rup b1\r     \rdone\nnext", "done\nnext"},
  };
  for (const Case& row : cases) EXPECT_EQ(Normaliser().apply(row.text), row.shown);
}

TEST(Normaliser, shows_given_values_by_name) {
  Normaliser normaliser;
  normaliser.add("/tmp/a", "dir");
  normaliser.add("/tmp/a/socket", "socket");
  normaliser.add("test_1", "database");
  normaliser.add("", "nothing");
  const Case cases[] = {
      {"/tmp/a/x and /tmp/a/socket/y", "<dir>/x and <socket>/y"},
      {"\"test_1\", test_10, my_test_1", "\"<database>\", test_10, my_test_1"},
      {"test_1test_1 test_1 test_1", "test_1test_1 <database> <database>"},
  };
  for (const Case& row : cases) EXPECT_EQ(normaliser.apply(row.text), row.shown);
}

}  // namespace
}  // namespace cairn::test
