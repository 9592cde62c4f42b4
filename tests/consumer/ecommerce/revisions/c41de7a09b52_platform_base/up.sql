-- cairn: id = c41de7a09b52
-- cairn: labels = ecommerce
-- cairn: message = platform base
-- cairn: author = E-commerce platform
-- cairn: date = 2025-12-01
-- cairn: purpose = The schemas, extensions and functions that every table of the platform stands on
-- cairn: estimated_runtime = 200 ms

-- Plain CREATE SCHEMA on purpose: one that is already there holds somebody's objects, and dropping it later would not be
-- ours to decide. The server refuses, naming it.
CREATE SCHEMA ecommerce;
CREATE SCHEMA audit;
CREATE SCHEMA archive;

COMMENT ON SCHEMA ecommerce IS 'The shop: customers, products, orders, payments, stock.';
COMMENT ON SCHEMA audit IS 'Who changed what. Only appended to.';
COMMENT ON SCHEMA archive IS 'Orders that are over, out of the way of the shop.';

-- An extension exists once in a database, and other chains of revisions may live in this one. Which of the extensions this
-- chain has made itself stands here; down.sql touches no other.
CREATE TABLE ecommerce.made_extensions (name name PRIMARY KEY);
COMMENT ON TABLE ecommerce.made_extensions IS 'The extensions that were missing when the platform moved in.';

DO $extensions$
DECLARE
  wanted CONSTANT name[] := ARRAY['btree_gin', 'pgcrypto', 'uuid-ossp'];
  elsewhere text;
  moves text;
  extension name;
BEGIN
  SELECT string_agg(format('%s is in schema %I', e.extname, n.nspname), ', ' ORDER BY e.extname),
         string_agg(format('ALTER EXTENSION %I SET SCHEMA public;', e.extname), ' ' ORDER BY e.extname)
    INTO elsewhere, moves
    FROM pg_catalog.pg_extension e
    JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
   WHERE e.extname = ANY (wanted) AND n.nspname <> 'public';
  IF elsewhere IS NOT NULL THEN
    RAISE EXCEPTION 'extensions are needed in schema public: %', elsewhere
      USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Move them, then upgrade again: ' || moves;
  END IF;

  FOREACH extension IN ARRAY wanted LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = extension) THEN
      EXECUTE format('CREATE EXTENSION %I WITH SCHEMA public', extension);
      INSERT INTO ecommerce.made_extensions VALUES (extension);
    END IF;
  END LOOP;
END
$extensions$;

-- Time-ordered keys: 48 bits of Unix milliseconds, then the random bits of a version 4 UUID. Qualified throughout, so that
-- it means the same under every search_path and can still be inlined.
CREATE FUNCTION ecommerce.uuid_generate_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT pg_catalog.encode(
           pg_catalog.set_bit(pg_catalog.set_bit(
             pg_catalog.overlay(
               pg_catalog.uuid_send(pg_catalog.gen_random_uuid()),
               pg_catalog.substring(pg_catalog.int8send(
                 pg_catalog.floor(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) * 1000)::pg_catalog.int8), 3),
               1, 6),
             52, 1), 53, 1), 'hex')::pg_catalog.uuid
$$;
COMMENT ON FUNCTION ecommerce.uuid_generate_v7() IS 'A UUID of version 7: keys made later are greater.';

CREATE FUNCTION ecommerce.uuid_v7_time(id uuid) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.to_timestamp(
    ('x' || pg_catalog.substring(pg_catalog.replace(id::pg_catalog.text, '-', ''), 1, 12))::pg_catalog.bit(48)::pg_catalog.int8 / 1000.0)
$$;
COMMENT ON FUNCTION ecommerce.uuid_v7_time(uuid) IS 'When a UUID of version 7 was made.';

-- A domain, not a function: its default makes the server know that pgcrypto is in use, so that nobody drops it unnoticed.
CREATE DOMAIN ecommerce.access_token AS text
  DEFAULT encode(public.gen_random_bytes(24), 'hex')
  CONSTRAINT access_token_is_hex CHECK (VALUE ~ '^[0-9a-f]{48}$');

CREATE FUNCTION ecommerce.keep_updated_at() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END
$$;

-- Optimistic locking: UPDATE ... WHERE id = $1 AND version = $2 finds no row when somebody was faster.
CREATE FUNCTION ecommerce.raise_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END
$$;
