#include "lint/finding.hpp"

namespace cairn {

namespace {

// Errors are only what loses rows that nobody named. What blocks or breaks running applications is a warning, since a table may
// be small, or nobody awake; the rest are notes.
constexpr Rule table[] = {
    {"index-blocks-writes", Level::warning, "an index is built while writes wait",
     "CREATE INDEX keeps every INSERT, UPDATE and DELETE of the table waiting until the last row is in the index.",
     "`-- cairn: transaction = none` and `CREATE INDEX CONCURRENTLY users_email ON users (email);`"},
    {"index-drop-locks", Level::note, "an index is dropped under an exclusive lock",
     "DROP INDEX waits for every query that reads the table, and all that come later wait behind it.",
     "`-- cairn: transaction = none` and `DROP INDEX CONCURRENTLY users_email;`"},
    {"index-rebuild-locks", Level::warning, "an index is built anew while others wait",
     "REINDEX keeps writes of the table waiting, and reads that would use the index; a change of type that leaves the rows alone may "
     "still build the indexes anew.",
     "`-- cairn: transaction = none` and `REINDEX INDEX CONCURRENTLY users_email;`"},
    {"check-scans", Level::warning, "a check constraint is validated at once",
     "ADD CONSTRAINT ... CHECK reads every row while nobody can read or write the table.",
     "`ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17) NOT VALID;` and in a later revision "
     "`ALTER TABLE users VALIDATE CONSTRAINT adult;`, which lets others read and write."},
    {"foreign-key-scans", Level::warning, "a foreign key is validated at once",
     "Both tables cannot be written while every row of the one is looked up in the other.",
     "`ALTER TABLE orders ADD FOREIGN KEY (buyer) REFERENCES users NOT VALID;` and in a later revision "
     "`ALTER TABLE orders VALIDATE CONSTRAINT orders_buyer_fkey;`"},
    {"not-null-scans", Level::warning, "SET NOT NULL reads the whole table",
     "Nobody can read or write the table while every row is looked at for NULL.",
     "`ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID;`, in a later revision "
     "`ALTER TABLE users VALIDATE CONSTRAINT named;`, and then `ALTER TABLE users ALTER name SET NOT NULL;`, which reads no row. Drop the "
     "constraint by a statement of its own: in the same one it would be gone too early."},
    {"constraint-builds-index", Level::warning, "a unique constraint or primary key builds its index under an exclusive lock",
     "Nobody can read or write the table until the index is complete.",
     "`CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email);` and in a later revision "
     "`ALTER TABLE users ADD CONSTRAINT users_email UNIQUE USING INDEX users_email;`"},
    {"exclusion-builds-index", Level::warning, "an exclusion constraint is added to a table that is there",
     "Its index is built, and every row compared with the others, while nobody can read or write the table. There is no way to do "
     "that beside running applications.",
     "Make a new table with the constraint, copy the rows in batches, and let applications change over; or accept it with the size "
     "of the table."},
    {"primary-key-scans", Level::warning, "a primary key reads the whole table for NULL",
     "USING INDEX saves building the index, but columns that may be NULL are looked through while nobody can read or write the table.",
     "Make the columns NOT NULL before, in the way that not-null-scans tells; then "
     "`ALTER TABLE users ADD PRIMARY KEY USING INDEX users_id;` reads no row."},
    {"attach-scans", Level::warning, "a partition is looked through when it is attached",
     "Nobody can read or write the partition while every row is checked against its bounds.",
     "`ALTER TABLE events_may ADD CONSTRAINT may CHECK (at >= '2026-05-01' AND at < '2026-06-01') NOT VALID;`, validate it in a later "
     "revision, and then `ATTACH PARTITION` reads no row."},
    {"table-rewritten", Level::warning, "a table is written anew",
     "Every row and every index is written again while nobody can read or write the table, which needs as much space once more.",
     "Add a new column that may be NULL, fill it in batches, and let applications change over: `ALTER TABLE users ADD COLUMN token "
     "uuid;`, then `ALTER TABLE users ALTER token SET DEFAULT gen_random_uuid();` for new rows."},
    {"refresh-blocks-reads", Level::warning, "a materialized view cannot be read while it is refreshed",
     "REFRESH holds an exclusive lock until its query has run to its end.",
     "`REFRESH MATERIALIZED VIEW CONCURRENTLY totals;`, which needs a unique index without WHERE on the view."},
    {"table-locked", Level::warning, "a table is locked by LOCK TABLE",
     "All that others want to write, and in the strongest mode to read, waits until the revision has committed.",
     "Leave LOCK TABLE out: each statement takes the lock that it needs."},
    {"lock-held-on", Level::warning, "a lock is held on during further work",
     "A lock lasts until the revision commits. What was a moment for ALTER TABLE alone becomes as long as all the work behind it.",
     "Put the work into a revision of its own, and ALTER TABLE last in its revision."},
    {"backfill-locks", Level::warning, "rows are filled in while a table is locked",
     "Writing many rows takes long, and a lock that an ALTER TABLE before has taken keeps readers and writers out all the time.",
     "Two revisions: `ALTER TABLE users ADD COLUMN state text;`, and `UPDATE users SET state = 'new' WHERE state IS NULL;`, large "
     "tables in batches."},
    {"all-rows-updated", Level::warning, "every row of a table is updated",
     "An UPDATE without WHERE locks every row until it has committed and leaves as many dead ones behind.",
     "A column with one value for all takes it as a default, without touching rows: `ALTER TABLE users ADD COLUMN state text DEFAULT "
     "'new';`. Else say which rows, `WHERE state IS NULL`, and go in batches."},
    {"all-rows-deleted", Level::warning, "every row of a table is deleted",
     "A DELETE without WHERE takes the rows that applications have written, too, and a downgrade cannot bring them back.",
     "`DELETE FROM users WHERE id IN (...)`: name the rows that are meant."},
    {"table-truncated", Level::warning, "a table is emptied",
     "TRUNCATE takes every row, whoever wrote it, and a downgrade cannot bring them back; nobody can read the table until the revision "
     "has committed.",
     "`DELETE FROM users WHERE ...`: name the rows that are meant."},
    {"truncate-cascades", Level::error, "TRUNCATE empties tables that nobody named",
     "CASCADE takes the rows of every table that refers to the one named, and of those that refer to these: the next foreign key that "
     "somebody adds makes it more.",
     "Leave CASCADE out and name each table: `TRUNCATE orders, order_lines;`"},
    {"cascade-loses-data", Level::error, "CASCADE drops columns or tables that nobody named",
     "Their rows are gone, and nothing in the revision says so.",
     "Leave CASCADE out; the server then says what stands in the way, and each can be dropped by name."},
    {"drop-cascades", Level::warning, "CASCADE drops what nobody named",
     "Views, functions and constraints of others go, and nothing in the revision says so.",
     "Leave CASCADE out; the server then says what stands in the way, and each can be dropped by name."},
    {"table-dropped", Level::warning, "a table is dropped",
     "Applications that still use it fail, and a downgrade brings it back without its rows.",
     "Release applications that do not use it, then drop it in a revision with `-- cairn: phase = contract`."},
    {"view-dropped", Level::warning, "a view is dropped",
     "Applications that still use it fail.",
     "Release applications that do not use it, then drop it in a revision with `-- cairn: phase = contract`."},
    {"column-dropped", Level::warning, "a column is dropped",
     "Applications that still read or write it fail, and a downgrade brings it back without its values.",
     "Release applications that do not use it, then drop it in a revision with `-- cairn: phase = contract`."},
    {"column-renamed", Level::warning, "a column is renamed",
     "Applications that use the old name fail at once, those that use the new one failed until now.",
     "Add a column of the new name, write both, copy, read the new one, and drop the old one: expand, switch, contract."},
    {"table-renamed", Level::warning, "a table or view is renamed or moved to another schema",
     "Applications that use the old name fail at once, those that use the new one failed until now.",
     "In the same revision `CREATE VIEW users AS SELECT * FROM customers;` keeps the old name alive until nobody uses it."},
    {"schema-renamed", Level::warning, "a schema is renamed",
     "Everything in it has another name from one moment to the next.",
     "Make the new schema, and move its tables one by one, each with a view under the old name."},
    {"type-renamed", Level::warning, "a type is renamed",
     "Applications that cast to the old name, as `'paid'::state`, fail.",
     "Leave the name; or make a new type and columns of it: expand, switch, contract."},
    {"column-retyped", Level::warning, "the type of a column changes",
     "Running applications meet values of a type that they do not expect, and prepared statements fail once with \"cached plan must not "
     "change result type\".",
     "Add a column of the new type, write both, copy, read the new one, and drop the old one: expand, switch, contract."},
    {"column-needs-value", Level::warning, "a column that must have a value is added without one",
     "NOT NULL without a default works on an empty table only; elsewhere the revision fails.",
     "`ALTER TABLE users ADD COLUMN state text NOT NULL DEFAULT 'new';`, which writes no row."},
    {"enum-value-renamed", Level::warning, "a value of an enum type is renamed",
     "Applications that write or compare the old value fail at once.",
     "`ALTER TYPE state ADD VALUE 'archived';`, let applications write it, then update the rows."},
    {"column-json", Level::note, "a column is added as json",
     "json has no equality: SELECT DISTINCT, UNION and GROUP BY over whole rows of the table fail from now on.",
     "`ALTER TABLE users ADD COLUMN settings jsonb;`"},
    {"alter-in-one", Level::note, "a table is altered several times where once would do",
     "Each ALTER TABLE that reads or writes the rows goes through all of them again, under the same lock.",
     "`ALTER TABLE users ALTER name SET NOT NULL, ALTER email SET NOT NULL;`"},
    {"foreign-key-without-index", Level::note, "a foreign key has no index on its columns",
     "A DELETE or a change of key in the table that it refers to looks through the whole table, and locks while it does.",
     "`CREATE INDEX CONCURRENTLY orders_buyer ON orders (buyer);`; accept it where the other table is never deleted from."},
    {"index-wide", Level::note, "an index that is not unique has more than three columns",
     "The columns behind the first ones seldom find anything, and every write pays for them.",
     "Keep the one or two columns that select most; `INCLUDE (...)` holds what is only read along."},
    {"accepts-nothing", Level::note, "a revision accepts a finding that is not there",
     "A misspelt rule accepts nothing, and one that finds nothing today would hide what it finds tomorrow.",
     "Correct the name of the rule, or take the line out."},
};

}  // namespace

std::span<const Rule> hazard_rules() { return table; }

}  // namespace cairn
