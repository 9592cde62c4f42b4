#include "support/runner.hpp"

#include "support/server_programs.hpp"

#include <stdexcept>

namespace cairn::test {

Finished Runner::run(const std::string& database, std::vector<std::string> words) const {
  Command command{.argv = {program.string()}, .environment = without_postgres_variables(), .directory = directory, .deadline = deadline};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  command.argv.insert(command.argv.end(), options.begin(), options.end());
  for (const char* name : {"DATABASE_URL", "CAIRN_PLUGINS"}) command.environment[name] = std::nullopt;
  command.environment["CAIRN_DATABASE"] = database;
  for (const auto& [name, value] : environment) command.environment[name] = value;
  return test::run(command);
}

std::string Runner::require(const std::string& database, std::vector<std::string> words) const {
  const std::string named = words.empty() ? "cairn" : "cairn " + words.front();
  Finished finished = run(database, std::move(words));
  if (!finished.ok())
    throw std::runtime_error(named + " ended with " + std::to_string(finished.code) + ":\n" + finished.out + finished.err);
  return std::move(finished.out);
}

}  // namespace cairn::test
