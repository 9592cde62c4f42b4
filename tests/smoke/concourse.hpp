#pragma once

#include <cstddef>
#include <filesystem>

namespace cairn::test {

/// Makes a plugin of each revision of the practice history in `folder`; answers how many there are.
std::size_t write_concourse(const std::filesystem::path& practice, const std::filesystem::path& folder);

}  // namespace cairn::test
