#pragma once

#include "accounts.hpp"

#include <string>

/// The SQL of the seed. Every row has a fixed id, so that the downgrade removes the seed's own rows and no
/// others. A row that is there already, under the fixed id or under its natural key, is left as it is, and
/// whatever depends on it points to it. Where both exist the fixed id wins: it is the seeded row, renamed.
namespace initial_data {

constexpr char insert_organization[] = R"sql(
INSERT INTO core.organizations (id, slug, name, currency_code, time_zone, settings)
VALUES ('2864583c-a021-4000-8000-000000000001', 'default', 'Default organization', 'USD', 'UTC', '{
  "default_location": "MAIN",
  "default_terminal": "POS-1",
  "accounts": {
    "cash": "1010", "card_clearing": "1040", "bank": "1050", "receivable": "1200", "inventory": "1300",
    "sales_tax": "2100", "gift_card": "2200", "store_credit": "2210",
    "sales": "4010", "services": "4020", "returns": "4100", "discounts": "4110",
    "cost_of_sales": "5010", "shrinkage": "5100", "cash_over_short": "6900"
  }
}')
ON CONFLICT DO NOTHING)sql";

constexpr char insert_admin[] = R"sql(
INSERT INTO core.users (id, email, full_name)
VALUES ('2864583c-a021-4000-8000-000000000002', 'admin@arcoirispos.local', 'Administrator')
ON CONFLICT DO NOTHING)sql";

/// Put in front of the statements below.
constexpr char with_organization[] = R"sql(
WITH organization AS (
  SELECT id FROM core.organizations
   WHERE id = '2864583c-a021-4000-8000-000000000001' OR slug = 'default'
   ORDER BY id = '2864583c-a021-4000-8000-000000000001' DESC
   LIMIT 1
))sql";

/// The text form of email is compared: the operators of citext need public in the search path.
inline std::string insert_role() {
  return std::string(with_organization) + R"sql(
INSERT INTO core.user_org_roles (id, organization_id, user_id, role)
SELECT '2864583c-a021-4000-8000-000000000003', organization.id, users.id, 'admin'
  FROM organization, core.users
 WHERE users.id = '2864583c-a021-4000-8000-000000000002' OR lower(users.email::text) = 'admin@arcoirispos.local'
 ORDER BY users.id = '2864583c-a021-4000-8000-000000000002' DESC
 LIMIT 1
ON CONFLICT DO NOTHING)sql";
}

inline std::string insert_location() {
  return std::string(with_organization) + R"sql(
INSERT INTO inv.locations (id, organization_id, code, name, location_type)
SELECT '2864583c-a021-4000-8000-000000000004', organization.id, 'MAIN', 'Main store', 'store'
  FROM organization
ON CONFLICT DO NOTHING)sql";
}

inline std::string insert_terminal() {
  return std::string(with_organization) + R"sql(
INSERT INTO pos.terminals (id, organization_id, location_id, code, name)
SELECT '2864583c-a021-4000-8000-000000000005', organization.id, location.id, 'POS-1', 'Register 1'
  FROM organization
  JOIN inv.locations AS location ON location.organization_id = organization.id
 WHERE location.id = '2864583c-a021-4000-8000-000000000004' OR location.code = 'MAIN'
 ORDER BY location.id = '2864583c-a021-4000-8000-000000000004' DESC
 LIMIT 1
ON CONFLICT DO NOTHING)sql";
}

/// The id of a seeded account holds its code, so that the list is the only place that names it.
inline std::string seeded_accounts() {
  return std::string("seeded AS (\n"
                     "  SELECT ('2864583c-a021-4000-8001-' || lpad(code, 12, '0'))::uuid AS id,\n"
                     "         ('2864583c-a021-4000-8001-' || lpad(heading, 12, '0'))::uuid AS heading_id,\n"
                     "         code, heading, name, account_type, normal_balance\n"
                     "    FROM (") + accounts + ") AS list (code, heading, name, account_type, normal_balance))";
}

/// A heading that is not there yet is inserted by the same statement, under its fixed id: the foreign key
/// is checked when the statement ends.
inline std::string insert_accounts() {
  return std::string(with_organization) + ", " + seeded_accounts() + R"sql(
INSERT INTO acct.chart_of_accounts
  (id, organization_id, parent_id, code, name, account_type, normal_balance, is_postable)
SELECT seeded.id, organization.id,
       coalesce((SELECT heading.id FROM acct.chart_of_accounts AS heading
                  WHERE heading.organization_id = organization.id
                    AND (heading.id = seeded.heading_id OR heading.code = seeded.heading)
                  ORDER BY heading.id = seeded.heading_id DESC
                  LIMIT 1), seeded.heading_id),
       seeded.code, seeded.name, seeded.account_type::acct.account_type,
       seeded.normal_balance::acct.normal_balance, seeded.heading IS NOT NULL
  FROM organization, seeded
ON CONFLICT DO NOTHING)sql";
}

/// Only a seeded account that has no password yet: never one that was there before, and running the seed
/// again does not undo a password that was changed since.
constexpr char set_password[] = R"sql(
UPDATE core.users SET password_hash = $1, updated_at = now()
 WHERE id = '2864583c-a021-4000-8000-000000000002' AND password_hash IS NULL)sql";

/// One statement, so that a row still referred to keeps all of them, also outside a transaction. The server
/// names the table alone; here it gets its schema, since the same name could stand in each of the four.
inline std::string delete_everything() {
  return R"sql(
DO $seed$
DECLARE
  referring_schema text; referring_table text; referring_constraint text; cause text; key text;
BEGIN
  DELETE FROM pos.terminals WHERE id = '2864583c-a021-4000-8000-000000000005';
  DELETE FROM inv.locations WHERE id = '2864583c-a021-4000-8000-000000000004';
  DELETE FROM core.user_org_roles WHERE id = '2864583c-a021-4000-8000-000000000003';
  WITH )sql" + seeded_accounts() + R"sql(
  DELETE FROM acct.chart_of_accounts USING seeded WHERE chart_of_accounts.id = seeded.id;
  DELETE FROM core.users WHERE id = '2864583c-a021-4000-8000-000000000002';
  DELETE FROM core.organizations WHERE id = '2864583c-a021-4000-8000-000000000001';
EXCEPTION WHEN foreign_key_violation OR restrict_violation THEN
  GET STACKED DIAGNOSTICS
    referring_schema = SCHEMA_NAME, referring_table = TABLE_NAME, referring_constraint = CONSTRAINT_NAME,
    cause = MESSAGE_TEXT, key = PG_EXCEPTION_DETAIL;
  RAISE EXCEPTION 'seeded rows are still referred to by %.%', referring_schema, referring_table
    USING ERRCODE = 'foreign_key_violation', DETAIL = concat_ws(E'\n', cause, key),
          HINT = 'Delete those rows or point them elsewhere, then downgrade again; nothing was removed.',
          SCHEMA = referring_schema, TABLE = referring_table, CONSTRAINT = referring_constraint;
END
$seed$)sql";
}

}  // namespace initial_data
