-- cairn: id = d3a8f5b6210e
-- cairn: down_revision = 1e6cd8250fa3
-- cairn: message = demo catalogue
-- cairn: author = E-commerce platform
-- cairn: date = 2025-12-12
-- cairn: purpose = A few products to look at
-- cairn: estimated_runtime = 100 ms
-- cairn: seed = yes

-- Fixed keys, so that the downgrade deletes these rows and no others. What is there already stays as it is.
INSERT INTO ecommerce.categories (id, parent_id, name) VALUES
  ('01930000-0000-7000-8000-0000000000a1', NULL, 'Kitchen'),
  ('01930000-0000-7000-8000-0000000000a2', '01930000-0000-7000-8000-0000000000a1', 'Coffee'),
  ('01930000-0000-7000-8000-0000000000a3', NULL, 'Books')
ON CONFLICT DO NOTHING;

INSERT INTO ecommerce.products (id, sku, category_id, name, description, price, slug) VALUES
  ('01930000-0000-7000-8000-0000000000b1', 'DEMO-001', '01930000-0000-7000-8000-0000000000a2', 'Café de olla', 'Cinnamon and piloncillo', 8.90, 'demo-cafe-de-olla'),
  ('01930000-0000-7000-8000-0000000000b2', 'DEMO-002', '01930000-0000-7000-8000-0000000000a2', 'Moka pot', 'For three cups', 24.50, 'demo-moka-pot'),
  ('01930000-0000-7000-8000-0000000000b3', 'DEMO-003', '01930000-0000-7000-8000-0000000000a1', 'Bread knife', 'Serrated', 31.00, 'demo-bread-knife'),
  ('01930000-0000-7000-8000-0000000000b4', 'DEMO-004', '01930000-0000-7000-8000-0000000000a3', 'Cairns of the north', 'A walker''s guide', 19.00, 'demo-cairns-of-the-north')
ON CONFLICT DO NOTHING;

INSERT INTO ecommerce.inventory (product_id, location, on_hand)
SELECT id, 'demo', 10 FROM ecommerce.products WHERE sku LIKE 'DEMO-00_' AND id::text LIKE '01930000-0000-7000-8000-%'
ON CONFLICT DO NOTHING;
