#include "worker/output_lines.hpp"

#include "worker/clean_text.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <utility>

namespace cairn {

namespace {

constexpr std::size_t most_line_bytes = 1000;
constexpr std::size_t most_step_bytes = std::size_t{64} << 10U;
constexpr std::size_t latest_lines = 10;

}  // namespace

void OutputLines::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::size_t room = std::min(most_line_bytes - std::min(most_line_bytes, partial_.size()), end);
    partial_ += bytes.substr(0, room);
    dropped_ += end - room;
    if (end == bytes.size()) return;
    add_line();
    bytes.remove_prefix(end + 1);
  }
}

void OutputLines::finish() {
  if (!partial_.empty()) add_line();
}

void OutputLines::add_line() {
  std::string line = clean_text(std::exchange(partial_, {}), most_line_bytes);
  if (line.empty()) return;
  latest_.push_back(line);
  if (latest_.size() > latest_lines) latest_.erase(latest_.begin());
  if (kept_ + line.size() > most_step_bytes) {
    dropped_ += line.size();
    return;
  }
  kept_ += line.size();
  lines_.push_back(std::move(line));
}

std::vector<std::string> OutputLines::take() { return std::exchange(lines_, {}); }

void OutputLines::start_step() {
  kept_ = 0;
  dropped_ = 0;
  latest_.clear();
}

std::string OutputLines::last_words() const { return join(latest_, "\n"); }

}  // namespace cairn
