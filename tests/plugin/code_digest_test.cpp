// The digest of a C++ revision: the script that the build runs, and when it runs it.
#include "plugin/code_digest.hpp"
#include "support/file_text.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <map>
#include <ostream>
#include <string>
#include <utility>

namespace cairn::test {
namespace {

using Files = std::map<std::string, std::string>;   // by path; the source is revision.cpp

/// A project's folder with the files; those named ../x are outside of it.
class Project {
 public:
  explicit Project(const Files& files) {
    for (const auto& [name, text] : files) write(name, text);
  }

  void write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder() / name;
    std::filesystem::create_directories(path.parent_path());
    write_file(path, text);
  }

  std::string digest() {
    const std::string out = folder() / "digest.hpp";
    const Finished finished =
        run({.argv = {CAIRN_TEST_CMAKE, "-DOUT=" + out, "-DDEPFILE=" + out + ".d", "-DSOURCES=" + (folder() / "revision.cpp").string(),
                      "-DPROJECT=" + folder().string(), "-P", CAIRN_TEST_SDK "/cmake/CairnSourceDigest.cmake"}});
    EXPECT_TRUE(finished.ok()) << finished.out << finished.err;
    EXPECT_EQ(read_file(out), "#define CAIRN_SOURCE_DIGEST \"" + runner_digest() + "\"\n") << "the runner digests otherwise";
    return read_file(out);
  }

  std::filesystem::path folder() const { return scratch_.path() / "a project"; }

 private:
  /// The runner follows the same rule where it looks for an older version of a source.
  std::string runner_digest() const {
    const auto digest = digest_code(folder() / "revision.cpp", folder(), [](const std::filesystem::path& file) {
      return std::filesystem::is_regular_file(file) ? std::optional(read_file(file)) : std::nullopt;
    });
    return digest ? digest->digest.substr(std::string_view("code-1:").size()) : "none";
  }

