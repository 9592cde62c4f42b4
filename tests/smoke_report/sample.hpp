#pragma once

#include "report/smoke_report.hpp"

#include <cstddef>
#include <deque>
#include <string>

namespace cairn::test {

/// A report and the revisions that it points to.
struct Sample {
  std::deque<Revision> revisions;
  SmokeReport report;

  Proof& proof(const std::string& id);
};

/// What can happen, in nine revisions: a branch and its merge, a seed, one without a way back, failures, differences,
/// findings of all levels, long-held locks.
Sample make_sample();

/// Two revisions of which there is nothing to say.
Sample make_quiet_sample();

/// A chain of so many revisions, each with so many statements.
Sample make_large_sample(std::size_t revisions, std::size_t statements);

/// Text that no form of report may take for anything but text.
std::string hostile_text();

/// The sample with such text wherever others can write.
Sample make_hostile_sample();

}  // namespace cairn::test
