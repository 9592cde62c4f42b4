-- There is an organization to settle them for.
SELECT 'the default organization' AS missing
 WHERE NOT EXISTS (SELECT FROM core.organizations
                    WHERE id = '2864583c-a021-4000-8000-000000000001' OR slug = 'default');

-- Seeded rates are owed to somebody.
SELECT code, 'liability account 2100' AS missing FROM pos.tax_rates
 WHERE id::text LIKE '9b1f4c7e-2a60-4000-8001-%' AND liability_account_id IS NULL;

-- The seeded settings name rates that exist.
SELECT organizations.slug, wanted.value AS missing_rate
  FROM core.organizations, jsonb_each_text(settings -> 'tax') AS wanted
 WHERE settings -> 'tax' ->> 'seeded_by' = '9b1f4c7e2a60'
   AND wanted.key IN ('default_rate', 'exempt_rate')
   AND NOT EXISTS (SELECT FROM pos.tax_rates
                    WHERE tax_rates.organization_id = organizations.id AND tax_rates.code = wanted.value);
