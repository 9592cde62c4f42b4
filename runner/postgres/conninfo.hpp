#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// `local` and `ephemeral` name servers of our own, which somebody else starts and turns into `server`.
enum class DatabaseKind { server, local, ephemeral };

/// How the user wrote it; redacted() answers in the same form.
enum class Spelling { settings, url };

struct Setting {
  std::string keyword;
  std::string value;

  bool operator==(const Setting&) const = default;
};

/// Which database, as libpq keywords and values. Holds the password: print only redacted().
struct Database {
  DatabaseKind kind = DatabaseKind::server;
  Spelling spelling = Spelling::settings;
  std::vector<Setting> settings;

  /// The value of a keyword, empty when it is not set.
  std::string value_of(std::string_view keyword) const;

  /// Fit for logs: every option that libpq calls a secret is shown as ***.
  std::string redacted() const;

  bool operator==(const Database&) const = default;
};

/// Reads every accepted spelling: postgresql://, postgres://, postgresql+driver://, keyword=value settings,
/// `local`, `ephemeral`. Throws Error(configuration); the text itself is never echoed, since it may be a secret.
Database parse_database(std::string_view text);

/// What PGDATABASE, PGSERVICE, PGHOST or PGHOSTADDR name: a Database without settings of its own,
/// since libpq reads them by itself. Nothing when none of them is set.
std::optional<Database> find_database_in_environment();

/// The settings with everything libpq adds from the environment and the service file. Holds secrets.
std::vector<Setting> read_effective_settings(const Database& database);

/// 'database "app" on "db.example" port 5432 as user "bob"', from effective settings.
std::string describe_target(const std::vector<Setting>& effective);

/// True for keywords whose value must not be shown: password, sslpassword and their like.
bool is_secret(std::string_view keyword);

/// Every keyword libpq knows.
std::vector<std::string> known_keywords();

/// The value of a keyword in a list, empty when it is not there.
std::string value_of(const std::vector<Setting>& settings, std::string_view keyword);

}  // namespace cairn
