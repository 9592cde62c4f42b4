-- A row is a failure: a table that should be there is not, or is not an ordinary table.
SELECT wanted.name AS missing_table
  FROM (VALUES
    ('core.organizations'), ('core.users'), ('core.user_org_roles'),
    ('acct.chart_of_accounts'), ('acct.journal_entries'), ('acct.journal_lines'),
    ('acct.bank_accounts'), ('acct.customer_balances'),
    ('inv.items'), ('inv.locations'), ('inv.stock_levels'), ('inv.stock_movements'),
    ('pos.customers'), ('pos.tax_rates'), ('pos.terminals'),
    ('pos.sales'), ('pos.sale_lines'), ('pos.payments')
  ) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class c
                    WHERE c.oid = to_regclass(wanted.name) AND c.relkind = 'r');
