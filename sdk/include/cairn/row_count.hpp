#pragma once

#include <cairn/failure.hpp>

namespace cairn {
inline namespace sdk __attribute__((visibility("hidden"))) {

/// How many rows a statement affected: a number like any other. While the step is only recorded nobody knows it, and
/// looking at it ends the step; not looking is always right.
class RowCount {
 public:
  RowCount(uint64_t rows, const cairn_place& place) : rows_(rows), place_(place) {}

  operator uint64_t() const {
    if (rows_ == CAIRN_COUNT_UNKNOWN) throw Failure(unknown, way_out, place_);
    return rows_;
  }

 private:
  static constexpr char unknown[] = "its code looks at a number of rows, which nobody knows while it is only recorded";
  static constexpr char way_out[] = "Let the code look at db.offline() first, and do without the number there.";

  uint64_t rows_;
  cairn_place place_;
};

}  // namespace sdk
}  // namespace cairn
