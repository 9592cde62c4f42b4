-- cairn: id = 9b1f4c7e2a60
-- cairn: down_revision = none
-- cairn: depends_on = 2864583ca021
-- cairn: labels = tax_settings
-- cairn: message = seed tax settings
-- cairn: author = ArcoirisPOS
-- cairn: date = 2025-12-01
-- cairn: purpose = Sales tax rates of the default organization, and how its registers apply them
-- cairn: estimated_runtime = 10 ms
-- cairn: seed = yes

-- The organization is the seeded one, also when it was renamed, else the one called "default". A code that it
-- has already, for whatever days, is its own business: no rate is added beside it, so that none overlap.
WITH organization AS (
  SELECT id FROM core.organizations
   WHERE id = '2864583c-a021-4000-8000-000000000001' OR slug = 'default'
   ORDER BY id = '2864583c-a021-4000-8000-000000000001' DESC
   LIMIT 1
), rates (id, code, name, rate, valid_from, valid_until) AS (
  VALUES
    ('9b1f4c7e-2a60-4000-8001-000000000001'::uuid, 'STANDARD', 'Sales tax', 0.0800, date '2020-01-01', date '2025-01-01'),
    ('9b1f4c7e-2a60-4000-8001-000000000002', 'STANDARD', 'Sales tax', 0.0825, '2025-01-01', NULL),
    ('9b1f4c7e-2a60-4000-8001-000000000003', 'REDUCED', 'Sales tax on groceries', 0.0225, '2020-01-01', NULL),
    ('9b1f4c7e-2a60-4000-8001-000000000004', 'EXEMPT', 'No sales tax', 0, '2020-01-01', NULL)
)
INSERT INTO pos.tax_rates (id, organization_id, code, name, rate, liability_account_id, valid_from, valid_until)
SELECT rates.id, organization.id, rates.code, rates.name, rates.rate,
       (SELECT account.id FROM acct.chart_of_accounts AS account
         WHERE account.organization_id = organization.id
           AND (account.id = '2864583c-a021-4000-8001-000000002100' OR account.code = '2100')
         ORDER BY account.id = '2864583c-a021-4000-8001-000000002100' DESC
         LIMIT 1),
       rates.valid_from, rates.valid_until
  FROM organization, rates
 WHERE NOT EXISTS (SELECT FROM pos.tax_rates AS other
                    WHERE other.organization_id = organization.id AND other.code = rates.code
                      AND other.id::text NOT LIKE '9b1f4c7e-2a60-4000-8001-%')
ON CONFLICT DO NOTHING;

-- Settings that are there stay. "seeded_by" tells the downgrade that these are not somebody's own; updated_at is left
-- alone, so that nothing of the seed remains after it.
UPDATE core.organizations
   SET settings = settings || '{
  "tax": {
    "seeded_by": "9b1f4c7e2a60",
    "default_rate": "STANDARD",
    "exempt_rate": "EXEMPT",
    "prices_include_tax": false,
    "rounding": "line"
  }
}'
 WHERE id = (SELECT id FROM core.organizations
              WHERE id = '2864583c-a021-4000-8000-000000000001' OR slug = 'default'
              ORDER BY id = '2864583c-a021-4000-8000-000000000001' DESC
              LIMIT 1)
   AND NOT settings ? 'tax';
