#include "ci/shop_in_ci.hpp"

#include "support/file_text.hpp"
#include "support/server_programs.hpp"

namespace cairn::test {

namespace fs = std::filesystem;

ShopInCi::ShopInCi(const fs::path& prefix, const fs::path& folder) : prefix_(prefix), project_(folder / "shop in ci") {
  fs::remove_all(project_);
  Runner{.program = prefix_ / "bin/cairn", .directory = folder}.require("", {"init", project_.string()});
  fs::create_directory(project_ / "ci");
  fs::copy_file(CAIRN_RECIPES "/check.sh", project_ / "ci/check.sh");
  add("aaaaaaaaaaaa", "CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);\n", "DROP TABLE customers;\n");
  add_code("bbbbbbbbbbbb", "static void upgrade(cairn::Database& db) { db.execute(\"ALTER TABLE customers ADD COLUMN number bigint\"); }\n"
                           "static void downgrade(cairn::Database& db) { db.execute(\"ALTER TABLE customers DROP COLUMN number\"); }\n");
}

std::string ShopInCi::make(const std::string& id, std::vector<std::string> words) const {
  words.insert(words.begin(), {"revision", "-m", "revision " + id, "--rev-id", id});
  const std::string printed = Runner{.program = prefix_ / "bin/cairn", .directory = project_}.require("", words);
  return (project_ / printed.substr(0, printed.find('\n'))).string();
}

void ShopInCi::add(const std::string& id, const std::string& up, const std::string& down, const std::string& on) const {
  std::vector<std::string> words;
  if (!on.empty()) words = {"--head", on, "--splice"};
  const fs::path file = make(id, words);
  write_file(file, read_file(file) + up);
  write_file(file.parent_path() / "down.sql", down);
}

void ShopInCi::add_code(const std::string& id, const std::string& functions) const {
  const fs::path file = make(id, {"--cpp"});
  const std::string text = read_file(file);
  write_file(file, text.substr(0, text.find("static void upgrade")) + functions);
}

Finished ShopInCi::run(const CiJob& job) const {
  Command command{.argv = {}, .environment = without_postgres_variables(), .directory = project_, .deadline = std::chrono::minutes(3)};
  command.environment["PATH"] = (prefix_ / "bin").string() + ":" + require_server_programs().directory.string() + ":" + environment_variable("PATH");
  command.environment["CMAKE_PREFIX_PATH"] = prefix_.string();
  command.environment["CXX"] = CAIRN_COMPILER;
  for (const char* name : {"CAIRN_DATABASE", "CAIRN_PLUGINS", "DATABASE_URL"}) command.environment[name] = std::nullopt;
  if (job.has_database) command.environment["DATABASE_URL"] = database_.url();
  Finished finished;
  for (const std::string& line : job.lines) {
    command.argv = {"sh", "-c", line};
    finished = test::run(command);
    if (!finished.ok()) break;
  }
  return finished;
}

std::vector<std::string> ShopInCi::failing(const std::vector<CiJob>& jobs, std::string& printed) const {
  std::vector<std::string> failed;
  for (const CiJob& job : jobs) {
    const Finished finished = run(job);
    printed += finished.out + finished.err;
    if (!finished.ok()) failed.push_back(job.name);
  }
  return failed;
}

}  // namespace cairn::test
