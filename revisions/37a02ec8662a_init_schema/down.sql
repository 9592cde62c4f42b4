-- In reverse order and nowhere CASCADE: a view or a table of somebody else that stands on one of these
-- makes this fail, naming it, and nothing is dropped.
DROP TABLE inv.stock_movements;
DROP TABLE inv.stock_levels;
DROP TABLE pos.payments;
DROP TABLE pos.sale_lines;
DROP TABLE pos.sales;
DROP TABLE acct.customer_balances;
DROP TABLE acct.bank_accounts;
DROP TABLE acct.journal_lines;
DROP TABLE acct.journal_entries;
DROP TABLE pos.terminals;
DROP TABLE inv.locations;
DROP TABLE inv.items;
DROP TABLE pos.customers;
DROP TABLE pos.tax_rates;
DROP TABLE acct.chart_of_accounts;
DROP TABLE core.user_org_roles;
DROP TABLE core.users;
DROP TABLE core.organizations;

-- Also those that up.sql found and used: they stand in schemas of this chain, and back at the base no
-- type of it may be left.
DROP TYPE pos.payment_status;
DROP TYPE pos.payment_method;
DROP TYPE pos.sale_status;
DROP TYPE pos.sale_type;
DROP TYPE inv.movement_type;
DROP TYPE inv.location_type;
DROP TYPE inv.item_type;
DROP TYPE acct.journal_status;
DROP TYPE acct.normal_balance;
DROP TYPE acct.account_type;
DROP TYPE core.user_role;
