// What is loaded is what was checked.
#include "fixture_runners.hpp"

#include "base/digest.hpp"
#include "support/file_text.hpp"
#include "support/temporary_directory.hpp"
#include "worker/sealed_copy.hpp"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <array>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

fs::path fixture(const std::string& name) { return fs::path(WORKER_FIXTURES) / (name + ".so"); }

/// A plugin in a folder of its own, as it was collected.
class Checked : public testing::TestWithParam<const char*> {
 protected:
  Checked() {
    fs::copy(fixture("good"), path_);
    libraries_["good"] = {.load = {"good", path_.string(), {}}, .identity = FileBytes(path_.string()).identity(), .sha256 = {}};
  }

  /// What became of loading it: nothing, or the error without the words before it.
  std::string load() {
    const Revision revision = fixture_revision("good");
    const Revision* const all[] = {&revision};
    try {
      runner()->load(all);
      return "";
    } catch (const Error& error) {
      const std::string before = "revision good cannot be loaded: " + path_.string() + ": ";
      return error.message().starts_with(before) ? error.message().substr(before.size()) : error.message();
    }
  }

  std::unique_ptr<StepRunner> runner() const {
    if (GetParam() == std::string("process")) return worker_runner(libraries_);
    return std::make_unique<InProcessRunner>(libraries_);
  }

  TemporaryDirectory folder_;
  fs::path path_ = folder_ / "a.so";
  Libraries libraries_;
};

// exit_at_load would end this process, or the worker and say so.
TEST_P(Checked, is_not_loaded_when_another_file_was_put_in_its_place) {
  fs::copy(fixture("exit_at_load"), folder_ / "b.so");
  fs::rename(folder_ / "b.so", path_);
  EXPECT_EQ(load(), "was changed or replaced after it had been collected");
}

TEST_P(Checked, is_not_loaded_when_it_was_written_over) {
  fs::copy(fixture("exit_at_load"), path_, fs::copy_options::overwrite_existing);
  EXPECT_EQ(load(), "was changed or replaced after it had been collected");
}

TEST_P(Checked, is_not_loaded_when_it_is_gone) {
  fs::remove(path_);
  EXPECT_EQ(load(), "cannot be read: No such file or directory");
}

TEST_P(Checked, is_loaded_when_nothing_happened) {
  EXPECT_EQ(load(), "");
  libraries_["good"].sha256 = hex(sha256(read_file(path_)));
  EXPECT_EQ(load(), "");
}

TEST_P(Checked, is_not_loaded_when_its_bytes_are_not_those_that_are_pinned) {
  libraries_["good"].sha256 = hex(sha256("something else"));
  EXPECT_EQ(load(), "its bytes changed after its digest had been checked");
}

INSTANTIATE_TEST_SUITE_P(Isolation, Checked, testing::Values("process", "none"), [](const auto& row) { return std::string(row.param); });

bool can_be_loaded(const cairn::FileDescriptor& copy) {
  return ::dlopen(("/proc/self/fd/" + std::to_string(copy.get())).c_str(), RTLD_NOW | RTLD_LOCAL) != nullptr;
}

TEST(SealedCopy, in_memory_can_be_loaded_and_not_be_changed) {
  const cairn::FileDescriptor copy = make_copy_in_memory("good", read_file(fixture("good")));
  ASSERT_TRUE(copy);
  EXPECT_TRUE(can_be_loaded(copy));
  EXPECT_LT(::pwrite(copy.get(), "x", 1, 0), 0);
  EXPECT_NE(::ftruncate(copy.get(), 0), 0);
  EXPECT_EQ(::mmap(nullptr, 1, PROT_READ | PROT_WRITE, MAP_SHARED, copy.get(), 0), MAP_FAILED);
}

TEST(SealedCopy, on_disk_has_no_name_and_can_only_be_read) {
  const TemporaryDirectory folder;
  const cairn::FileDescriptor copy = make_copy_on_disk(read_file(fixture("good")), std::array{folder / "missing", folder.path()});
  ASSERT_TRUE(copy);
  EXPECT_TRUE(can_be_loaded(copy));
  EXPECT_LT(::pwrite(copy.get(), "x", 1, 0), 0);
  for (const auto& entry : fs::directory_iterator(folder.path())) EXPECT_FALSE(entry.is_directory()) << entry.path();
}

TEST(SealedCopy, on_disk_is_none_where_there_is_no_room) {
  const TemporaryDirectory folder;
  EXPECT_FALSE(make_copy_on_disk("x", std::array{folder / "missing"}));
  EXPECT_FALSE(make_copy_on_disk("x", {}));
}

}  // namespace
}  // namespace cairn::test
