#include "observe/effect_case.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

const EffectCase rows[] = {
    {users, "INSERT INTO users (id) VALUES (11), (12)",
     {"lock RowExclusiveLock on table public.users",
      "writes 2 rows into table public.users (2 inserted)"}},
    {users, "UPDATE users SET age = 1 WHERE id < 4",
     {"lock RowExclusiveLock on table public.users",
      "lock RowExclusiveLock on index public.users_pkey",
      "writes 3 rows into table public.users (3 updated)"}},
    {users, "UPDATE users SET age = 1 WHERE age < 4",
     {"lock RowExclusiveLock on table public.users",
      "lock RowExclusiveLock on index public.users_pkey",
      "reads table public.users wholly, 10 rows",
      "writes 3 rows into table public.users (3 updated)"}},
    {users, "DELETE FROM users",
     {"lock RowExclusiveLock on table public.users",
      "lock RowExclusiveLock on index public.users_pkey",
      "reads table public.users wholly, 10 rows",
      "writes 10 rows into table public.users (10 deleted)"}},
    {users, "INSERT INTO users (id) VALUES (1) ON CONFLICT DO NOTHING", {"lock RowExclusiveLock on table public.users"}},
    {users, "COPY users (id, name) FROM stdin;\n11\tx\n12\ty\n\\.\n",
     {"lock RowExclusiveLock on table public.users",
      "writes 2 rows into table public.users (2 inserted)"}},
    {users, "MERGE INTO users USING (VALUES (1), (11)) v (id) ON users.id = v.id WHEN MATCHED THEN UPDATE SET age = 0 WHEN NOT"
     " MATCHED THEN INSERT (id) VALUES (v.id)",
     {"lock RowExclusiveLock on table public.users",
      "lock RowExclusiveLock on index public.users_pkey",
      "writes 2 rows into table public.users (1 inserted, 1 updated)"}},
    {users, "CREATE TABLE copy AS SELECT * FROM users",
     {"lock AccessExclusiveLock on fresh table public.copy",
      "lock AccessShareLock on table public.users",
      "lock AccessShareLock on index public.users_pkey",
      "reads table public.users wholly, 10 rows",
      "writes 10 rows into fresh table public.copy (10 inserted)"}},
    {users, "CREATE TABLE child (u int REFERENCES users ON DELETE CASCADE); INSERT INTO child VALUES (1);"
     " DELETE FROM users WHERE id = 1",
     {"lock RowExclusiveLock on table public.users",
      "lock RowExclusiveLock on index public.users_pkey",
      "reads fresh table public.child wholly, 1 row",
      "writes 1 row into table public.users (1 deleted)",
      "writes 1 row into fresh table public.child (1 deleted)"}},
    {users, "TRUNCATE users",
     {"lock AccessExclusiveLock on table public.users",
      "lock ShareLock on table public.users",
      "lock AccessExclusiveLock on index public.users_pkey",
      "rewrites table public.users (truncate)"}},
    {users, "ALTER TABLE users ALTER age TYPE bigint; TRUNCATE TABLE ONLY public . users, \"users\" CASCADE",
     {"rewrites table public.users (truncate)"}},
    {users, "CREATE TABLE fresh (a int); INSERT INTO fresh VALUES (1); TRUNCATE fresh",
     {"rewrites fresh table public.fresh (truncate)"}},
    {users, "SAVEPOINT a; UPDATE users SET age = 1; ROLLBACK TO a", {}},
};

TEST(StatementEffects, are_seen_of_rows) { expect_effects(rows); }

