#pragma once

#include "chain/schema.hpp"
#include "support/test_database.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cairn::test {

/// Exit code of a revision that failed and was rolled back.
inline constexpr int revision_failed = 9;

/// Whether rows are read with what says when they were made, which differs between two runs of the same seed.
enum class Times { kept, left_out };

/// One database of the chain tests, with the words they are written in. It belongs to a role without any
/// privilege: the chain must need no superuser. What goes wrong throws std::runtime_error unless said otherwise.
class ChainDatabase {
 public:
  ChainDatabase() : ChainDatabase("template1") {}
  explicit ChainDatabase(const std::string& template_name);

  /// Each asks through a session of its own, since one left open keeps the database from being copied.
  /// Every row one line, cells separated by |.
  std::vector<std::string> rows(const std::string& sql) const;
  std::string value(const std::string& sql) const;
  void execute(const std::string& sql) const { rows(sql); }
  /// What the server says against the statements; empty when it takes them.
  std::string refusal(const std::string& sql) const;

  Schema schema() const;
  /// All rows of the four schemas, as they lie.
  std::string data() const;
  /// The same in an order of their own.
  std::vector<std::string> sorted_data(Times times) const;

  /// From now on the program finds this optional seed as well.
  void offer(const std::string& seed);

  /// The program under test.
  Finished upgrade(const std::string& target, const std::map<std::string, std::string>& variables = {}) const;
  Finished downgrade(const std::string& target) const;
  /// A script of the program, which contacts no database for it; throws when it fails.
  std::string script(const std::vector<std::string>& arguments) const;
  /// psql applies it.
  Finished apply(const std::string& script) const;
  /// As above, and throw with the output when it fails.
  void require_upgrade(const std::string& target) const;
  void require_downgrade(const std::string& target) const;
  void require_apply(const std::string& script) const;

  const std::string& name() const { return database_->name(); }

 private:
  Finished cairn(const std::vector<std::string>& arguments) const;

  std::string plugins() const;

  std::unique_ptr<TestDatabase> database_;
  std::string offered_;
};

/// True when the program printed the text.
bool says(const Finished& finished, const std::string& text);

}  // namespace cairn::test
