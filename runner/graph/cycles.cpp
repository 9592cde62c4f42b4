#include "graph/cycles.hpp"

#include <algorithm>

namespace cairn {

namespace {

enum class Mark : unsigned char { fresh, on_path, done, in_cycle };

/// Depth-first with its own stack: a chain of 100,000 must not end in a stack overflow.
class CycleSearch {
 public:
  explicit CycleSearch(const Links& links) : links_(links), marks_(links.size(), Mark::fresh) {}

  std::vector<std::vector<std::size_t>> run() {
    for (std::size_t start = 0; start < links_.size(); ++start)
      if (marks_[start] == Mark::fresh) search_from(start);
    return std::move(found_);
  }

 private:
  struct Frame {
    std::size_t index;
    std::size_t next_link;
  };

  void search_from(std::size_t start) {
    enter(start);
    while (!path_.empty()) {
      Frame& top = path_.back();
      if (top.next_link == links_[top.index].size()) {
        leave();
        continue;
      }
      const std::size_t next = links_[top.index][top.next_link++];
      if (marks_[next] == Mark::fresh) enter(next);
      else if (marks_[next] == Mark::on_path && next != top.index) keep_cycle_to(next);
    }
  }

  void enter(std::size_t index) {
    marks_[index] = Mark::on_path;
    path_.push_back(Frame{index, 0});
  }

  void leave() {
    Mark& mark = marks_[path_.back().index];
    if (mark == Mark::on_path) mark = Mark::done;
    path_.pop_back();
  }

  void keep_cycle_to(std::size_t first) {
    std::vector<std::size_t> cycle;
    for (auto frame = path_.rbegin(); frame != path_.rend(); ++frame) {
      if (marks_[frame->index] == Mark::in_cycle) return;   // part of it has been reported already
      cycle.push_back(frame->index);
      if (frame->index == first) break;
    }
    for (const std::size_t index : cycle) marks_[index] = Mark::in_cycle;
    std::reverse(cycle.begin(), cycle.end());
    std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
    found_.push_back(std::move(cycle));
  }

  const Links& links_;
  std::vector<Mark> marks_;
  std::vector<Frame> path_;
  std::vector<std::vector<std::size_t>> found_;
};

}  // namespace

std::vector<std::vector<std::size_t>> find_cycles(const Links& links) { return CycleSearch(links).run(); }

}  // namespace cairn
