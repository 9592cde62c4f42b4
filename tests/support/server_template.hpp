#pragma once

#include <filesystem>

namespace cairn::test {

/// The superuser of every test server.
inline constexpr const char* superuser = "tester";

/// Makes `target` a fresh data directory, owned by the user servers run as. initdb runs once per machine,
/// version and user; its result is kept in fast_parent() and copied. Safe against other programs doing the
/// same at the same time.
void copy_server_template(const std::filesystem::path& target);

}  // namespace cairn::test
