-- cairn: id = 37a02ec8662a
-- cairn: down_revision = 000000000001
-- cairn: message = init schema
-- cairn: author = ArcoirisPOS
-- cairn: date = 2025-11-30
-- cairn: purpose = Every table and enum of ArcoirisPOS in the schemas core, acct, inv and pos
-- cairn: estimated_runtime = 500 ms

-- Conventions, the same in all 18 tables
--   * Every row of a tenant carries organization_id, and references between tenant tables are composite
--     (organization_id, x_id): no row of one organization can point into another.
--   * Foreign keys have no ON DELETE: whatever is referenced stays. Deleting in bulk works, since the
--     check is made at the end of the statement.
--   * Every foreign key is served by an index, mostly by a unique constraint that starts with its columns.
--   * Amounts are numeric(14,2); unit prices and costs numeric(14,4), as a gram or a litre may cost less
--     than a cent; quantities numeric(14,4); tax rates are fractions, numeric(7,6).
--   * updated_at is set by the application.

-- Enums -----------------------------------------------------------------------------------------------
-- Created only if absent. One that is there with exactly these labels in this order is used, and belongs
-- to this revision from then on: down.sql drops it. Anything else under that name is refused.
DO $enums$
DECLARE
  wanted record;
  kind "char";
  labels text[];
  names text[] := '{}';
  problems text[] := '{}';
BEGIN
  FOR wanted IN
    SELECT * FROM (VALUES
      ('core', 'user_role', ARRAY['owner', 'admin', 'manager', 'accountant', 'cashier', 'viewer']),
      ('acct', 'account_type', ARRAY['asset', 'liability', 'equity', 'revenue', 'expense']),
      ('acct', 'normal_balance', ARRAY['debit', 'credit']),
      ('acct', 'journal_status', ARRAY['draft', 'posted', 'reversed']),
      ('inv', 'item_type', ARRAY['stocked', 'non_stocked', 'service']),
      ('inv', 'location_type', ARRAY['store', 'warehouse', 'transit']),
      ('inv', 'movement_type', ARRAY['receipt', 'sale', 'customer_return', 'supplier_return',
                                     'transfer_in', 'transfer_out', 'adjustment', 'count']),
      ('pos', 'sale_type', ARRAY['sale', 'return']),
      ('pos', 'sale_status', ARRAY['open', 'completed', 'voided']),
      ('pos', 'payment_method', ARRAY['cash', 'card', 'mobile', 'bank_transfer', 'check', 'gift_card',
                                      'store_credit', 'on_account']),
      ('pos', 'payment_status', ARRAY['pending', 'captured', 'failed', 'voided'])
    ) AS enums (schema_name, type_name, labels)
  LOOP
    SELECT t.typtype, ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e
                             WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)
      INTO kind, labels
      FROM pg_catalog.pg_type t
     WHERE t.typnamespace = wanted.schema_name::regnamespace AND t.typname = wanted.type_name;
    IF NOT FOUND THEN
      EXECUTE format('CREATE TYPE %I.%I AS ENUM (%s)', wanted.schema_name, wanted.type_name,
                     (SELECT string_agg(quote_literal(label), ', ' ORDER BY place)
                        FROM unnest(wanted.labels) WITH ORDINALITY AS u (label, place)));
    ELSIF kind <> 'e' THEN
      names := names || format('%I.%I', wanted.schema_name, wanted.type_name);
      problems := problems || format('%s is not an enum.', names[cardinality(names)]);
    ELSIF labels <> wanted.labels THEN
      names := names || format('%I.%I', wanted.schema_name, wanted.type_name);
      problems := problems || format('%s has the labels (%s), this revision needs (%s).',
        names[cardinality(names)], array_to_string(labels, ', '), array_to_string(wanted.labels, ', '));
    END IF;
  END LOOP;
  IF cardinality(names) > 0 THEN
    RAISE EXCEPTION 'type exists and is not the enum this revision needs: %', array_to_string(names, ', ')
      USING ERRCODE = 'duplicate_object',
            DETAIL = array_to_string(problems, E'\n'),
            HINT = format('Rename or drop each of them, such as ALTER TYPE %s RENAME TO old_name, then upgrade again.', names[1]);
  END IF;
END
$enums$;