const EffectCase drops_and_names[] = {
    {users, "CREATE VIEW v AS SELECT * FROM users; DROP TABLE users CASCADE",
     {"lock AccessExclusiveLock on table public.users",
      "lock AccessExclusiveLock on index public.users_pkey",
      "drops table public.users",
      "drops view public.v, by cascade"}},
    {users, "ALTER TABLE users ADD CHECK (age > 0), ADD UNIQUE (name), ALTER code SET DEFAULT 'x'; DROP TABLE users",
     {"lock AccessExclusiveLock on index public.users_pkey",
      "drops table public.users"}},
    {users, "ALTER TABLE users ADD CHECK (age >= id), ALTER age SET DEFAULT 5; ALTER TABLE users DROP COLUMN age",
     {"drops column age of table public.users (integer)",
      "drops check users_check of table public.users"}},
    {users, "CREATE TABLE child (u int REFERENCES users); CREATE VIEW v AS SELECT * FROM users; CREATE VIEW w AS TABLE v;"
            "DROP TABLE users CASCADE",
     {"lock AccessExclusiveLock on table public.users",
      "lock AccessExclusiveLock on index public.users_pkey",
      "drops foreign key child_u_fkey of fresh table public.child to public.users",
      "drops table public.users",
      "drops table constraint child_u_fkey on public.child, by cascade",
      "drops view public.v, by cascade",
      "drops view public.w, by cascade"}},
    {users, "CREATE VIEW v AS SELECT * FROM users; ALTER TABLE users DROP COLUMN age CASCADE",
     {"lock AccessExclusiveLock on table public.users",
      "drops column age of table public.users (integer)",
      "drops view public.v, by cascade"}},
    {users, "CREATE TYPE mood AS ENUM ('a'); ALTER TABLE users ADD m mood; DROP TYPE mood CASCADE",
     {"drops column m of table public.users (public.mood)",
      "drops type public.mood",
      "drops table column public.users.m, by cascade"}},
    {"CREATE SCHEMA s; CREATE TABLE s.t (id serial PRIMARY KEY);"
     " CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "DROP SCHEMA s CASCADE",
     {"lock AccessExclusiveLock on table s.t",
      "lock AccessExclusiveLock on sequence s.t_id_seq",
      "lock AccessExclusiveLock on index s.t_pkey",
      "drops schema s",
      "drops table s.t, by cascade",
      "drops sequence s.t_id_seq, by cascade",
      "drops function s.f(), by cascade"}},
    {"CREATE EXTENSION citext; CREATE TABLE t (a citext, b int)", "DROP EXTENSION citext CASCADE",
     {"lock AccessExclusiveLock on table public.t",
      "drops column a of table public.t (public.citext)",
      "drops extension citext",
      "drops table column public.t.a, by cascade"}},
    {"CREATE EXTENSION citext; CREATE TABLE t (a int); ALTER EXTENSION citext ADD TABLE t", "DROP EXTENSION citext",
     {"lock AccessExclusiveLock on table public.t",
      "drops extension citext",
      "drops table public.t, by cascade"}},
    {"CREATE SCHEMA s; CREATE EXTENSION citext SCHEMA s", "DROP SCHEMA s CASCADE",
     {"drops schema s",
      "drops extension citext, by cascade"}},
    {users, "ALTER TABLE users RENAME TO people",
     {"lock AccessExclusiveLock on table public.users",
      "renames table public.users to public.people"}},
    {users, "CREATE SCHEMA s; ALTER TABLE users SET SCHEMA s",
     {"lock AccessExclusiveLock on table public.users",
      "renames table public.users to s.users",
      "renames index public.users_pkey to s.users_pkey"}},
    {"CREATE SCHEMA s; CREATE TABLE s.t (id serial PRIMARY KEY)", "ALTER SCHEMA s RENAME TO \"S\"",
     {"renames schema s to \"S\""}},
    {"CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (m mood DEFAULT 'a')", "ALTER TYPE mood RENAME TO feeling",
     {"renames type public.mood to public.feeling"}},
    {"CREATE TYPE mood AS ENUM ('a')", "ALTER TYPE mood ADD VALUE 'b'", {"adds value b of type public.mood"}},
    {"CREATE TYPE mood AS ENUM ('a')", "ALTER TYPE mood RENAME VALUE 'a' TO 'b'", {"renames value a of type public.mood to b"}},
};

TEST(StatementEffects, are_seen_of_drops_and_names) { expect_effects(drops_and_names); }

