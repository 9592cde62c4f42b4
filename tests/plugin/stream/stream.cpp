#include <cairn/revision.hpp>
#include <cairn/std.hpp>

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

CAIRN_REVISION(.id = "stream", .message = "moves as many mebibytes as -x mib says, in and out")

namespace {

constexpr std::size_t row_bytes = 1024;
constexpr std::size_t rows_per_mib = 1024;

/// The most memory that a process has had at once, in KiB.
long peak_of(const std::string& process) {
  std::ifstream status("/proc/" + process + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::atol(line.substr(6).c_str());
  return -1;
}

struct Peaks {
  long worker = peak_of("self");
  long runner = peak_of(std::to_string(::getppid()));
};

/// No row is kept, so that it costs no disk.
uint64_t move_in(cairn::Database& db, uint64_t mib) {
  const std::string row = std::string(row_bytes - 1, 'x') + "\n";
  cairn::CopyIn copy = db.copy_in("COPY stream FROM STDIN WHERE false");
  uint64_t bytes = 0;
  for (uint64_t i = 0; i < mib * rows_per_mib; ++i, bytes += row.size()) copy.write(row);
  copy.finish();
  return bytes;
}

uint64_t move_out(cairn::Database& db, uint64_t mib) {
  const std::string count = std::to_string(mib);
  cairn::CopyOut copy = db.copy_out("COPY (SELECT repeat('x', 1023) FROM generate_series(1, 1024) a, generate_series(1, " +
                                    count + ") b) TO STDOUT");
  uint64_t bytes = 0;
  const uint64_t rows = cairn::each_line(copy, [&](std::string_view line) { bytes += line.size() + 1; });
  if (rows != mib * rows_per_mib) db.fail("rows are missing");
  return bytes;
}

}  // namespace

static void upgrade(cairn::Database& db) {
  const uint64_t mib = std::strtoull(cairn::str(db.variable("mib").value_or("1")).c_str(), nullptr, 10);
  db.execute("CREATE TABLE stream (line text)");
  db.query("SELECT 1");
  const Peaks before;
  std::ostringstream seen;
  seen << "in " << move_in(db, mib) << " out " << move_out(db, mib);
  const Peaks after;
  if (after.runner < 0 || after.worker < 0) db.fail("the memory of a process cannot be read");
  seen << " worker " << after.worker - before.worker << " runner " << after.runner - before.runner;
  db.notice(seen.str());
}

static void downgrade(cairn::Database& db) { db.execute("DROP TABLE stream"); }
