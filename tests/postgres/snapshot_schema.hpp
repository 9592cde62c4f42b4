#pragma once

namespace cairn::test {

/// Roles belong to the server, not to a database: made once.
constexpr const char* snapshot_roles = R"(
CREATE ROLE reader; CREATE ROLE other; CREATE ROLE stranger LOGIN;)";

/// One of everything that a schema can hold.
constexpr const char* snapshot_schema = R"(
CREATE SCHEMA s;
COMMENT ON SCHEMA s IS 'ours';
CREATE TYPE s.mood AS ENUM ('sad', 'ok');
CREATE TYPE s.pair AS (a int, b text);
CREATE TYPE s.span AS RANGE (subtype = float8);
CREATE DOMAIN s.amount AS numeric(12,2) DEFAULT 0 CONSTRAINT positive CHECK (VALUE >= 0);
CREATE SEQUENCE s.numbers;
CREATE TABLE s.people (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name varchar(40) NOT NULL DEFAULT 'é; ''quoted''',
  "Odd Name" s.mood,
  born timestamptz DEFAULT '2020-01-01 00:00+00',
  pause interval DEFAULT '1 day 02:00',
  bytes bytea DEFAULT '\x00ff',
  twice bigint GENERATED ALWAYS AS (1 + 1) STORED,
  spare int,
  CONSTRAINT named CHECK (name <> ''));
COMMENT ON COLUMN s.people.name IS 'what they are called';
CREATE TABLE s.orders (id serial PRIMARY KEY, person bigint CONSTRAINT orders_person REFERENCES s.people, total s.amount,
  note text, during tstzrange, EXCLUDE USING gist (during WITH &&));
CREATE INDEX orders_note ON s.orders (lower(note)) WHERE total > 0;
COMMENT ON INDEX s.orders_note IS 'for search';
CREATE TABLE s.events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE s.events_2020 PARTITION OF s.events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE s.events_2021 (at date NOT NULL, what text);
CREATE INDEX events_at ON s.events (at);
CREATE TABLE s.heir (more int) INHERITS (s.people);
CREATE UNLOGGED TABLE s.fast (a int);
CREATE VIEW s.names AS SELECT id, name FROM s.people;
CREATE MATERIALIZED VIEW s.totals AS SELECT person, sum(total) FROM s.orders GROUP BY 1;
CREATE FUNCTION s.half(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x / 2';
CREATE FUNCTION s.body(x int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN x > 0 THEN 1 ELSE 2 END; END;
CREATE PROCEDURE s.clean() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM s.orders; END $$;
CREATE FUNCTION s.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE FUNCTION s.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE AGGREGATE s.total(int) (sfunc = int4pl, stype = int, initcond = '0');
CREATE TRIGGER touched BEFORE UPDATE ON s.people FOR EACH ROW EXECUTE FUNCTION s.touch();
CREATE RULE no_delete AS ON DELETE TO s.people DO INSTEAD NOTHING;
ALTER TABLE s.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON s.orders FOR SELECT TO reader USING (total > 10);
CREATE EVENT TRIGGER watching ON ddl_command_start EXECUTE FUNCTION s.watch();
CREATE PUBLICATION changes FOR TABLE s.orders (id, total) WHERE (id > 0);
CREATE STATISTICS s.related (dependencies) ON name, born FROM s.people;
CREATE OPERATOR s.<~> (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl);
CREATE OPERATOR FAMILY s.family USING btree;
CREATE OPERATOR CLASS s.class FOR TYPE int USING btree FAMILY s.family AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
CREATE CAST (s.mood AS int) WITH INOUT AS ASSIGNMENT;
CREATE COLLATION s.plain (provider = icu, locale = 'en-u-kn-true');
CREATE CONVERSION s.conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TEXT SEARCH DICTIONARY s.dict (TEMPLATE = simple, accept = false);
CREATE TEXT SEARCH CONFIGURATION s.search (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION s.search ADD MAPPING FOR word WITH s.dict;
CREATE FOREIGN DATA WRAPPER wrapper OPTIONS (a 'b');
CREATE SERVER far FOREIGN DATA WRAPPER wrapper OPTIONS (host 'there');
CREATE USER MAPPING FOR reader SERVER far OPTIONS (password 'top-secret');
CREATE FOREIGN TABLE s.remote (a int OPTIONS (x 'y')) SERVER far OPTIONS (t 'u');
GRANT SELECT ON s.people TO reader;
GRANT UPDATE (name) ON s.people TO reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO reader;
)";

}  // namespace cairn::test
