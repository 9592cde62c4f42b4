#include <cairn/revision.hpp>

CAIRN_REVISION(.id = "g10_code", .down_revision = {"g10_sql"}, .message = "every call", .author = "Golden", .date = "2025-11-30",
               .purpose = "the oldest C++ revision", .estimated_ms = 20, .labels = {"golden_code"}, .verify = true)

/// Every call of the host table; what it saw ends up in the table, where the test looks for it.
static void upgrade(cairn::Database& db) {
  if (db.offline()) return;
  db.execute("CREATE TABLE golden_seen (number int, what text); INSERT INTO golden_seen VALUES (0, 'execute')");
  const uint64_t changed = db.run("UPDATE golden SET word = word || $1 WHERE id > $2", "!", 1);
  db.run("INSERT INTO golden_seen VALUES ($1, 'run')", changed);
  const cairn::Rows rows = db.query("SELECT id, nullif(word, 'one') AS word FROM golden ORDER BY id");
  db.run("INSERT INTO golden_seen VALUES ($1, $2)", rows.columns(), rows.column_name(1));
  for (const cairn::Row row : rows) db.run("INSERT INTO golden_seen VALUES ($1, $2)", row["id"].integer(), row["word"].text_or("NULL"));
  const bool done = db.savepoint([&] { db.run("INSERT INTO golden VALUES (1, 'again')"); });
  const bool kept = db.savepoint([&] { db.run("INSERT INTO golden_seen VALUES (1, 'savepoint')"); });
  db.run("INSERT INTO golden_seen VALUES (2, $1)", !done && kept ? "recovered" : "lost");

  cairn::CopyIn in = db.copy_in("COPY golden FROM STDIN");
  in.write("10\tten\n11\tel");
  in.write("even\n");
  db.run("INSERT INTO golden_seen VALUES ($1, 'copy_in')", in.finish());

  cairn::CopyOut out = db.copy_out("COPY (SELECT id FROM golden ORDER BY id) TO STDOUT");
  uint64_t bytes = 0;
  for (cairn::Text piece; out.read(piece);) bytes += piece.size;
  db.run("INSERT INTO golden_seen VALUES ($1, 'copy_out ' || $2)", out.finish(), bytes);

  db.debug("debug");
  db.log("info");
  db.notice("notice");
  db.warning("warning");
  db.progress(1, 2, "half");
  db.run("INSERT INTO golden_seen VALUES (0, $1)", db.variable("golden").value_or("no variable"));
  if (db.cancelled() || db.extension("no such extension") != nullptr) db.fail("nobody asked to stop");
}

static void verify(cairn::Database& db) {
  if (db.query("SELECT FROM golden_seen").empty()) db.fail("nothing was seen");
}

static void downgrade(cairn::Database& db) {
  if (db.variable("golden").value_or("") == "stay") db.fail("it was told to stay", "Leave out -x golden=stay.");
  db.execute("DROP TABLE golden_seen; DELETE FROM golden WHERE id >= 10; UPDATE golden SET word = trim(trailing '!' FROM word)");
}
