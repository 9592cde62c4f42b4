// Every transcript of this folder is a test of its own.
#include "cli/server_variables.hpp"
#include "cli/transcript_check.hpp"
#include "support/file_text.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;
using namespace cairn::test;

class TranscriptTest : public testing::Test {
 public:
  explicit TranscriptTest(fs::path file) : file_(std::move(file)) {}

  void TestBody() override {
    TranscriptSetup setup;
    setup.programs = fs::path(CAIRN_BINARY).parent_path();
    setup.variables = server_variables(read_file(file_));
    setup.variables["PLUGINS"] = CAIRN_TEST_PLUGINS;
    setup.variables["BUILD"] = fs::path(CAIRN_TEST_PLUGINS).parent_path();
    setup.variables["SEEDS"] = CAIRN_TEST_OPTIONAL_SEEDS;
    setup.variables["CODE"] = CAIRN_TEST_CODE;
    check_transcript(file_, setup);
  }

 private:
  fs::path file_;
};

std::vector<fs::path> transcripts() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(CAIRN_TRANSCRIPTS)) {
    if (entry.path().extension() == ".transcript") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void register_test(const fs::path& file) {
  testing::RegisterTest("Transcript", file.stem().c_str(), nullptr, nullptr, file.c_str(), 1,
                        [file]() -> TranscriptTest* { return new TranscriptTest(file); });
}

}  // namespace

TEST(TranscriptFolder, is_not_empty) { EXPECT_FALSE(transcripts().empty()) << CAIRN_TRANSCRIPTS; }

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (const fs::path& file : transcripts()) register_test(file);
  return RUN_ALL_TESTS();
}