const EffectCase views_and_partitions[] = {
    {users, "CREATE VIEW v AS SELECT * FROM users",
     {"lock AccessShareLock on table public.users",
      "lock AccessExclusiveLock on fresh view public.v"}},
    {users, "CREATE MATERIALIZED VIEW m AS SELECT * FROM users",
     {"lock AccessExclusiveLock on fresh materialized view public.m",
      "lock AccessShareLock on table public.users",
      "lock AccessShareLock on index public.users_pkey",
      "reads table public.users wholly, 10 rows",
      "writes 10 rows into fresh materialized view public.m (10 inserted)"}},
    {viewed, "REFRESH MATERIALIZED VIEW m",
     {"lock AccessExclusiveLock on materialized view public.m",
      "lock AccessShareLock on materialized view public.m",
      "lock ExclusiveLock on materialized view public.m",
      "lock ShareLock on materialized view public.m",
      "lock AccessShareLock on table public.users",
      "rewrites materialized view public.m (refresh)",
      "reads table public.users wholly, 1 row",
      "writes 1 row into materialized view public.m (1 inserted)"}},
    {parts, "ALTER TABLE p ATTACH PARTITION more FOR VALUES IN (2)",
     {"lock AccessExclusiveLock on table public.more",
      "lock ShareUpdateExclusiveLock on partitioned table public.p",
      "reads table public.more wholly, 1 row"}},
    {parts, "ALTER TABLE more ADD CONSTRAINT c CHECK (a IS NOT NULL AND a = 2);"
     " ALTER TABLE p ATTACH PARTITION more FOR VALUES IN (2)",
     {"lock ShareUpdateExclusiveLock on partitioned table public.p"}},
    {parts, "DROP TABLE p",
     {"lock AccessExclusiveLock on table public.one",
      "lock AccessExclusiveLock on partitioned table public.p",
      "drops table public.p",
      "drops table public.one, by cascade"}},
    {parts, "CREATE INDEX ON p (b)",
     {"lock ShareLock on table public.one",
      "lock AccessExclusiveLock on fresh index public.one_b_idx",
      "lock ShareLock on partitioned table public.p",
      "lock AccessExclusiveLock on fresh index public.p_b_idx",
      "lock ShareUpdateExclusiveLock on fresh index public.p_b_idx",
      "reads table public.one wholly, 1 row",
      "makes index public.p_b_idx of partitioned table public.p",
      "makes index public.one_b_idx of table public.one"}},
};

TEST(StatementEffects, are_seen_of_views_and_partitions) { expect_effects(views_and_partitions); }

const EffectCase code_in_the_database[] = {
    {users, "DO $$ BEGIN UPDATE users SET age = 2; ALTER TABLE users ALTER age TYPE bigint; CREATE INDEX i ON users (age); END $$",
     {"lock AccessExclusiveLock on fresh index public.i",
      "lock AccessExclusiveLock on table public.users",
      "lock RowExclusiveLock on table public.users",
      "lock ShareLock on table public.users",
      "lock AccessExclusiveLock on index public.users_pkey",
      "lock RowExclusiveLock on index public.users_pkey",
      "rewrites table public.users (type)",
      "reads table public.users wholly, 40 rows",
      "writes 10 rows into table public.users (10 updated)",
      "retypes column age of table public.users (integer to bigint)",
      "rebuilds unique index public.users_pkey of table public.users, for a constraint",
      "makes index public.i of table public.users"}},
    {users, "DO $$ BEGIN TRUNCATE users; END $$",
     {"lock AccessExclusiveLock on table public.users",
      "lock ShareLock on table public.users",
      "lock AccessExclusiveLock on index public.users_pkey",
      "rewrites table public.users",
      "reads table public.users wholly, 0 rows",
      "rebuilds unique index public.users_pkey of table public.users, for a constraint"}},
    {users, "CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
     {"lock ShareRowExclusiveLock on table public.users"}},
};

TEST(StatementEffects, are_seen_of_code_in_the_database) { expect_effects(code_in_the_database); }

const EffectCase only_what_is_the_users[] = {
    {users, "CREATE TEMP TABLE x (a int PRIMARY KEY); INSERT INTO x VALUES (1); DROP TABLE x", {}},
    {"CREATE TABLE alembic_version (version_num text PRIMARY KEY);"
     " CREATE TABLE cairn_journal (id bigserial)", "ALTER TABLE alembic_version ADD x serial;"
     " INSERT INTO cairn_journal DEFAULT VALUES", {}},
    {users, "SELECT count(*) FROM pg_class", {}},
    {users, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", {}},

};

TEST(StatementEffects, are_seen_of_only_what_is_the_users) { expect_effects(only_what_is_the_users); }

}  // namespace
}  // namespace cairn::test
