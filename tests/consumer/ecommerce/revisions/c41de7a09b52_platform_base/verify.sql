-- A row is a failure.
SELECT 'extension', wanted.name
  FROM unnest(ARRAY['btree_gin', 'pgcrypto', 'uuid-ossp']) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_extension e
                    WHERE e.extname = wanted.name AND e.extnamespace = 'public'::regnamespace);
-- Version 7, the variant of RFC 9562, and the time it was made at.
SELECT 'not a UUID of version 7', id
  FROM (SELECT ecommerce.uuid_generate_v7() AS id FROM generate_series(1, 100)) AS made
 WHERE id::text !~ '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
    OR ecommerce.uuid_v7_time(id) NOT BETWEEN clock_timestamp() - interval '1 minute' AND clock_timestamp() + interval '1 minute';
