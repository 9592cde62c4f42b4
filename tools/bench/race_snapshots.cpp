#include "measure.hpp"
#include "postgres/connection.hpp"
#include "race.hpp"
#include "schema/snapshot.hpp"
#include "support/server_programs.hpp"
#include "support/test_database.hpp"

namespace cairn::bench {

namespace {

/// 12 or 13 columns, three indexes, a primary key, a unique constraint and a foreign key.
std::string table(std::size_t number) {
  const std::string name = "t" + std::to_string(number);
  std::string text = "CREATE TABLE " + name + " (id bigint PRIMARY KEY, code text NOT NULL UNIQUE, parent bigint";
  if (number > 1) text += " REFERENCES t" + std::to_string(number - 1);
  text += ", name varchar(200) NOT NULL DEFAULT '', amount numeric(12,2), made_at timestamptz NOT NULL DEFAULT now()"
          ", active boolean NOT NULL DEFAULT true, note text, kind integer, ref uuid, data jsonb, tags text[]";
  if (number % 5 < 3) text += ", extra date";
  return text + "); CREATE INDEX ON " + name + " (parent);";
}

}  // namespace

Race race_snapshots(int rounds, std::size_t tables, Reading reading) {
  test::TestDatabase database;
  for (std::size_t number = 1; number <= tables; ++number) database.execute(table(number));
  const auto connection = open_connection(parse_database(database.url()));
  SnapshotReader reader(*connection);
  reader.read();
  const auto ours = [&] {
    if (reading == Reading::again) return time_of([&] { reader.read(); });
    return time_of([&] { read_snapshot(*open_connection(parse_database(database.url()))); });
  };
  const std::string program = test::require_server_programs().path("pg_dump");
  const auto dump = [&] { return measure({program, "--schema-only", "--file=/dev/null", database.conninfo()}).seconds; };
  Race race{.what = "snapshot of " + std::to_string(tables) + " tables" + (reading == Reading::again ? ", read again" : ""),
            .other = "pg_dump -s", .goal = 1};
  run(race, rounds, ours, dump);
  return race;
}

}  // namespace cairn::bench
