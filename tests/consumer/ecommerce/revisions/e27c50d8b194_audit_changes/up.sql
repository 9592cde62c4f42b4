-- cairn: id = e27c50d8b194
-- cairn: down_revision = 5d0b93f1e6a7
-- cairn: message = audit changes
-- cairn: author = E-commerce platform
-- cairn: date = 2025-12-05
-- cairn: purpose = Keep who changed which row of what matters, and from what to what
-- cairn: estimated_runtime = 200 ms

CREATE TABLE audit.entries (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  transaction_id bigint NOT NULL DEFAULT txid_current(),
  changed_by text NOT NULL DEFAULT session_user,
  table_name text NOT NULL,
  row_id uuid NOT NULL,
  action text NOT NULL CONSTRAINT entries_action_is_known CHECK (action IN ('INSERT', 'UPDATE', 'DELETE')),
  old_values jsonb,
  new_values jsonb,
  CONSTRAINT entries_values_fit_the_action CHECK ((old_values IS NULL) = (action = 'INSERT') AND (new_values IS NULL) = (action = 'DELETE'))
);
CREATE INDEX entries_row ON audit.entries (table_name, row_id, id);
CREATE INDEX entries_time ON audit.entries USING brin (happened_at);

-- Of an update only what changed; one that changed nothing but the row's own bookkeeping leaves no entry.
CREATE FUNCTION audit.record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  bookkeeping CONSTANT text[] := ARRAY['updated_at', 'version'];
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  row_id uuid := coalesce(new_row, old_row) ->> 'id';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(key, old_row -> key), jsonb_object_agg(key, new_row -> key)
      INTO old_row, new_row
      FROM jsonb_object_keys(new_row) AS key
     WHERE old_row -> key IS DISTINCT FROM new_row -> key AND key <> ALL (bookkeeping);
    IF new_row IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  INSERT INTO audit.entries (table_name, row_id, action, old_values, new_values)
  VALUES (format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME), row_id, TG_OP, old_row, new_row);
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION audit.record() FROM PUBLIC;

CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'audit.entries is only appended to' USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;
CREATE TRIGGER only_append BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entries
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON ecommerce.customers FOR EACH ROW EXECUTE FUNCTION audit.record();
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON ecommerce.addresses FOR EACH ROW EXECUTE FUNCTION audit.record();
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON ecommerce.products FOR EACH ROW EXECUTE FUNCTION audit.record();
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON ecommerce.orders FOR EACH ROW EXECUTE FUNCTION audit.record();
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON ecommerce.payments FOR EACH ROW EXECUTE FUNCTION audit.record();
