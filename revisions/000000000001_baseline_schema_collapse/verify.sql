-- A row is a failure: a schema or an extension that should be there is not.
SELECT 'schema' AS missing, wanted.name
  FROM (VALUES ('core'), ('acct'), ('inv'), ('pos')) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_namespace n WHERE n.nspname = wanted.name)
UNION ALL
SELECT 'extension', wanted.name
  FROM (VALUES ('citext'), ('pgcrypto')) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_extension e WHERE e.extname = wanted.name);
