-- cairn: id = 000000000001
-- cairn: message = baseline schema collapse
-- cairn: author = ArcoirisPOS
-- cairn: date = 2025-11-30
-- cairn: purpose = The four schemas and the two extensions everything later stands on, and nothing else
-- cairn: estimated_runtime = 100 ms

-- Frozen. No table, type, sequence or row ever goes in here; schema work starts after 37a02ec8662a.

-- Plain CREATE SCHEMA on purpose: a schema that is already there holds somebody's objects, and the
-- downgrade would have to decide whether to drop them. The server refuses instead, naming the schema.
CREATE SCHEMA core;
CREATE SCHEMA acct;
CREATE SCHEMA inv;
CREATE SCHEMA pos;

COMMENT ON SCHEMA acct IS 'Accounting: chart of accounts, journal, bank accounts, customer balances.';
COMMENT ON SCHEMA inv IS 'Inventory: items, locations, stock.';
COMMENT ON SCHEMA pos IS 'Point of sale: customers, taxes, terminals, sales, payments.';

-- Extensions are shared by the whole database, so one that is already there is used, not refused. It is
-- not ours to drop later: the comment of schema core says which were found, and down.sql reads it there.
-- One in another schema than public is refused, because the tables name public.citext.
DO $found$
DECLARE
  elsewhere text;
  moves text;
  names text;
BEGIN
  SELECT string_agg(format('%s is in schema %I', e.extname, n.nspname), ', ' ORDER BY e.extname),
         string_agg(format('ALTER EXTENSION %I SET SCHEMA public;', e.extname), ' ' ORDER BY e.extname)
    INTO elsewhere, moves
    FROM pg_catalog.pg_extension e
    JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
   WHERE e.extname IN ('citext', 'pgcrypto') AND n.nspname <> 'public';
  IF elsewhere IS NOT NULL THEN
    RAISE EXCEPTION 'extensions are needed in schema public: %', elsewhere
      USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Move them, then upgrade again: ' || moves;
  END IF;

  SELECT string_agg(extname, ', ' ORDER BY extname) INTO names
    FROM pg_catalog.pg_extension
   WHERE extname IN ('citext', 'pgcrypto');
  EXECUTE format('COMMENT ON SCHEMA core IS %L',
                 'Organizations, users and their roles.'
                 || coalesce(' Extensions that were here before: ' || names || '.', ''));
END
$found$;

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;
