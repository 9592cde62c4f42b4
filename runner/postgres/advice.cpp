#include "postgres/advice.hpp"

#include <array>

namespace cairn {

namespace {

/// A row of two characters speaks for the whole class; a full code goes before its class.
struct Advice { std::string_view code; const char* hint; };
constexpr std::array table{
    Advice{"42P01",
           "The table may be made by a revision that is not an ancestor of this one: check down_revision and "
           "depends_on with \"cairn history -v\"."},
    Advice{"3F000",
           "The schema may be made by a revision that is not an ancestor of this one: check down_revision and "
           "depends_on with \"cairn history -v\"."},
    Advice{"42704",
           "What is missing may be made by a revision that is not an ancestor of this one: check down_revision and "
           "depends_on with \"cairn history -v\"."},
    Advice{"42P07", "If it was made by hand, run \"cairn stamp REVISION\" to record the revision as applied."},
    Advice{"42710", "If it was made by hand, run \"cairn stamp REVISION\" to record the revision as applied."},
    Advice{"42P06", "If it was made by hand, run \"cairn stamp REVISION\" to record the revision as applied."},
    Advice{"42501", "Run as the owner of the objects, or GRANT what is missing; \"cairn db status\" shows the user."},
    Advice{"55P03", "Another session holds the lock: end it, or give more time with --lock-wait SECONDS."},
    Advice{"40P01", "Two sessions waited for each other and this one was chosen to end; run the command again."},
    Advice{"40001", "Another transaction changed the same rows; run the command again."},
    Advice{"57014", "The statement was cancelled: by ^C, by statement_timeout or by another session."},
    Advice{"53300", "Close idle sessions or raise max_connections; a superuser sees them in pg_stat_activity."},
    Advice{"53100", "Make room on the server's disk, then run the command again."},
    Advice{"53200", "The server is out of memory; lower maintenance_work_mem or work_mem, then run the command again."},
    Advice{
        "28P01",
        "Correct the password in ~/.pgpass, PGPASSWORD or the database URL; \"cairn db status\" tests the connection."},
    Advice{"28",
           "The role does not exist, or the server's pg_hba.conf does not let it in from here: create it, or correct the "
           "user or that file; \"cairn db status\" tests the connection."},
    Advice{"3D000",
           "Create it with \"createdb NAME\", or list what there is with \"psql -l\"; \"cairn db status\" tests the "
           "connection."},
    Advice{"25006", "This is a read-only session or a standby: connect to the primary."},
    Advice{"25P02",
           "An earlier statement of the transaction failed and its error was passed over; use savepoint() to recover "
           "from an error."},
    Advice{"25001", "Mark the revision as non-transactional: this statement cannot run inside a transaction."},
    Advice{"55P04",
           "A new enum value cannot be used in the transaction that adds it: use it in a revision of its own."},
    Advice{"57P01",
           "The session was ended by an administrator or a shutdown; \"cairn current\" shows what is applied."},
    Advice{"57P03",
           "The server is starting, stopping or recovering: wait, then \"cairn db status\" tests the connection."},
    Advice{
        "57P05",
        "The session was idle for longer than idle_session_timeout allows; \"cairn current\" shows what is applied."},
    Advice{"25P03",
           "The transaction was idle for longer than idle_in_transaction_session_timeout allows; set it in options= of "
           "the database URL."},
    Advice{"08P01",
           "The other end does not take our start-up options: connect directly to the server, not through a pooler."},
    Advice{"08", "\"cairn db status\" tests the connection, and \"cairn current\" shows what is applied."},
};

}  // namespace

std::string find_advice(std::string_view sqlstate) {
  for (const Advice& row : table)
    if (row.code == sqlstate) return row.hint;
  for (const Advice& row : table)
    if (row.code.size() == 2 && sqlstate.starts_with(row.code)) return row.hint;
  return "";
}

}  // namespace cairn
