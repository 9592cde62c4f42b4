-- cairn: id = fb847ab39d59
-- cairn: down_revision = e27c50d8b194
-- cairn: message = add user preferences
-- cairn: author = E-commerce platform
-- cairn: date = 2025-12-08
-- cairn: purpose = What a customer chose: language, time zone, newsletter and what the shop remembers
-- cairn: estimated_runtime = 1 s

CREATE TABLE ecommerce.user_preferences (
  customer_id uuid PRIMARY KEY REFERENCES ecommerce.customers ON DELETE CASCADE,
  language text NOT NULL DEFAULT 'en' CONSTRAINT user_preferences_language_is_a_tag CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  time_zone text NOT NULL DEFAULT 'UTC',
  newsletter boolean NOT NULL DEFAULT false,
  remembered jsonb NOT NULL DEFAULT '{}' CONSTRAINT user_preferences_remembered_is_an_object CHECK (jsonb_typeof(remembered) = 'object'),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER keep_updated_at BEFORE UPDATE ON ecommerce.user_preferences FOR EACH ROW EXECUTE FUNCTION ecommerce.keep_updated_at();

-- Everybody has preferences, also who was there before.
INSERT INTO ecommerce.user_preferences (customer_id) SELECT id FROM ecommerce.customers;
