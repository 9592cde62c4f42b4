#pragma once

#include "plugin/bytes.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cairn {

/// What a shared library asks of the loader and offers to others, read without loading it.
struct DynamicSection {
  std::vector<std::string> needed;
  std::vector<std::string> exported;       ///< names of defined dynamic symbols; at most 1000 of them
  std::uint64_t exported_count = 0;
  std::uint64_t unique_count = 0;          ///< exported symbols that keep the library from being unloaded
  std::string run_path;                    ///< DT_RUNPATH or DT_RPATH
};

/// Throws an Error (category plugin) without the path in it when something is out of bounds.
DynamicSection read_dynamic_section(const Bytes& file);

}  // namespace cairn
