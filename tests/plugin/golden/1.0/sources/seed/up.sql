-- cairn: id = g10_seed
-- cairn: message = rows
-- cairn: seed = yes
-- cairn: depends_on = g10_code
INSERT INTO golden VALUES (100, 'seeded');