  TemporaryDirectory scratch_;
};

std::string digest_of(const Files& files) { return Project(files).digest(); }
std::string digest_of(const std::string& source) { return digest_of(Files{{"revision.cpp", source}}); }

struct Pair {
  const char* name;
  Files one;
  Files other;
};

Pair sources(const char* name, const std::string& one, const std::string& other) {
  return {name, {{"revision.cpp", one}}, {{"revision.cpp", other}}};
}

class SameCode : public testing::TestWithParam<Pair> {};
class OtherCode : public testing::TestWithParam<Pair> {};

TEST_P(SameCode, has_one_digest) { EXPECT_EQ(digest_of(GetParam().one), digest_of(GetParam().other)); }
TEST_P(OtherCode, has_another_digest) { EXPECT_NE(digest_of(GetParam().one), digest_of(GetParam().other)); }

const std::string including = "#include \"a.hpp\"\nx\n";

const Pair same[] = {
    sources("indentation", "void f() {\n  g();\n}\n", "void f() {\n\t\tg();   \n    }\n"),
    sources("blank_lines", "a\nb\n", "\n\na\n\n \t\n\nb\n\n"),
    sources("windows_line_ends", "a\nb\n", "a\r\nb\r\n"),
    sources("no_last_line_break", "a\nb\n", "a\nb"),
    sources("indented_list_characters", "a[1];\n  b[;\n", "  a[1];\nb[;"),
    {"included_file_indented", {{"revision.cpp", including}, {"a.hpp", "y\n"}}, {{"revision.cpp", including}, {"a.hpp", "  y"}}},
    {"file_not_included", {{"revision.cpp", including}, {"a.hpp", "y"}, {"b.hpp", "1"}},
     {{"revision.cpp", including}, {"a.hpp", "y"}, {"b.hpp", "2"}}},
    {"file_of_angle_brackets", {{"revision.cpp", "#include <a.hpp>\n"}, {"a.hpp", "1"}},
     {{"revision.cpp", "#include <a.hpp>\n"}, {"a.hpp", "2"}}},
    {"file_outside_of_the_project", {{"revision.cpp", "#include \"../a.hpp\"\n"}, {"../a.hpp", "1"}},
     {{"revision.cpp", "#include \"../a.hpp\"\n"}, {"../a.hpp", "2"}}},
};

const Pair other[] = {
    sources("word", "a\n", "b\n"),
    sources("case", "a\n", "A\n"),
    sources("blank_in_a_line", "a b\n", "a  b\n"),
    sources("lines_joined", "a\nb\n", "a b\n"),
    sources("order_of_lines", "a\nb\n", "b\na\n"),
    sources("semicolon", "a;b\n", "a b\n"),
    sources("two_semicolons", "a;;b\n", "a;b\n"),
    sources("line_of_a_semicolon", "a\n;\n", "a\n"),
    sources("semicolon_at_the_end", "a;\n", "a\n"),
    sources("backslash", "a\\b\n", "ab\n"),
    sources("two_backslashes", "a\\\\b\n", "a\\b\n"),
    sources("escaped_semicolon", "a\\;b\n", "a;b\n"),
    sources("backslash_at_the_end", "a\\\nb\n", "a\nb\n"),
    sources("open_bracket", "a[\nb\n", "a\nb\n"),
    sources("brackets_around_a_semicolon", "a[;]b\n", "a[]b\n"),
    sources("bracket_argument", "[[a]]\n", "[=[a]=]\n"),
    sources("variable_reference", "${OUT}\n", "\n"),
    sources("at_reference", "@OUT@\n", "\n"),
    sources("quotes", "\"a\"\n", "a\n"),
    sources("hash", "#a\n", "a\n"),
    sources("comment", "a // b\n", "a\n"),
    sources("not_ascii", "\xC3\xA9\n", "\xC3\xA8\n"),
    sources("not_unicode", "\xE9\n", "\xE8\n"),
    sources("empty", "", "a"),
    {"included_file", {{"revision.cpp", including}, {"a.hpp", "1"}}, {{"revision.cpp", including}, {"a.hpp", "2"}}},
    {"included_with_blanks", {{"revision.cpp", " #  include \"a.hpp\""}, {"a.hpp", "1"}}, {{"revision.cpp", " #  include \"a.hpp\""}, {"a.hpp", "2"}}},
    {"included_by_an_included_file", {{"revision.cpp", including}, {"a.hpp", "#include \"s/b.hpp\""}, {"s/b.hpp", "1"}},
     {{"revision.cpp", including}, {"a.hpp", "#include \"s/b.hpp\""}, {"s/b.hpp", "2"}}},
    {"included_from_beside_an_included_file",
     {{"revision.cpp", "#include \"s/a.hpp\""}, {"s/a.hpp", "#include \"b.hpp\""}, {"s/b.hpp", "1"}},
     {{"revision.cpp", "#include \"s/a.hpp\""}, {"s/a.hpp", "#include \"b.hpp\""}, {"s/b.hpp", "2"}}},
    {"second_include", {{"revision.cpp", including + "#include \"b;[.hpp\""}, {"a.hpp", ""}, {"b;[.hpp", "1"}},
     {{"revision.cpp", including + "#include \"b;[.hpp\""}, {"a.hpp", ""}, {"b;[.hpp", "2"}}},
    {"from_one_file_to_the_other", {{"revision.cpp", including + "y"}, {"a.hpp", ""}}, {{"revision.cpp", including}, {"a.hpp", "y"}}},
    {"included_in_a_circle", {{"revision.cpp", including}, {"a.hpp", "#include \"revision.cpp\"\n1"}},
     {{"revision.cpp", including}, {"a.hpp", "#include \"revision.cpp\"\n2"}}},
};

/// What a failure shows of a row.
void PrintTo(const Pair& pair, std::ostream* out) { *out << pair.name; }

std::string name_of(const testing::TestParamInfo<Pair>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Rows, SameCode, testing::ValuesIn(same), name_of);
INSTANTIATE_TEST_SUITE_P(Rows, OtherCode, testing::ValuesIn(other), name_of);

// Journals and lock files keep these: a change here needs a new name of the rule.
TEST(CodeDigest, is_the_same_for_good) {
  // printf 'code-1\n5:\na;\nb' | sha256sum: each file stands behind its length, each line behind a line break.
  EXPECT_EQ(digest_of("a;\nb\n"), "#define CAIRN_SOURCE_DIGEST \"ae71215d70bf56269622ef35722bf834b419e9f8f5e557333688c5cacb22c4e7\"\n");
}

TEST(CodeDigest, does_not_depend_on_where_the_project_is) {
  const Files files{{"revision.cpp", including}, {"a.hpp", "1"}};
  Project first(files);
  Project second(files);
  EXPECT_EQ(first.digest(), second.digest());
}

/// The same project built by a generator; with the folder of a cache, through ccache.
class Build {
 public:
  explicit Build(const std::string& generator, const std::filesystem::path& cache = {})
      : project_({{"CMakeLists.txt", cmake_lists}, {"a b.hpp", "// 1\n"}, {"revision.cpp", code}}) {
    std::vector<std::string> words{CAIRN_TEST_CMAKE, "-S", project_.folder(), "-B", folder(), "-G", generator};
    if (!cache.empty()) {
      words.push_back("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache");
      environment_ = {{"CCACHE_DIR", cache}, {"CCACHE_BASEDIR", project_.folder()}, {"CCACHE_NOHASHDIR", "1"}};
    }
    command(words);
  }

