#include "ci/ci_job.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace cairn::test {
namespace {

TEST(CiJob, is_read_with_its_lines_and_its_database) {
  EXPECT_EQ(read_github_jobs("jobs:\n  lint:\n    steps:\n      - run: a b\n      - run: c\n  smoke-test:\n    env:\n      DATABASE_URL: x\n"),
            (std::vector<CiJob>{{"lint", {"a b", "c"}, false}, {"smoke-test", {}, true}}));
  EXPECT_EQ(read_gitlab_jobs("default:\n  image: x\n\nlint:\n  script:\n    - a b\n    - c\n  artifacts:\n    - d\nsmoke-test:\n  variables:\n    DATABASE_URL: x\n"),
            (std::vector<CiJob>{{"lint", {"a b", "c"}, false}, {"smoke-test", {}, true}}));
}

TEST(CiJob, that_is_written_in_another_way_is_not_passed_over) {
  EXPECT_THROW(read_github_jobs("jobs:\n  lint:\n    steps:\n      - run: |\n          a\n"), std::runtime_error);
  EXPECT_THROW(read_github_jobs("jobs:\n  lint:\n    steps:\n      - name: a\n        run: b\n"), std::runtime_error);
  EXPECT_THROW(read_gitlab_jobs("lint:\n  before_script:\n    - a\n"), std::runtime_error);
  EXPECT_THROW(read_gitlab_jobs("lint:\n  script: a\n"), std::runtime_error);
}

}  // namespace
}  // namespace cairn::test