-- core ------------------------------------------------------------------------------------------------
CREATE TABLE core.organizations (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_organizations PRIMARY KEY,
  slug text NOT NULL CONSTRAINT uq_organizations_slug UNIQUE
    CONSTRAINT ck_organizations_slug CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text NOT NULL CONSTRAINT ck_organizations_name CHECK (btrim(name) <> ''),
  legal_name text,
  tax_identifier text,
  currency_code text NOT NULL DEFAULT 'USD'
    CONSTRAINT ck_organizations_currency_code CHECK (currency_code ~ '^[A-Z]{3}$'),
  time_zone text NOT NULL DEFAULT 'UTC',
  settings jsonb NOT NULL DEFAULT '{}'
    CONSTRAINT ck_organizations_settings CHECK (jsonb_typeof(settings) = 'object'),
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE core.organizations IS 'A business using the system; the tenant every other row belongs to.';
COMMENT ON COLUMN core.organizations.slug IS 'Short name for addresses and scripts; never shown on receipts.';
COMMENT ON COLUMN core.organizations.currency_code IS 'ISO 4217 code the books are kept in.';
COMMENT ON COLUMN core.organizations.time_zone IS 'IANA name; decides on which business day a sale falls.';
COMMENT ON COLUMN core.organizations.settings IS 'System linkage by code: default location, terminal and ledger accounts.';

CREATE TABLE core.users (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_users PRIMARY KEY,
  email public.citext NOT NULL CONSTRAINT uq_users_email UNIQUE
    CONSTRAINT ck_users_email CHECK (email::text ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  full_name text NOT NULL,
  password_hash text CONSTRAINT ck_users_password_hash CHECK (password_hash <> ''),
  is_active boolean NOT NULL DEFAULT true,
  preferences jsonb NOT NULL DEFAULT '{}'
    CONSTRAINT ck_users_preferences CHECK (jsonb_typeof(preferences) = 'object'),
  last_login_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE core.users IS 'A person who signs in; may work for several organizations.';
COMMENT ON COLUMN core.users.email IS 'Sign-in name, compared without regard to case.';
COMMENT ON COLUMN core.users.password_hash IS 'Salted hash with its scheme ($argon2id$..., $2b$...); null: the account cannot sign in.';

CREATE TABLE core.user_org_roles (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_user_org_roles PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_user_org_roles_organization REFERENCES core.organizations (id),
  user_id uuid NOT NULL CONSTRAINT fk_user_org_roles_user REFERENCES core.users (id),
  role core.user_role NOT NULL,
  granted_by uuid CONSTRAINT fk_user_org_roles_granted_by REFERENCES core.users (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_user_org_roles_role UNIQUE (organization_id, user_id, role)
);
CREATE INDEX ix_user_org_roles_user ON core.user_org_roles (user_id);
CREATE INDEX ix_user_org_roles_granted_by ON core.user_org_roles (granted_by);
COMMENT ON TABLE core.user_org_roles IS 'What a user may do in an organization; one row per role held.';
COMMENT ON COLUMN core.user_org_roles.granted_by IS 'Null for roles that no user granted, such as seeded ones.';

-- Masters: what transactions refer to -----------------------------------------------------------------
CREATE TABLE acct.chart_of_accounts (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_chart_of_accounts PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_chart_of_accounts_organization REFERENCES core.organizations (id),
  parent_id uuid,
  code text NOT NULL CONSTRAINT ck_chart_of_accounts_code CHECK (code ~ '^[0-9A-Za-z][0-9A-Za-z.-]*$'),
  name text NOT NULL CONSTRAINT ck_chart_of_accounts_name CHECK (btrim(name) <> ''),
  description text,
  account_type acct.account_type NOT NULL,
  normal_balance acct.normal_balance NOT NULL,
  is_postable boolean NOT NULL DEFAULT true,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_chart_of_accounts_organization_id UNIQUE (organization_id, id),
  CONSTRAINT uq_chart_of_accounts_code UNIQUE (organization_id, code),
  CONSTRAINT fk_chart_of_accounts_parent FOREIGN KEY (organization_id, parent_id)
    REFERENCES acct.chart_of_accounts (organization_id, id),
  CONSTRAINT ck_chart_of_accounts_parent CHECK (parent_id <> id)
);
CREATE INDEX ix_chart_of_accounts_parent ON acct.chart_of_accounts (organization_id, parent_id);
COMMENT ON TABLE acct.chart_of_accounts IS 'The ledger accounts of an organization, as a tree.';
COMMENT ON COLUMN acct.chart_of_accounts.normal_balance IS 'The side that increases it; a contra account has the side opposite to its type.';
COMMENT ON COLUMN acct.chart_of_accounts.is_postable IS 'False for headings, which only sum up their children.';

CREATE TABLE pos.tax_rates (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_tax_rates PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_tax_rates_organization REFERENCES core.organizations (id),
  code text NOT NULL CONSTRAINT ck_tax_rates_code CHECK (btrim(code) <> ''),
  name text NOT NULL,
  rate numeric(7,6) NOT NULL CONSTRAINT ck_tax_rates_rate CHECK (rate BETWEEN 0 AND 1),
  is_inclusive boolean NOT NULL DEFAULT false,
  liability_account_id uuid,
  valid_from date NOT NULL DEFAULT '1970-01-01',
  valid_until date,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_tax_rates_organization_id UNIQUE (organization_id, id),
  CONSTRAINT uq_tax_rates_code UNIQUE (organization_id, code, valid_from),
  CONSTRAINT fk_tax_rates_liability_account FOREIGN KEY (organization_id, liability_account_id)
    REFERENCES acct.chart_of_accounts (organization_id, id),
  CONSTRAINT ck_tax_rates_valid_until CHECK (valid_until > valid_from)
);
CREATE INDEX ix_tax_rates_liability_account ON pos.tax_rates (organization_id, liability_account_id);
COMMENT ON TABLE pos.tax_rates IS 'Sales tax rates; a change of rate is a new row with its own first day.';
COMMENT ON COLUMN pos.tax_rates.rate IS 'Fraction, not per cent: 0.0825 is 8.25 %.';
COMMENT ON COLUMN pos.tax_rates.is_inclusive IS 'True when shelf prices already contain the tax.';
COMMENT ON COLUMN pos.tax_rates.valid_until IS 'First day the rate no longer holds; null: open end.';

CREATE TABLE pos.customers (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_customers PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_customers_organization REFERENCES core.organizations (id),
  customer_number text NOT NULL CONSTRAINT ck_customers_number CHECK (btrim(customer_number) <> ''),
  full_name text NOT NULL,
  email public.citext CONSTRAINT ck_customers_email CHECK (email::text ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  phone text,
  tax_identifier text,
  is_tax_exempt boolean NOT NULL DEFAULT false,
  billing_address jsonb NOT NULL DEFAULT '{}'
    CONSTRAINT ck_customers_billing_address CHECK (jsonb_typeof(billing_address) = 'object'),
  notes text,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_customers_organization_id UNIQUE (organization_id, id),
  CONSTRAINT uq_customers_number UNIQUE (organization_id, customer_number)
);
CREATE UNIQUE INDEX ux_customers_active_email ON pos.customers (organization_id, email) WHERE is_active;
COMMENT ON TABLE pos.customers IS 'Named customers: invoices, credit, loyalty. Walk-in sales have none.';

CREATE TABLE inv.items (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_items PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_items_organization REFERENCES core.organizations (id),
  sku text NOT NULL CONSTRAINT ck_items_sku CHECK (btrim(sku) <> ''),
  barcode text CONSTRAINT ck_items_barcode CHECK (btrim(barcode) <> ''),
  name text NOT NULL CONSTRAINT ck_items_name CHECK (btrim(name) <> ''),
  description text,
  item_type inv.item_type NOT NULL DEFAULT 'stocked',
  unit_of_measure text NOT NULL DEFAULT 'each',
  unit_price numeric(14,4) NOT NULL CONSTRAINT ck_items_unit_price CHECK (unit_price >= 0),
  unit_cost numeric(14,4) NOT NULL DEFAULT 0 CONSTRAINT ck_items_unit_cost CHECK (unit_cost >= 0),
  reorder_quantity numeric(14,4) CONSTRAINT ck_items_reorder_quantity CHECK (reorder_quantity >= 0),
  tax_rate_id uuid,
  revenue_account_id uuid,
  inventory_account_id uuid,
  cost_account_id uuid,
  attributes jsonb NOT NULL DEFAULT '{}'
    CONSTRAINT ck_items_attributes CHECK (jsonb_typeof(attributes) = 'object'),
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_items_organization_id UNIQUE (organization_id, id),
  CONSTRAINT uq_items_sku UNIQUE (organization_id, sku),
  CONSTRAINT uq_items_barcode UNIQUE (organization_id, barcode),
  CONSTRAINT fk_items_tax_rate FOREIGN KEY (organization_id, tax_rate_id)
    REFERENCES pos.tax_rates (organization_id, id),
  CONSTRAINT fk_items_revenue_account FOREIGN KEY (organization_id, revenue_account_id)
    REFERENCES acct.chart_of_accounts (organization_id, id),
  CONSTRAINT fk_items_inventory_account FOREIGN KEY (organization_id, inventory_account_id)
    REFERENCES acct.chart_of_accounts (organization_id, id),
  CONSTRAINT fk_items_cost_account FOREIGN KEY (organization_id, cost_account_id)
    REFERENCES acct.chart_of_accounts (organization_id, id)
);
CREATE INDEX ix_items_tax_rate ON inv.items (organization_id, tax_rate_id);
CREATE INDEX ix_items_revenue_account ON inv.items (organization_id, revenue_account_id);
CREATE INDEX ix_items_inventory_account ON inv.items (organization_id, inventory_account_id);
CREATE INDEX ix_items_cost_account ON inv.items (organization_id, cost_account_id);
COMMENT ON TABLE inv.items IS 'What is sold or kept in stock.';
COMMENT ON COLUMN inv.items.unit_cost IS 'Current average cost; each movement keeps the cost of its own time.';
COMMENT ON COLUMN inv.items.reorder_quantity IS 'Stock at or below this asks for a new order; null: never.';
COMMENT ON COLUMN inv.items.revenue_account_id IS 'Null, as for the other two accounts: the default of the organization.';

CREATE TABLE inv.locations (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_locations PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_locations_organization REFERENCES core.organizations (id),
  code text NOT NULL CONSTRAINT ck_locations_code CHECK (btrim(code) <> ''),
  name text NOT NULL,
  location_type inv.location_type NOT NULL DEFAULT 'store',
  address jsonb NOT NULL DEFAULT '{}' CONSTRAINT ck_locations_address CHECK (jsonb_typeof(address) = 'object'),
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_locations_organization_id UNIQUE (organization_id, id),
  CONSTRAINT uq_locations_code UNIQUE (organization_id, code)
);
COMMENT ON TABLE inv.locations IS 'Where stock is kept: shops, warehouses, goods on the way.';

CREATE TABLE pos.terminals (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_terminals PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_terminals_organization REFERENCES core.organizations (id),
  location_id uuid NOT NULL,
  code text NOT NULL CONSTRAINT ck_terminals_code CHECK (btrim(code) <> ''),
  name text NOT NULL,
  settings jsonb NOT NULL DEFAULT '{}' CONSTRAINT ck_terminals_settings CHECK (jsonb_typeof(settings) = 'object'),
  last_seen_at timestamptz,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_terminals_organization_id UNIQUE (organization_id, id),
  CONSTRAINT uq_terminals_code UNIQUE (organization_id, code),
  CONSTRAINT fk_terminals_location FOREIGN KEY (organization_id, location_id)
    REFERENCES inv.locations (organization_id, id)
);
CREATE INDEX ix_terminals_location ON pos.terminals (organization_id, location_id);
COMMENT ON TABLE pos.terminals IS 'Cash registers; each stands at a location and sells from its stock.';
COMMENT ON COLUMN pos.terminals.settings IS 'Device configuration: printer, drawer, receipt texts.';

-- Ledger ----------------------------------------------------------------------------------------------
CREATE TABLE acct.journal_entries (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_journal_entries PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_journal_entries_organization REFERENCES core.organizations (id),
  entry_number text NOT NULL CONSTRAINT ck_journal_entries_number CHECK (btrim(entry_number) <> ''),
  entry_date date NOT NULL,
  status acct.journal_status NOT NULL DEFAULT 'draft',
  memo text,
  source jsonb NOT NULL DEFAULT '{}' CONSTRAINT ck_journal_entries_source CHECK (jsonb_typeof(source) = 'object'),
  reverses_entry_id uuid,
  created_by uuid CONSTRAINT fk_journal_entries_created_by REFERENCES core.users (id),
  posted_by uuid CONSTRAINT fk_journal_entries_posted_by REFERENCES core.users (id),
  posted_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_journal_entries_organization_id UNIQUE (organization_id, id),
  CONSTRAINT uq_journal_entries_number UNIQUE (organization_id, entry_number),
  CONSTRAINT uq_journal_entries_reverses UNIQUE (organization_id, reverses_entry_id),
  CONSTRAINT fk_journal_entries_reverses FOREIGN KEY (organization_id, reverses_entry_id)
    REFERENCES acct.journal_entries (organization_id, id),
  CONSTRAINT ck_journal_entries_reverses CHECK (reverses_entry_id <> id),
  CONSTRAINT ck_journal_entries_posted CHECK ((status = 'draft') = (posted_at IS NULL))
);
CREATE INDEX ix_journal_entries_date ON acct.journal_entries (organization_id, entry_date);
CREATE INDEX ix_journal_entries_created_by ON acct.journal_entries (created_by);
CREATE INDEX ix_journal_entries_posted_by ON acct.journal_entries (posted_by);
COMMENT ON TABLE acct.journal_entries IS 'Bookings; posted ones are corrected by a reversal, never changed.';
COMMENT ON COLUMN acct.journal_entries.source IS 'What caused the booking, such as {"sale": "<id>"}; empty: entered by hand.';
COMMENT ON COLUMN acct.journal_entries.reverses_entry_id IS 'The entry this one undoes; an entry is reversed at most once.';

CREATE TABLE acct.journal_lines (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_journal_lines PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_journal_lines_organization REFERENCES core.organizations (id),
  entry_id uuid NOT NULL,
  line_number integer NOT NULL CONSTRAINT ck_journal_lines_number CHECK (line_number > 0),
  account_id uuid NOT NULL,
  customer_id uuid,
  debit numeric(14,2) NOT NULL DEFAULT 0,
  credit numeric(14,2) NOT NULL DEFAULT 0,
  description text,
  CONSTRAINT uq_journal_lines_number UNIQUE (organization_id, entry_id, line_number),
  CONSTRAINT fk_journal_lines_entry FOREIGN KEY (organization_id, entry_id)
    REFERENCES acct.journal_entries (organization_id, id),
  CONSTRAINT fk_journal_lines_account FOREIGN KEY (organization_id, account_id)
    REFERENCES acct.chart_of_accounts (organization_id, id),
  CONSTRAINT fk_journal_lines_customer FOREIGN KEY (organization_id, customer_id)
    REFERENCES pos.customers (organization_id, id),
  CONSTRAINT ck_journal_lines_one_side CHECK (debit >= 0 AND credit >= 0 AND (debit > 0) <> (credit > 0))
);
CREATE INDEX ix_journal_lines_account ON acct.journal_lines (organization_id, account_id);
CREATE INDEX ix_journal_lines_customer ON acct.journal_lines (organization_id, customer_id);
COMMENT ON TABLE acct.journal_lines IS 'The lines of a booking: an amount on one side of one account.';
COMMENT ON COLUMN acct.journal_lines.customer_id IS 'Whose receivable or credit the line changes, for sub-ledger accounts.';

CREATE TABLE acct.bank_accounts (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_bank_accounts PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_bank_accounts_organization REFERENCES core.organizations (id),
  account_id uuid NOT NULL,
  name text NOT NULL,
  bank_name text,
  masked_number text CONSTRAINT ck_bank_accounts_masked_number CHECK (length(masked_number) <= 8),
  currency_code text NOT NULL CONSTRAINT ck_bank_accounts_currency_code CHECK (currency_code ~ '^[A-Z]{3}$'),
  opening_balance numeric(14,2) NOT NULL DEFAULT 0,
  details jsonb NOT NULL DEFAULT '{}' CONSTRAINT ck_bank_accounts_details CHECK (jsonb_typeof(details) = 'object'),
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_bank_accounts_organization_id UNIQUE (organization_id, id),
  CONSTRAINT uq_bank_accounts_name UNIQUE (organization_id, name),
  CONSTRAINT uq_bank_accounts_account UNIQUE (organization_id, account_id),
  CONSTRAINT fk_bank_accounts_account FOREIGN KEY (organization_id, account_id)
    REFERENCES acct.chart_of_accounts (organization_id, id)
);
COMMENT ON TABLE acct.bank_accounts IS 'Accounts at banks, each tied to a ledger account of its own.';
COMMENT ON COLUMN acct.bank_accounts.masked_number IS 'Last digits only; full numbers do not belong in this database.';

CREATE TABLE acct.customer_balances (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_customer_balances PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_customer_balances_organization REFERENCES core.organizations (id),
  customer_id uuid NOT NULL,
  currency_code text NOT NULL CONSTRAINT ck_customer_balances_currency_code CHECK (currency_code ~ '^[A-Z]{3}$'),
  balance numeric(14,2) NOT NULL DEFAULT 0,
  credit_limit numeric(14,2) NOT NULL DEFAULT 0
    CONSTRAINT ck_customer_balances_credit_limit CHECK (credit_limit >= 0),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_customer_balances_customer UNIQUE (organization_id, customer_id, currency_code),
  CONSTRAINT fk_customer_balances_customer FOREIGN KEY (organization_id, customer_id)
    REFERENCES pos.customers (organization_id, id)
);
COMMENT ON TABLE acct.customer_balances IS 'What a customer owes, kept beside the journal so that the till can ask quickly.';
COMMENT ON COLUMN acct.customer_balances.balance IS 'Positive: the customer owes us. Negative: credit in the customer''s favour.';

-- Sales -----------------------------------------------------------------------------------------------
CREATE TABLE pos.sales (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_sales PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_sales_organization REFERENCES core.organizations (id),
  sale_number text NOT NULL CONSTRAINT ck_sales_number CHECK (btrim(sale_number) <> ''),
  sale_type pos.sale_type NOT NULL DEFAULT 'sale',
  status pos.sale_status NOT NULL DEFAULT 'open',
  terminal_id uuid NOT NULL,
  location_id uuid NOT NULL,
  customer_id uuid,
  cashier_id uuid NOT NULL CONSTRAINT fk_sales_cashier REFERENCES core.users (id),
  original_sale_id uuid,
  journal_entry_id uuid,
  currency_code text NOT NULL CONSTRAINT ck_sales_currency_code CHECK (currency_code ~ '^[A-Z]{3}$'),
  subtotal numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT ck_sales_subtotal CHECK (subtotal >= 0),
  discount_total numeric(14,2) NOT NULL DEFAULT 0,
  tax_total numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT ck_sales_tax_total CHECK (tax_total >= 0),
  total numeric(14,2) NOT NULL DEFAULT 0,
  metadata jsonb NOT NULL DEFAULT '{}' CONSTRAINT ck_sales_metadata CHECK (jsonb_typeof(metadata) = 'object'),
  completed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_sales_organization_id UNIQUE (organization_id, id),
  CONSTRAINT uq_sales_number UNIQUE (organization_id, sale_number),
  CONSTRAINT fk_sales_terminal FOREIGN KEY (organization_id, terminal_id)
    REFERENCES pos.terminals (organization_id, id),
  CONSTRAINT fk_sales_location FOREIGN KEY (organization_id, location_id)
    REFERENCES inv.locations (organization_id, id),
  CONSTRAINT fk_sales_customer FOREIGN KEY (organization_id, customer_id)
    REFERENCES pos.customers (organization_id, id),
  CONSTRAINT fk_sales_original_sale FOREIGN KEY (organization_id, original_sale_id)
    REFERENCES pos.sales (organization_id, id),
  CONSTRAINT fk_sales_journal_entry FOREIGN KEY (organization_id, journal_entry_id)
    REFERENCES acct.journal_entries (organization_id, id),
  CONSTRAINT ck_sales_discount_total CHECK (discount_total BETWEEN 0 AND subtotal),
  CONSTRAINT ck_sales_total CHECK (total = subtotal - discount_total + tax_total),
  CONSTRAINT ck_sales_original_sale CHECK (original_sale_id IS NULL OR sale_type = 'return'),
  CONSTRAINT ck_sales_completed CHECK (status <> 'completed' OR completed_at IS NOT NULL)
);
CREATE INDEX ix_sales_completed_at ON pos.sales (organization_id, completed_at);
CREATE INDEX ix_sales_terminal ON pos.sales (organization_id, terminal_id);
CREATE INDEX ix_sales_location ON pos.sales (organization_id, location_id);
CREATE INDEX ix_sales_customer ON pos.sales (organization_id, customer_id);
CREATE INDEX ix_sales_cashier ON pos.sales (cashier_id);
CREATE INDEX ix_sales_original_sale ON pos.sales (organization_id, original_sale_id);
CREATE INDEX ix_sales_journal_entry ON pos.sales (organization_id, journal_entry_id);
COMMENT ON TABLE pos.sales IS 'Receipts: a sale or a return, with its totals.';
COMMENT ON COLUMN pos.sales.sale_type IS 'Gives the direction; amounts are positive in both.';
COMMENT ON COLUMN pos.sales.location_id IS 'Where it happened; kept here because terminals move.';
COMMENT ON COLUMN pos.sales.original_sale_id IS 'The sale a return takes back; null when there was no receipt.';
COMMENT ON COLUMN pos.sales.subtotal IS 'Sum of the lines before discount and without tax.';

CREATE TABLE pos.sale_lines (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_sale_lines PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_sale_lines_organization REFERENCES core.organizations (id),
  sale_id uuid NOT NULL,
  line_number integer NOT NULL CONSTRAINT ck_sale_lines_number CHECK (line_number > 0),
  item_id uuid NOT NULL,
  description text NOT NULL,
  quantity numeric(14,4) NOT NULL CONSTRAINT ck_sale_lines_quantity CHECK (quantity > 0),
  unit_price numeric(14,4) NOT NULL CONSTRAINT ck_sale_lines_unit_price CHECK (unit_price >= 0),
  discount_amount numeric(14,2) NOT NULL DEFAULT 0
    CONSTRAINT ck_sale_lines_discount_amount CHECK (discount_amount >= 0),
  tax_rate_id uuid,
  tax_rate numeric(7,6) NOT NULL DEFAULT 0 CONSTRAINT ck_sale_lines_tax_rate CHECK (tax_rate BETWEEN 0 AND 1),
  tax_amount numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT ck_sale_lines_tax_amount CHECK (tax_amount >= 0),
  line_total numeric(14,2) NOT NULL CONSTRAINT ck_sale_lines_line_total CHECK (line_total >= 0),
  CONSTRAINT uq_sale_lines_organization_id UNIQUE (organization_id, id),
  CONSTRAINT uq_sale_lines_number UNIQUE (organization_id, sale_id, line_number),
  CONSTRAINT fk_sale_lines_sale FOREIGN KEY (organization_id, sale_id)
    REFERENCES pos.sales (organization_id, id),
  CONSTRAINT fk_sale_lines_item FOREIGN KEY (organization_id, item_id)
    REFERENCES inv.items (organization_id, id),
  CONSTRAINT fk_sale_lines_tax_rate FOREIGN KEY (organization_id, tax_rate_id)
    REFERENCES pos.tax_rates (organization_id, id)
);
CREATE INDEX ix_sale_lines_item ON pos.sale_lines (organization_id, item_id);
CREATE INDEX ix_sale_lines_tax_rate ON pos.sale_lines (organization_id, tax_rate_id);
COMMENT ON TABLE pos.sale_lines IS 'The lines of a receipt.';
COMMENT ON COLUMN pos.sale_lines.description IS 'The item as printed on the receipt; later renames do not change it.';
COMMENT ON COLUMN pos.sale_lines.tax_rate IS 'The rate applied at the time, as a fraction.';
COMMENT ON COLUMN pos.sale_lines.line_total IS 'What the customer pays for the line, discount and tax included.';

CREATE TABLE pos.payments (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_payments PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_payments_organization REFERENCES core.organizations (id),
  sale_id uuid,
  customer_id uuid,
  payment_method pos.payment_method NOT NULL,
  status pos.payment_status NOT NULL DEFAULT 'captured',
  amount numeric(14,2) NOT NULL CONSTRAINT ck_payments_amount CHECK (amount > 0),
  tendered_amount numeric(14,2),
  change_amount numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT ck_payments_change_amount CHECK (change_amount >= 0),
  currency_code text NOT NULL CONSTRAINT ck_payments_currency_code CHECK (currency_code ~ '^[A-Z]{3}$'),
  reference text,
  processor_response jsonb,
  bank_account_id uuid,
  journal_entry_id uuid,
  received_by uuid CONSTRAINT fk_payments_received_by REFERENCES core.users (id),
  paid_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT fk_payments_sale FOREIGN KEY (organization_id, sale_id)
    REFERENCES pos.sales (organization_id, id),
  CONSTRAINT fk_payments_customer FOREIGN KEY (organization_id, customer_id)
    REFERENCES pos.customers (organization_id, id),
  CONSTRAINT fk_payments_bank_account FOREIGN KEY (organization_id, bank_account_id)
    REFERENCES acct.bank_accounts (organization_id, id),
  CONSTRAINT fk_payments_journal_entry FOREIGN KEY (organization_id, journal_entry_id)
    REFERENCES acct.journal_entries (organization_id, id),
  CONSTRAINT ck_payments_purpose CHECK (sale_id IS NOT NULL OR customer_id IS NOT NULL),
  CONSTRAINT ck_payments_tendered_amount CHECK (tendered_amount = amount + change_amount)
);
CREATE INDEX ix_payments_paid_at ON pos.payments (organization_id, paid_at);
CREATE INDEX ix_payments_sale ON pos.payments (organization_id, sale_id);
CREATE INDEX ix_payments_customer ON pos.payments (organization_id, customer_id);
CREATE INDEX ix_payments_bank_account ON pos.payments (organization_id, bank_account_id);
CREATE INDEX ix_payments_journal_entry ON pos.payments (organization_id, journal_entry_id);
CREATE INDEX ix_payments_received_by ON pos.payments (received_by);
COMMENT ON TABLE pos.payments IS 'Money for a sale, back for a return, or from a customer against the balance.';
COMMENT ON COLUMN pos.payments.amount IS 'The part that settles the sale; always positive.';
COMMENT ON COLUMN pos.payments.tendered_amount IS 'Cash handed over: amount plus change; null for other methods.';
COMMENT ON COLUMN pos.payments.processor_response IS 'Answer of the card processor, without card numbers.';

-- Stock -----------------------------------------------------------------------------------------------
CREATE TABLE inv.stock_levels (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_stock_levels PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_stock_levels_organization REFERENCES core.organizations (id),
  item_id uuid NOT NULL,
  location_id uuid NOT NULL,
  quantity_on_hand numeric(14,4) NOT NULL DEFAULT 0,
  quantity_reserved numeric(14,4) NOT NULL DEFAULT 0
    CONSTRAINT ck_stock_levels_quantity_reserved CHECK (quantity_reserved >= 0),
  counted_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_stock_levels_item_location UNIQUE (organization_id, item_id, location_id),
  CONSTRAINT fk_stock_levels_item FOREIGN KEY (organization_id, item_id)
    REFERENCES inv.items (organization_id, id),
  CONSTRAINT fk_stock_levels_location FOREIGN KEY (organization_id, location_id)
    REFERENCES inv.locations (organization_id, id)
);
CREATE INDEX ix_stock_levels_location ON inv.stock_levels (organization_id, location_id);
COMMENT ON TABLE inv.stock_levels IS 'Current stock of an item at a location: the sum of its movements.';
COMMENT ON COLUMN inv.stock_levels.quantity_on_hand IS 'May be negative: goods are sold before their receipt is entered.';

CREATE TABLE inv.stock_movements (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT pk_stock_movements PRIMARY KEY,
  organization_id uuid NOT NULL CONSTRAINT fk_stock_movements_organization REFERENCES core.organizations (id),
  item_id uuid NOT NULL,
  location_id uuid NOT NULL,
  movement_type inv.movement_type NOT NULL,
  quantity numeric(14,4) NOT NULL,
  unit_cost numeric(14,4) CONSTRAINT ck_stock_movements_unit_cost CHECK (unit_cost >= 0),
  sale_line_id uuid,
  transfer_id uuid,
  reason text,
  created_by uuid CONSTRAINT fk_stock_movements_created_by REFERENCES core.users (id),
  occurred_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT fk_stock_movements_item FOREIGN KEY (organization_id, item_id)
    REFERENCES inv.items (organization_id, id),
  CONSTRAINT fk_stock_movements_location FOREIGN KEY (organization_id, location_id)
    REFERENCES inv.locations (organization_id, id),
  CONSTRAINT fk_stock_movements_sale_line FOREIGN KEY (organization_id, sale_line_id)
    REFERENCES pos.sale_lines (organization_id, id),
  CONSTRAINT ck_stock_movements_quantity CHECK (
    CASE WHEN movement_type IN ('receipt', 'customer_return', 'transfer_in') THEN quantity > 0
         WHEN movement_type IN ('sale', 'supplier_return', 'transfer_out') THEN quantity < 0
         ELSE quantity <> 0 END),
  CONSTRAINT ck_stock_movements_transfer CHECK (
    (movement_type IN ('transfer_in', 'transfer_out')) = (transfer_id IS NOT NULL))
);
CREATE INDEX ix_stock_movements_item ON inv.stock_movements (organization_id, item_id, occurred_at);
CREATE INDEX ix_stock_movements_location ON inv.stock_movements (organization_id, location_id, occurred_at);
CREATE INDEX ix_stock_movements_sale_line ON inv.stock_movements (organization_id, sale_line_id);
CREATE INDEX ix_stock_movements_created_by ON inv.stock_movements (created_by);
COMMENT ON TABLE inv.stock_movements IS 'Every change of stock, only ever added to.';
COMMENT ON COLUMN inv.stock_movements.quantity IS 'Signed: positive into the location, negative out of it.';
COMMENT ON COLUMN inv.stock_movements.transfer_id IS 'Shared by the two movements of one transfer; refers to no table.';
