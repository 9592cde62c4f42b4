#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// "name: word word  # why" on each line.
using Rules = std::map<std::string, std::set<std::string>>;

Rules parse_rules(std::string_view text);

struct SourceFile {
  std::string path;   ///< below runner/, such as "graph/plan.hpp"
  std::string text;
};

/// What #include names in the text, comments and strings aside.
std::vector<std::string> includes_of(std::string_view text);

/// The layer of a path below runner/; files directly in it are "main".
std::string layer_of(std::string_view path);

/// One sentence for each include of another layer that layers.txt does not allow, and for each unknown layer.
std::vector<std::string> find_layer_faults(const Rules& layers, const std::vector<SourceFile>& files);

/// One sentence for each include of a third-party library that doors.txt does not allow.
std::vector<std::string> find_door_faults(const Rules& doors, const std::vector<SourceFile>& files);

/// One sentence for each type that two headers define in one namespace. Where no file includes both, no compiler says so, and
/// the linker takes one's inline functions for the other's.
std::vector<std::string> find_name_faults(const std::vector<SourceFile>& headers);

/// One sentence for each layer that a layer's CMakeLists.txt links and layers.txt does not allow.
std::vector<std::string> find_link_faults(const Rules& layers, const std::vector<SourceFile>& build_files);

}  // namespace cairn
