#pragma once

#include "support/transcript_run.hpp"

#include <filesystem>

namespace cairn::test {

/// Reads the file, plays it and compares, command by command, as failures of the running GoogleTest. With
/// CAIRN_UPDATE_TRANSCRIPTS=1 it writes what came out into the file instead.
void check_transcript(const std::filesystem::path& file, const TranscriptSetup& setup);

}  // namespace cairn::test
