-- Nowhere CASCADE: what still stands in a schema makes this fail, listing it, and the database stays as it was.
DROP FUNCTION ecommerce.raise_version();
DROP FUNCTION ecommerce.keep_updated_at();
DROP DOMAIN ecommerce.access_token;
DROP FUNCTION ecommerce.uuid_v7_time(uuid);
DROP FUNCTION ecommerce.uuid_generate_v7();

-- An extension that the platform found stays. One that it made goes only where the platform is alone: another chain may
-- have found it since and use it from the bodies of its functions, which the server knows nothing of.
DO $extensions$
DECLARE
  company text;
  extension name;
BEGIN
  SELECT string_agg(format('schema %I', n.nspname), ', ' ORDER BY n.nspname) INTO company
    FROM pg_catalog.pg_namespace n
   WHERE n.nspname NOT IN ('ecommerce', 'audit', 'archive', 'public', 'information_schema')
     AND n.nspname !~ '^pg_'
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e');
  IF company IS NULL THEN
    SELECT string_agg(format('table %I', c.relname), ', ' ORDER BY c.relname) INTO company
      FROM pg_catalog.pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND c.relname NOT IN ('alembic_version', 'cairn_journal')
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');
  END IF;

  FOR extension IN SELECT name FROM ecommerce.made_extensions ORDER BY name LOOP
    IF company IS NULL THEN
      EXECUTE format('DROP EXTENSION IF EXISTS %I', extension);
    ELSE
      RAISE NOTICE 'extension % stays, since the platform is not alone here: %', extension, company
        USING HINT = format('If nobody uses it: DROP EXTENSION %I;', extension);
    END IF;
  END LOOP;
END
$extensions$;

DROP TABLE ecommerce.made_extensions;
DROP SCHEMA archive;
DROP SCHEMA audit;
DROP SCHEMA ecommerce;
