-- A rate that an item or a sale still refers to keeps everything: the server refuses and names the table.
DELETE FROM pos.tax_rates WHERE id IN (
  '9b1f4c7e-2a60-4000-8001-000000000001', '9b1f4c7e-2a60-4000-8001-000000000002',
  '9b1f4c7e-2a60-4000-8001-000000000003', '9b1f4c7e-2a60-4000-8001-000000000004');

UPDATE core.organizations SET settings = settings - 'tax'
 WHERE settings -> 'tax' ->> 'seeded_by' = '9b1f4c7e2a60';
