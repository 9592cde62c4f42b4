-- cairn: id = 70f6a3be15c8
-- cairn: down_revision = fb847ab39d59
-- cairn: message = index customers' e-mail addresses
-- cairn: author = E-commerce platform
-- cairn: date = 2025-12-09
-- cairn: purpose = One account for each address, found quickly, without keeping the shop from writing meanwhile
-- cairn: estimated_runtime = 1 min
-- cairn: transaction = none

-- One statement and no other: it commits by itself. Addresses that are there twice make it fail; this finds them first:
--   SELECT lower(email), count(*) FROM ecommerce.customers WHERE deleted_at IS NULL GROUP BY 1 HAVING count(*) > 1;
CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON ecommerce.customers (lower(email)) WHERE deleted_at IS NULL;
