#include "chain/chain_database.hpp"

#include "support/psql.hpp"

#include <stdexcept>

namespace cairn::test {
namespace {

TestServer& chain_server() {
  static TestServer& server = [] () -> TestServer& {
    TestServer& made = TestServer::shared();
    Session(made.conninfo("postgres")).execute("CREATE ROLE owner LOGIN");
    return made;
  }();
  return server;
}

/// What the environment says, or what CMake knew when it built this.
std::string setting(const char* name, const char* built) {
  const std::string given = environment_variable(name);
  return given.empty() ? built : given;
}

void require_done(const std::string& what, const Finished& finished) {
  if (finished.ok()) return;
  throw std::runtime_error(what + " failed with exit code " + std::to_string(finished.code) + ":\n" + finished.out +
                           finished.err);
}

std::string line_of(const Row& row) {
  std::string line;
  for (const auto& cell : row) line += (&cell == row.data() ? "" : "|") + cell.value_or("");
  return line;
}

}  // namespace

bool says(const Finished& finished, const std::string& text) {
  return (finished.out + finished.err).find(text) != std::string::npos;
}

ChainDatabase::ChainDatabase(const std::string& template_name)
    : database_(std::make_unique<TestDatabase>(chain_server(),
                                               DatabaseOptions{.template_name = template_name, .owner = "owner"})) {}

std::vector<std::string> ChainDatabase::rows(const std::string& sql) const {
  std::vector<std::string> lines;
  for (const Row& row : Session(database_->conninfo()).query(sql)) lines.push_back(line_of(row));
  return lines;
}

std::string ChainDatabase::value(const std::string& sql) const { return Session(database_->conninfo()).value(sql); }

std::string ChainDatabase::refusal(const std::string& sql) const {
  Session session(database_->conninfo());
  try {
    session.execute(sql);
  } catch (const SessionError& error) {
    return error.what();
  }
  return "";
}

Schema ChainDatabase::schema() const { return read_schema(*database_); }

std::string ChainDatabase::data() const {
  return database_->dump({"--data-only", "--inserts", "--schema=core", "--schema=acct", "--schema=inv", "--schema=pos"});
}

std::vector<std::string> ChainDatabase::sorted_data(Times times) const {
  const std::string left_out = times == Times::left_out ? " - 'created_at' - 'updated_at'" : "";
  std::vector<std::string> all;
  for (const std::string& table : rows(R"(SELECT schemaname || '.' || tablename FROM pg_tables
                                          WHERE schemaname IN ('core', 'acct', 'inv', 'pos') ORDER BY 1)"))
    for (const std::string& row : rows("SELECT to_jsonb(t)" + left_out + " FROM " + table + " AS t ORDER BY 1"))
      all.push_back(table + " " + row);
  return all;
}

void ChainDatabase::offer(const std::string& seed) { offered_ += ":" CAIRN_TEST_OPTIONAL_SEEDS "/" + seed; }

std::string ChainDatabase::plugins() const { return setting("CAIRN_PLUGINS", CAIRN_TEST_PLUGINS) + offered_; }

Finished ChainDatabase::cairn(const std::vector<std::string>& arguments) const {
  Command command{.argv = {setting("CAIRN_BIN", CAIRN_TEST_BIN), "--database", database_->url()},
                  .environment = without_postgres_variables()};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.environment["CAIRN_PLUGINS"] = plugins();
  return run(command);
}

Finished ChainDatabase::upgrade(const std::string& target, const std::map<std::string, std::string>& variables) const {
  std::vector<std::string> arguments;
  for (const auto& [key, value] : variables) arguments.insert(arguments.end(), {"-x", key + "=" + value});
  arguments.insert(arguments.end(), {"upgrade", target});
  return cairn(arguments);
}

Finished ChainDatabase::downgrade(const std::string& target) const { return cairn({"downgrade", target}); }

std::string ChainDatabase::script(const std::vector<std::string>& arguments) const {
  Command command{.argv = {setting("CAIRN_BIN", CAIRN_TEST_BIN)}, .environment = without_postgres_variables()};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.environment["CAIRN_PLUGINS"] = plugins();
  const Finished finished = run(command);
  require_done("the script", finished);
  return finished.out;
}

Finished ChainDatabase::apply(const std::string& script) const { return apply_script(*database_, script); }

void ChainDatabase::require_apply(const std::string& script) const { require_done("psql", apply(script)); }

void ChainDatabase::require_upgrade(const std::string& target) const { require_done("upgrade " + target, upgrade(target)); }

void ChainDatabase::require_downgrade(const std::string& target) const {
  require_done("downgrade " + target, downgrade(target));
}

}  // namespace cairn::test
