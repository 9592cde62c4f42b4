-- cairn: id = a9eb2b4acc41
-- cairn: down_revision = c41de7a09b52
-- cairn: message = create catalogue and customers
-- cairn: author = E-commerce platform
-- cairn: date = 2025-12-02
-- cairn: purpose = Who buys, and what there is to buy
-- cairn: estimated_runtime = 200 ms

-- Soft delete: deleted_at is what is written, is_deleted what is asked.
CREATE TABLE ecommerce.customers (
  id uuid PRIMARY KEY DEFAULT ecommerce.uuid_generate_v7(),
  email text NOT NULL CONSTRAINT customers_email_is_one CHECK (email ~ '^[^@\s]+@[^@\s]+$'),
  full_name text NOT NULL CONSTRAINT customers_full_name_is_given CHECK (btrim(full_name) <> ''),
  phone text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  is_deleted boolean NOT NULL GENERATED ALWAYS AS (deleted_at IS NOT NULL) STORED,
  version integer NOT NULL DEFAULT 1
);

CREATE TYPE ecommerce.address_kind AS ENUM ('billing', 'shipping');

CREATE TABLE ecommerce.addresses (
  id uuid PRIMARY KEY DEFAULT ecommerce.uuid_generate_v7(),
  customer_id uuid NOT NULL REFERENCES ecommerce.customers,
  kind ecommerce.address_kind NOT NULL,
  recipient text NOT NULL,
  line_1 text NOT NULL,
  line_2 text,
  city text NOT NULL,
  region text,
  postal_code text NOT NULL,
  country char(2) NOT NULL CONSTRAINT addresses_country_is_iso CHECK (country ~ '^[A-Z]{2}$'),
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  is_deleted boolean NOT NULL GENERATED ALWAYS AS (deleted_at IS NOT NULL) STORED
);
CREATE INDEX addresses_customer ON ecommerce.addresses (customer_id);
CREATE UNIQUE INDEX addresses_one_default ON ecommerce.addresses (customer_id, kind) WHERE is_default AND deleted_at IS NULL;

CREATE TABLE ecommerce.categories (
  id uuid PRIMARY KEY DEFAULT ecommerce.uuid_generate_v7(),
  parent_id uuid REFERENCES ecommerce.categories CONSTRAINT categories_not_their_own_parent CHECK (parent_id <> id),
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  is_deleted boolean NOT NULL GENERATED ALWAYS AS (deleted_at IS NOT NULL) STORED
);
CREATE UNIQUE INDEX categories_name ON ecommerce.categories (parent_id, lower(name)) WHERE deleted_at IS NULL;

-- import_key is the same for the same article of the same supplier, whoever imports it.
CREATE TABLE ecommerce.products (
  id uuid PRIMARY KEY DEFAULT ecommerce.uuid_generate_v7(),
  sku varchar(100) NOT NULL CONSTRAINT products_sku_key UNIQUE,
  category_id uuid NOT NULL REFERENCES ecommerce.categories,
  supplier text NOT NULL DEFAULT 'own',
  import_key uuid NOT NULL GENERATED ALWAYS AS (public.uuid_generate_v5(public.uuid_ns_oid(), supplier || '/' || sku)) STORED,
  name varchar(255) NOT NULL,
  description text NOT NULL DEFAULT '',
  price numeric(12, 2) NOT NULL CONSTRAINT products_price_is_not_negative CHECK (price >= 0),
  currency char(3) NOT NULL DEFAULT 'EUR' CONSTRAINT products_currency_is_iso CHECK (currency ~ '^[A-Z]{3}$'),
  attributes jsonb NOT NULL DEFAULT '{}' CONSTRAINT products_attributes_are_an_object CHECK (jsonb_typeof(attributes) = 'object'),
  search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', name || ' ' || description)) STORED,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  is_deleted boolean NOT NULL GENERATED ALWAYS AS (deleted_at IS NOT NULL) STORED,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX products_import_key ON ecommerce.products (import_key);
-- A search is one within a category: btree_gin lets one index answer both.
CREATE INDEX products_search ON ecommerce.products USING gin (category_id, search);

CREATE TRIGGER keep_updated_at BEFORE UPDATE ON ecommerce.customers FOR EACH ROW EXECUTE FUNCTION ecommerce.keep_updated_at();
CREATE TRIGGER keep_updated_at BEFORE UPDATE ON ecommerce.addresses FOR EACH ROW EXECUTE FUNCTION ecommerce.keep_updated_at();
CREATE TRIGGER keep_updated_at BEFORE UPDATE ON ecommerce.categories FOR EACH ROW EXECUTE FUNCTION ecommerce.keep_updated_at();
CREATE TRIGGER keep_updated_at BEFORE UPDATE ON ecommerce.products FOR EACH ROW EXECUTE FUNCTION ecommerce.keep_updated_at();
CREATE TRIGGER raise_version BEFORE UPDATE ON ecommerce.customers FOR EACH ROW EXECUTE FUNCTION ecommerce.raise_version();
CREATE TRIGGER raise_version BEFORE UPDATE ON ecommerce.products FOR EACH ROW EXECUTE FUNCTION ecommerce.raise_version();
