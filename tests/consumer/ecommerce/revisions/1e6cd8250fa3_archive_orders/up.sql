-- cairn: id = 1e6cd8250fa3
-- cairn: down_revision = 9b8e41c7d02f
-- cairn: message = archive orders
-- cairn: author = E-commerce platform
-- cairn: date = 2025-12-12
-- cairn: purpose = Orders that are over leave the tables of the shop, whole, and can come back
-- cairn: estimated_runtime = 200 ms

CREATE TABLE archive.orders (
  id uuid PRIMARY KEY,
  number bigint NOT NULL CONSTRAINT orders_number_key UNIQUE,
  customer_id uuid NOT NULL,
  placed_at timestamptz NOT NULL,
  total numeric(12, 2) NOT NULL,
  archived_at timestamptz NOT NULL DEFAULT now(),
  -- {"order": row, "items": [row...], "payments": [row...]}
  document jsonb NOT NULL
);
CREATE INDEX orders_customer ON archive.orders (customer_id, placed_at DESC);

-- Moves the oldest of what is over, at most so many, and tells how many: call it until it returns 0.
CREATE FUNCTION archive.archive_orders(older_than interval, at_most integer DEFAULT 1000) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  chosen uuid[];
BEGIN
  SELECT array_agg(id) INTO chosen
    FROM (SELECT id FROM ecommerce.orders
           WHERE status IN ('completed', 'cancelled') AND placed_at < now() - older_than
           ORDER BY placed_at, id LIMIT at_most FOR UPDATE SKIP LOCKED) AS over;
  IF chosen IS NULL THEN
    RETURN 0;
  END IF;
  INSERT INTO archive.orders (id, number, customer_id, placed_at, total, document)
  SELECT o.id, o.number, o.customer_id, o.placed_at, o.total, jsonb_build_object(
           'order', to_jsonb(o),
           'items', (SELECT coalesce(jsonb_agg(to_jsonb(i) ORDER BY i.line), '[]') FROM ecommerce.order_items i WHERE i.order_id = o.id),
           'payments', (SELECT coalesce(jsonb_agg(to_jsonb(p) ORDER BY p.id), '[]') FROM ecommerce.payments p WHERE p.order_id = o.id))
    FROM ecommerce.orders o WHERE o.id = ANY (chosen);
  DELETE FROM ecommerce.payments WHERE order_id = ANY (chosen);
  DELETE FROM ecommerce.order_items WHERE order_id = ANY (chosen);
  DELETE FROM ecommerce.orders WHERE id = ANY (chosen);
  RETURN cardinality(chosen);
END
$$;

-- The way back. Generated columns are computed anew.
CREATE FUNCTION archive.restore_orders(chosen uuid[]) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  restored integer;
BEGIN
  INSERT INTO ecommerce.orders (id, number, customer_id, billing_address_id, shipping_address_id, status, currency, subtotal,
                                shipping, tax, placed_at, updated_at, version)
  SELECT o.id, o.number, o.customer_id, o.billing_address_id, o.shipping_address_id, o.status, o.currency, o.subtotal,
         o.shipping, o.tax, o.placed_at, o.updated_at, o.version
    FROM archive.orders a, jsonb_populate_record(NULL::ecommerce.orders, a.document -> 'order') o
   WHERE a.id = ANY (chosen);
  GET DIAGNOSTICS restored = ROW_COUNT;
  INSERT INTO ecommerce.order_items (order_id, line, product_id, sku, name, unit_price, quantity)
  SELECT i.order_id, i.line, i.product_id, i.sku, i.name, i.unit_price, i.quantity
    FROM archive.orders a, jsonb_populate_recordset(NULL::ecommerce.order_items, a.document -> 'items') i
   WHERE a.id = ANY (chosen);
  INSERT INTO ecommerce.payments (id, order_id, provider, provider_reference, status, amount, currency, created_at, updated_at, version)
  SELECT p.id, p.order_id, p.provider, p.provider_reference, p.status, p.amount, p.currency, p.created_at, p.updated_at, p.version
    FROM archive.orders a, jsonb_populate_recordset(NULL::ecommerce.payments, a.document -> 'payments') p
   WHERE a.id = ANY (chosen);
  DELETE FROM archive.orders WHERE id = ANY (chosen);
  RETURN restored;
END
$$;
