#pragma once

#include "ids.hpp"

/// The shop itself: who works there, where, with which taxes and for whom.
namespace demo_data {

/// Nothing of it makes sense without these, so it is asked before the first row.
inline std::string require_accounts() {
  return std::string(R"sql(
DO $demo$
DECLARE
  missing text;
BEGIN
  IF NOT EXISTS (SELECT FROM core.organizations
                  WHERE id = '2864583c-a021-4000-8000-000000000001' OR slug = 'default') THEN
    RAISE EXCEPTION 'there is no default organization to show the demo data in'
      USING HINT = 'Downgrade and upgrade 2864583ca021 "seed initial data", which makes it.';
  END IF;
  WITH )sql") + organization + R"sql(
  SELECT string_agg(code, ', ' ORDER BY code) INTO missing
    FROM unnest(ARRAY['1010', '1040', '1050', '1200', '1300', '2010', '2100', '4010', '4020', '4100', '4110', '5010', '5100'])
         AS wanted (code), organization
   WHERE NOT EXISTS (SELECT FROM acct.chart_of_accounts AS account
                      WHERE account.organization_id = organization.id AND account.is_postable
                        AND (account.code = wanted.code
                             OR account.id = ('2864583c-a021-4000-8001-' || lpad(wanted.code, 12, '0'))::uuid));
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'the default organization has no accounts to book the demo data on: %', missing
      USING HINT = 'Add them to acct.chart_of_accounts as accounts that take postings, then upgrade again.';
  END IF;
END
$demo$)sql";
}

/// Without a password, so nobody can sign in with it.
inline std::string insert_cashier() {
  return "INSERT INTO core.users (id, email, full_name) VALUES (" + id(users, "1") +
         ", 'demo.cashier@arcoirispos.local', 'Demo cashier') ON CONFLICT DO NOTHING";
}

inline std::string insert_role() {
  return std::string("WITH ") + organization +
         " INSERT INTO core.user_org_roles (id, organization_id, user_id, role) SELECT " + id(roles, "1") +
         ", organization.id, " + found_cashier() + ", 'cashier' FROM organization ON CONFLICT DO NOTHING";
}

inline std::string insert_locations() {
  return std::string("WITH ") + organization + R"sql(
INSERT INTO inv.locations (id, organization_id, code, name, location_type)
SELECT )sql" + id(locations, "list.number") + R"sql(, organization.id, list.code, list.name, list.kind::inv.location_type
  FROM organization,
       (VALUES (1, 'DEMO-SHOP', 'Demo shop', 'store'), (2, 'DEMO-STOCK', 'Demo storeroom', 'warehouse'))
       AS list (number, code, name, kind)
ON CONFLICT DO NOTHING)sql";
}

inline std::string found_terminal() { return found(terminals, "1", "code", "'DEMO-1'"); }

inline std::string insert_terminal() {
  return std::string("WITH ") + organization +
         " INSERT INTO pos.terminals (id, organization_id, location_id, code, name) SELECT " + id(terminals, "1") +
         ", organization.id, " + found_shop() + ", 'DEMO-1', 'Demo register' FROM organization ON CONFLICT DO NOTHING";
}

/// Rates of its own, so that the demo does not depend on which taxes were set up.
inline std::string insert_tax_rates() {
  return std::string("WITH ") + organization + R"sql(
INSERT INTO pos.tax_rates (id, organization_id, code, name, rate, liability_account_id, valid_from)
SELECT )sql" + id(tax_rates, "list.number") + ", organization.id, list.code, list.name, list.rate, " + found_account("'2100'") + R"sql(, date '2025-01-01'
  FROM organization,
       (VALUES (1, 'DEMO-GOODS', 'Demo sales tax', 0.0825), (2, 'DEMO-FOOD', 'Demo sales tax on food', 0.0225))
       AS list (number, code, name, rate)
ON CONFLICT DO NOTHING)sql";
}

inline std::string insert_customers() {
  return std::string("WITH ") + organization + R"sql(
INSERT INTO pos.customers (id, organization_id, customer_number, full_name, phone, is_tax_exempt, billing_address, notes)
SELECT )sql" + id(customers, "list.number") + R"sql(, organization.id, 'DEMO-C' || list.number, list.name, list.phone, list.exempt,
       CASE WHEN list.street IS NULL THEN '{}' ELSE jsonb_build_object('street', list.street, 'city', 'Springfield') END,
       list.notes
  FROM organization, (VALUES
    (1, 'Ana Torres',         '+1 555 0101', NULL,              false, 'Asks for gift wrapping.'),
    (2, 'Bo Lindqvist',       NULL,          NULL,              false, NULL),
    (3, 'Hotel Miramar',      '+1 555 0103', '12 Harbour Road', false, 'Buys on account.'),
    (4, 'Escuela del Parque', '+1 555 0104', '3 Park Lane',     true,  'School: exempt from sales tax.')
  ) AS list (number, name, phone, street, exempt, notes)
ON CONFLICT DO NOTHING)sql";
}

}  // namespace demo_data
