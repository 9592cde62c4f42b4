#include "cluster/data_directory.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "cluster/file_rights.hpp"
#include "cluster/postmaster.hpp"
#include "cluster/program.hpp"

#include <fmt/core.h>

#include <fstream>

namespace cairn {

namespace fs = std::filesystem;

namespace {

constexpr auto initdb_patience = std::chrono::minutes(3);   // seconds, but for a slow disk that must flush

/// Trust is safe here because the socket's directory is open to the server's user only. The C locale behaves the
/// same on every machine.
const std::vector<std::string> common_options{"-N", "-U", private_role, "-A",   "trust",
                                              "--no-locale", "-E", "UTF8"};

void require_success(const ProgramResult& result, const std::string& task) {
  if (result.exit_code == 0) return;
  throw Error(Category::configuration, fmt::format("{} failed (exit code {})", task, result.exit_code))
      .detail(printable(result.output, 4096));
}

void run_initdb(const ServerBinaries& binaries, const ServerUser& user, const fs::path& target, const DataRecipe& recipe) {
  std::vector<std::string> arguments{binaries.program("initdb"), "-D", target.string()};
  arguments.insert(arguments.end(), recipe.initdb_options.begin(), recipe.initdb_options.end());
  require_success(run_program({std::move(arguments), {}, initdb_patience}, user), "initdb");
}

void append_settings(const fs::path& target, const std::string& settings) {
  std::ofstream file(target / "postgresql.conf", std::ios::binary | std::ios::app);
  file << "\n# For a private server of cairn:\n" << settings;
  if (!file.flush())
    throw Error(Category::configuration, fmt::format("cannot write {}", (target / "postgresql.conf").string()));
}

void run_statements(const ServerBinaries& binaries, const ServerUser& user, const fs::path& target,
                    const std::string& statements) {
  std::vector<std::string> arguments{binaries.program("postgres"), "--single", "-c", "exit_on_error=on",
                                     "-c", "fsync=off", "-D", target.string(), "template1"};
  require_success(run_program({std::move(arguments), statements, initdb_patience}, user), "preparing a new server");
}

/// Once, when all is there: a slow disk would otherwise be waited for at every step.
void flush_to_disk(const ServerBinaries& binaries, const ServerUser& user, const fs::path& target) {
  require_success(run_program({{binaries.program("initdb"), "--sync-only", "-D", target.string()}, {}, initdb_patience}, user),
                  "flushing a new server's data to disk");
}

DataRecipe make_recipe(Durability durability, const std::vector<std::string>& options) {
  DataRecipe recipe{durability, common_options, {}, {}};
  recipe.initdb_options.insert(recipe.initdb_options.end(), options.begin(), options.end());
  return recipe;
}

}  // namespace

DataRecipe kept_recipe() {
  DataRecipe recipe = make_recipe(Durability::kept, {"--data-checksums"});
  recipe.settings = "shared_buffers = 32MB\nmin_wal_size = 32MB\nmax_wal_size = 256MB\n";
  recipe.statements = fmt::format("CREATE DATABASE {};\n", private_database);
  return recipe;
}

DataRecipe scratch_recipe() {
  DataRecipe recipe = make_recipe(Durability::scratch, {"--wal-segsize=1"});
  recipe.settings =
      "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\nwal_level = minimal\n"
      "max_wal_senders = 0\nshared_buffers = 16MB\ndynamic_shared_memory_type = mmap\nmin_wal_size = 2MB\nmax_wal_size = 256MB\n"
      "timezone = 'UTC'\nlog_timezone = 'UTC'\n";
  // What is not there need not be copied: template0 is a third of a new server.
  recipe.statements = fmt::format(
      "ALTER DATABASE postgres RENAME TO {};\n"
      "UPDATE pg_catalog.pg_database SET datistemplate = false WHERE datname = 'template0';\n"
      "DROP DATABASE template0;\n",
      private_database);
  return recipe;
}

void make_data_directory(const ServerBinaries& binaries, const ServerUser& user, const fs::path& target,
                         const DataRecipe& recipe) {
  run_initdb(binaries, user, target, recipe);
  const FileRights identity(user);
  append_settings(target, recipe.settings);
  run_statements(binaries, user, target, recipe.statements);
  if (recipe.durability == Durability::kept) flush_to_disk(binaries, user, target);
}

}  // namespace cairn
