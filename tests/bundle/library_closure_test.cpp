#include "bundle/library_closure.hpp"

#include "authoring/text_file.hpp"
#include "base/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cairn::test {
namespace {

/// This very program: it runs with what the tests are made of.
NewFile this_program() { return {"the program", read_text_file("/proc/self/exe", static_cast<std::size_t>(-1))}; }

bool holds(const std::vector<NewFile>& libraries, const std::string& beginning) {
  return std::any_of(libraries.begin(), libraries.end(), [&](const NewFile& one) { return one.path.starts_with(beginning); });
}

TEST(Libraries, are_those_that_the_program_runs_with_but_for_the_base_system) {
  const auto libraries = read_needed_libraries(std::vector{this_program()}, read_mapped_libraries(), "libs");
  EXPECT_TRUE(holds(libraries, "libs/libfmt.so."));
  for (const NewFile& library : libraries) {
    EXPECT_FALSE(is_base_library(library.path.substr(5))) << library.path;
    EXPECT_EQ(library.text.substr(0, 4), "\177ELF") << library.path;
  }
  EXPECT_TRUE(std::is_sorted(libraries.begin(), libraries.end(), [](const auto& a, const auto& b) { return a.path < b.path; }));
}

TEST(Libraries, that_this_process_does_not_run_with_are_refused_by_name) {
  std::vector<MappedLibrary> mapped = read_mapped_libraries();
  std::erase_if(mapped, [](const MappedLibrary& one) { return one.name.starts_with("libfmt.so."); });
  try {
    read_needed_libraries(std::vector{this_program()}, mapped, "libs");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::plugin);
    EXPECT_TRUE(error.message().starts_with("the program needs libfmt.so.")) << error.message();
  }
}

TEST(Libraries, cannot_be_read_from_what_is_no_library) {
  EXPECT_THROW(read_needed_libraries(std::vector{NewFile{"a text", "a text"}}, {}, "libs"), Error);
}

TEST(Libraries, of_the_base_system_are_known_by_name) {
  for (const char* name : {"libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"})
    EXPECT_TRUE(is_base_library(name)) << name;
  for (const char* name : {"libcrypto.so.3", "libcom_err.so.2", "libm17n.so.0", "libpq.so.5", "libresolvconf.so.1"})
    EXPECT_FALSE(is_base_library(name)) << name;
}

}  // namespace
}  // namespace cairn::test
