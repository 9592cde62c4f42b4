#pragma once

#include "support/test_database.hpp"

#include <string>

namespace cairn::test {

/// The script as psql applies it, the way its first lines say, from a file that is removed afterwards.
Finished apply_script(const TestDatabase& database, const std::string& script);

}  // namespace cairn::test
