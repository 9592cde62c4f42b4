#pragma once

#include "cluster/server_binaries.hpp"
#include "cluster/server_user.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cairn {

enum class Durability { kept, scratch };

/// How a data directory is made: what initdb is told, what is appended to postgresql.conf, and the statements
/// (one a line) that the server then runs on template1 before anybody can connect.
struct DataRecipe {
  Durability durability = Durability::kept;
  std::vector<std::string> initdb_options;
  std::string settings;
  std::string statements;
};

/// For data that is kept: durable, with checksums.
DataRecipe kept_recipe();

/// For data that is thrown away: small and fast, and lost when the machine stops.
DataRecipe scratch_recipe();

/// Makes the data directory with its role and database. The parent must belong to the user, the target must not
/// exist. When it fails nothing usable is left there. Throws Error (configuration) with what initdb printed.
void make_data_directory(const ServerBinaries& binaries, const ServerUser& user, const std::filesystem::path& target,
                         const DataRecipe& recipe);

}  // namespace cairn
