#pragma once

#include "ci/ci_job.hpp"
#include "support/runner.hpp"
#include "support/test_database.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cairn::test {

/// A small project as "cairn init" begins it, with docs/ci/check.sh in its place and three revisions, of SQL and of C++.
class ShopInCi {
 public:
  /// In a new folder below `folder`, with the installed program.
  ShopInCi(const std::filesystem::path& prefix, const std::filesystem::path& folder);

  /// A revision of SQL on the head, or on the one that is named.
  void add(const std::string& id, const std::string& up, const std::string& down, const std::string& on = "") const;
  void add_code(const std::string& id, const std::string& functions) const;

  /// All lines of a job, one after the other until one fails, as a CI service runs them.
  Finished run(const CiJob& job) const;

  /// The names of the jobs that fail, in their order.
  std::vector<std::string> failing(const std::vector<CiJob>& jobs, std::string& printed) const;

  std::filesystem::path report(const std::string& name) const { return project_ / "reports" / name; }
  TestDatabase& database() { return database_; }

 private:
  std::string make(const std::string& id, std::vector<std::string> words) const;

  std::filesystem::path prefix_;
  std::filesystem::path project_;
  mutable TestDatabase database_;
};

}  // namespace cairn::test
