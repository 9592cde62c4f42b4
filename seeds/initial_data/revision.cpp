#include "statements.hpp"

#include <cairn/revision.hpp>

CAIRN_REVISION(.id = "2864583ca021", .down_revision = {"853113448960"}, .message = "seed initial data",
               .author = "ArcoirisPOS", .date = "2025-11-30",
               .purpose = "Default organization with its administrator, store, register and base chart of accounts",
               .estimated_ms = 50, .seed = true)

/// True for "$scheme$rest" in printable ASCII. A clear text, or a hash whose $ a shell has eaten, is not.
static bool is_password_hash(cairn::Text hash) {
  if (hash.size < 20 || hash.size > 512 || hash.data[0] != '$') return false;
  uint64_t dollars = 0;
  for (uint64_t i = 0; i < hash.size; ++i) {
    if (hash.data[i] < '!' || hash.data[i] > '~') return false;
    if (hash.data[i] == '$') ++dollars;
  }
  return dollars >= 2;
}

/// The value itself appears in no message, right or wrong.
static void set_admin_password(cairn::Database& db, cairn::Text hash) {
  if (!is_password_hash(hash))
    db.fail("the variable admin_password_hash is not a password hash",
            "Pass a hash with its scheme in single quotes, so that the shell leaves its $ alone: "
            "-x admin_password_hash='$argon2id$...'");
  const cairn::RowCount changed = db.run(initial_data::set_password, hash);
  if (db.offline()) return;   // whether the account is the seed's own shows where the script is applied
  if (changed == 0)
    db.notice("admin_password_hash was not used: the account admin@arcoirispos.local was not made by this seed, "
              "or has a password already");
}

static void upgrade(cairn::Database& db) {
  const cairn::Variable hash = db.variable("admin_password_hash");
  db.execute(initial_data::insert_organization);
  db.execute(initial_data::insert_admin);
  db.execute(initial_data::insert_role());
  db.execute(initial_data::insert_location());
  db.execute(initial_data::insert_terminal());
  db.execute(initial_data::insert_accounts());
  if (hash)
    set_admin_password(db, *hash);
  else
    db.notice("no admin_password_hash was given: if this seed made the account admin@arcoirispos.local, it has no "
              "password and cannot log in; set core.users.password_hash, or seed with -x admin_password_hash='...'");
}

static void downgrade(cairn::Database& db) { db.execute(initial_data::delete_everything()); }
