// Reads tools/layers.txt and tools/doors.txt against every file of runner/.
#include "support/file_text.hpp"
#include "tools/layer_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

Rules read_rules(const char* name) { return parse_rules(read_file(fs::path(CAIRN_SOURCE_DIR) / "tools" / name)); }

std::vector<SourceFile> read_runner(const std::vector<std::string>& endings) {
  const fs::path runner = fs::path(CAIRN_SOURCE_DIR) / "runner";
  std::vector<SourceFile> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(runner)) {
    const std::string path = entry.path().lexically_relative(runner).string();
    const auto has_ending = [&](const std::string& ending) { return path.ends_with(ending); };
    if (entry.is_regular_file() && std::any_of(endings.begin(), endings.end(), has_ending))
      files.push_back({path, read_file(entry.path())});
  }
  return files;
}

std::string lines(const std::vector<std::string>& faults) {
  std::string text;
  for (const std::string& fault : faults) text += fault + "\n";
  return text;
}

TEST(Layers, include_only_what_they_may) {
  const std::vector<SourceFile> files = read_runner({".cpp", ".hpp", ".h"});
  ASSERT_GT(files.size(), 10u);
  EXPECT_EQ(lines(find_layer_faults(read_rules("layers.txt"), files)), "");
}

TEST(Layers, keep_third_party_libraries_behind_one_door) {
  EXPECT_EQ(lines(find_door_faults(read_rules("doors.txt"), read_runner({".cpp", ".hpp", ".h"}))), "");
}

TEST(Layers, give_a_name_to_one_type_only) {
  EXPECT_EQ(lines(find_name_faults(read_runner({".hpp", ".h"}))), "");
}

TEST(Layers, link_only_what_they_may) {
  const std::vector<SourceFile> files = read_runner({"CMakeLists.txt"});
  ASSERT_GT(files.size(), 10u);
  EXPECT_EQ(lines(find_link_faults(read_rules("layers.txt"), files)), "");
}

TEST(Layers, are_drawn_without_a_loop) {
  const Rules layers = read_rules("layers.txt");
  std::set<std::string> settled;
  for (std::size_t round = 0; round < layers.size(); ++round)
    for (const auto& [layer, uses] : layers)
      if (std::includes(settled.begin(), settled.end(), uses.begin(), uses.end())) settled.insert(layer);
  for (const auto& [layer, uses] : layers) EXPECT_TRUE(settled.count(layer) > 0) << layer << " uses itself in a circle";
}

TEST(Layers, have_a_rule_for_every_folder) {
  const Rules layers = read_rules("layers.txt");
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(CAIRN_SOURCE_DIR) / "runner"))
    EXPECT_TRUE(!entry.is_directory() || layers.count(entry.path().filename().string()) > 0) << entry.path();
}

TEST(LayerRules, catch_a_planted_fault) {
  const Rules layers = parse_rules("base:\ngraph: base   # pure\nengine: graph base\nmain: engine\n");
  struct Case { const char* name; SourceFile file; const char* fault; };
  const Case cases[] = {
      {"upwards", {"graph/a.cpp", "#include \"engine/run.hpp\"\n"},
       "runner/graph/a.cpp includes engine/run.hpp, which graph may not use\n"},
      {"odd spacing", {"base/a.hpp", "#pragma once\n  #  include <graph/plan.hpp>"},
       "runner/base/a.hpp includes graph/plan.hpp, which base may not use\n"},
      {"around the rule", {"graph/a.cpp", "#include \"../engine/run.hpp\"\n"},
       "runner/graph/a.cpp includes ../engine/run.hpp, which graph may not use\n"},
      {"a folder without a rule", {"extra/a.cpp", "\n"}, "runner/extra/a.cpp: tools/layers.txt does not know the layer extra\n"},
      {"past the layer below", {"main.cpp", "#include \"graph/plan.hpp\"\n"},
       "runner/main.cpp includes graph/plan.hpp, which main may not use\n"},
      {"downwards is fine", {"engine/a.cpp", "#include \"graph/plan.hpp\"\n#include \"base/text.hpp\"\n"}, ""},
      {"its own folder is fine", {"graph/a.cpp", "#include \"graph/b.hpp\"\n"}, ""},
      {"the standard library is fine", {"base/a.cpp", "#include <sys/stat.h>\n#include <vector>\n"}, ""},
      {"a comment is fine", {"base/a.cpp", "// #include \"graph/b.hpp\"\n/*\n#include \"engine/b.hpp\"\n*/\n"}, ""},
  };
  for (const Case& c : cases) EXPECT_EQ(lines(find_layer_faults(layers, {c.file})), c.fault) << c.name;
}

TEST(LayerRules, catch_a_library_behind_another_door) {
  const Rules doors = parse_rules("libpq-fe.h: postgres\nboost/: worker\nfmt/: *\n");
  struct Case { const char* name; SourceFile file; const char* fault; };
  const Case cases[] = {
      {"another layer", {"engine/a.cpp", "#include <libpq-fe.h>\n"},
       "runner/engine/a.cpp includes libpq-fe.h, which is behind another door\n"},
      {"a part of it", {"plugin/a.cpp", "#include <boost/dll/shared_library.hpp>\n"},
       "runner/plugin/a.cpp includes boost/dll/shared_library.hpp, which is behind another door\n"},
      {"handed on by a header", {"base/a.hpp", "#include <fmt/core.h>\n"},
       "runner/base/a.hpp includes fmt/core.h, which is behind another door\n"},
      {"its own layer is fine", {"postgres/a.hpp", "#include <libpq-fe.h>\n"}, ""},
      {"everywhere, but not in headers", {"base/a.cpp", "#include <fmt/core.h>\n"}, ""},
  };
  for (const Case& c : cases) EXPECT_EQ(lines(find_door_faults(doors, {c.file})), c.fault) << c.name;
}

TEST(LayerRules, catch_two_types_of_one_name) {
  const SourceFile plan{"graph/plan.hpp", "namespace cairn {\nstruct Plan {\n};\n}\n"};
  struct Case { const char* name; SourceFile file; const char* fault; };
  const Case cases[] = {
      {"another layer's", {"offline/plan.hpp", "namespace cairn {\nclass Plan final : public Base {\n};\n}\n"},
       "runner/graph/plan.hpp and runner/offline/plan.hpp both define cairn::Plan\n"},
      {"a declaration is fine", {"offline/plan.hpp", "namespace cairn {\nstruct Plan;\n}\n"}, ""},
      {"another namespace is fine", {"offline/plan.hpp", "namespace cairn::sql {\nstruct Plan {\n};\n}\n"}, ""},
      {"a part of another type is fine", {"offline/plan.hpp", "namespace cairn {\nclass Script {\n  struct Plan {\n  };\n};\n}\n"}, ""},
  };
  for (const Case& c : cases) EXPECT_EQ(lines(find_name_faults({plan, c.file})), c.fault) << c.name;
}

TEST(LayerRules, catch_a_link_that_has_no_rule) {
  const Rules layers = parse_rules("base:\ngraph: base\nengine: graph base\n");
  const SourceFile file{"graph/CMakeLists.txt", "cairn_layer(graph\n  SOURCES plan.cpp\n  LINKS engine\n  base)\n"};
  EXPECT_EQ(lines(find_link_faults(layers, {file})), "runner/graph/CMakeLists.txt links engine, which graph may not use\n");
}

}  // namespace
}  // namespace cairn::test
