#include "support/psql.hpp"

#include "support/file_text.hpp"

namespace cairn::test {

Finished apply_script(const TestDatabase& database, const std::string& script) {
  const TemporaryDirectory folder;
  const std::filesystem::path file = folder / "script.sql";
  write_file(file, script);
  return run({.argv = {require_server_programs().path("psql"), "-X", "-v", "ON_ERROR_STOP=1", "-f", file.string(), database.conninfo()},
              .environment = without_postgres_variables()});
}

}  // namespace cairn::test