  void write(const std::string& name, const std::string& text) { project_.write(name, text); }
  void remove(const std::string& name) { std::filesystem::remove(project_.folder() / name); }

  std::string run() const { return command({CAIRN_TEST_CMAKE, "--build", folder()}); }

  std::string digest() const {
    run();
    return read_file(folder() / "cairn/r/digest.hpp");
  }

 private:
  static constexpr const char* cmake_lists =
      "cmake_minimum_required(VERSION 3.22)\nproject(P LANGUAGES CXX)\n"
      "add_library(cairn_sdk INTERFACE)\nadd_library(cairn::sdk ALIAS cairn_sdk)\n"
      "target_include_directories(cairn_sdk INTERFACE " CAIRN_TEST_SDK "/include)\n"
      "target_compile_features(cairn_sdk INTERFACE cxx_std_20)\n"
      "include(" CAIRN_TEST_SDK "/cmake/CairnRevision.cmake)\n"
      "cairn_add_revision(r SOURCE revision.cpp)\n";
  static constexpr const char* code =
      "#include <cairn/revision.hpp>\n#include \"a b.hpp\"\nCAIRN_REVISION(.id = \"r\")\n"
      "static void upgrade(cairn::Database&) {}\nstatic void downgrade(cairn::Database&) {}\n";

  std::filesystem::path folder() const { return project_.folder() / "build here"; }

  std::string command(const std::vector<std::string>& words) const {
    const Finished finished = test::run({.argv = words, .environment = environment_});
    EXPECT_TRUE(finished.ok()) << finished.out << finished.err;
    return finished.out;
  }

  Project project_;
  std::map<std::string, std::optional<std::string>> environment_;
};

class CodeDigestOf : public testing::TestWithParam<const char*> {};

TEST_P(CodeDigestOf, follows_what_the_source_includes) {
  Build build(GetParam());
  const std::string first = build.digest();
  build.write("a b.hpp", "  // 1\n\n");
  EXPECT_EQ(build.digest(), first) << "only the layout is another";
  build.write("a b.hpp", "#include \"c.hpp\"\n");
  build.write("c.hpp", "// 1\n");
  const std::string second = build.digest();
  EXPECT_NE(second, first);
  build.write("c.hpp", "// 2\n");
  EXPECT_NE(build.digest(), second) << "a file that the first build did not know";
  build.write("a b.hpp", "// 1\n");
  build.remove("c.hpp");
  EXPECT_EQ(build.digest(), first) << "a file that is gone";
}

// A compiler cache that takes the one folder for the other hands out what the first compilation depended on.
TEST(CachedBuild, of_another_folder_is_up_to_date) {
  const TemporaryDirectory cache;
  for (const char* folder : {"first", "second"}) {
    const Build build("Ninja", cache.path());
    build.run();
    EXPECT_EQ(build.run(), "ninja: no work to do.\n") << "in the " << folder << " folder";
  }
}

INSTANTIATE_TEST_SUITE_P(Build, CodeDigestOf, testing::Values("Ninja", "Unix Makefiles"),
                         [](const auto& row) { return std::string(row.param).substr(0, 4); });

}  // namespace
}  // namespace cairn::test
