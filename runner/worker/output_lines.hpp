#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// What the code of a revision writes to stdout and stderr, as lines fit to be shown: without control
/// characters, cut at 1000 bytes, and no more than 64 KiB for one step. Keeps the latest for the report of
/// a death. It comes through a pipe that the runner reads, instead of going to the runner's own stderr: so
/// it can be bounded and named, cannot fake the runner's messages, and stdout stays for results.
class OutputLines {
 public:
  void add(std::string_view bytes);
  /// An unfinished line counts as finished: the step is over.
  void finish();

  /// The lines since the last call.
  std::vector<std::string> take();
  /// How many bytes were not kept as lines since the last start_step().
  std::size_t dropped() const { return dropped_; }
  void start_step();

  /// The last lines, joined; empty when nothing was written.
  std::string last_words() const;

 private:
  void add_line();

  std::string partial_;
  std::vector<std::string> lines_;
  std::vector<std::string> latest_;
  std::size_t kept_ = 0;
  std::size_t dropped_ = 0;
};

}  // namespace cairn
