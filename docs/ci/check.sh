#!/bin/sh
# ci/check.sh [JOB...]: what a change of the schema has to pass before it is merged. Without arguments: every job.
#   lint                      the revisions build, fit together, and are what the lock file pins
#   migration-check           they can be written as SQL scripts, up and down; no server is needed
#   postgres-migration-check  up, down and up again on the empty database that DATABASE_URL names
#   smoke-test                each revision proved in throw-away databases; needs PostgreSQL's server programs
#   sql-dry-run               the script that a DBA would apply; applied beside DATABASE_URL where that is set
# What they write goes into the folder "reports".
#   CAIRN_REPORTS   another folder
#   CAIRN_DOWN_TO   how far the way down goes, where an irreversible revision ends it (base)
#   CAIRN_DUMP      what "pg_dump --no-owner --no-privileges" wrote of a realistic database: smoke-test begins with it too
set -u

jobs='lint migration-check postgres-migration-check smoke-test sql-dry-run'
reports=${CAIRN_REPORTS:-reports}
bottom=${CAIRN_DOWN_TO:-base}
dry_run_database=cairn_sql_dry_run

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$job failed: $*"
  exit 1   # a job is a process of its own
}

must() {
  say "$job: $*"
  "$@" || fail "$* (exit code $?)"
}

build() {
  must cmake -S . -B build
  must cmake --build build
}

need_database() {
  [ -n "${DATABASE_URL-}" ] || fail "DATABASE_URL names no database"
  must cairn wait --timeout 60
}

inspect_all() { find build/plugins -name '*.so' -exec cairn inspect {} +; }

lint() {
  build
  must cairn heads --check one
  [ ! -e cairn.lock ] || must cairn lock --check
  must inspect_all
}

# Into a file that is not there yet: Cairn overwrites none.
script() {
  file=$reports/$1
  shift
  must rm -f "$file"
  must "$@" --output "$file"
}

# All heads as one word, as the version rows have them.
every_head() {
  heads=$(cairn heads --resolve-dependencies) || fail "cairn heads (exit code $?)"
  printf '%s\n' "$heads" | cut -d ' ' -f 1 | paste -s -d , -
}

migration_check() {
  build
  script check-up.sql cairn upgrade --sql base:heads
  from=$(every_head) || exit 1
  script check-down.sql cairn downgrade --sql "$from:$bottom"
}

# Everything is taken down on the way, so it does not begin where something is applied.
postgres_migration_check() {
  build
  need_database
  rows=$(cairn current) || fail "cairn current (exit code $?)"
  [ "$rows" = 'base: nothing is applied' ] || fail "the database is not empty, and the way down would empty it"
  must cairn upgrade heads
  must cairn current --check-heads
  must cairn downgrade "$bottom"
  must cairn upgrade heads
}

smoke() {
  name=$1
  shift
  must cairn smoke "$@" --junit "$reports/$name.xml" --html "$reports/$name.html"
}

smoke_test() {
  build
  smoke smoke
  [ -z "${CAIRN_DUMP-}" ] || smoke smoke-dump --from-dump "$CAIRN_DUMP"
}

in_psql() { psql -X -q -v ON_ERROR_STOP=1 "$DATABASE_URL" "$@" >/dev/null; }

sql_dry_run() {
  build
  script upgrade.sql cairn upgrade --sql base:heads
  [ -n "${DATABASE_URL-}" ] || return 0
  need_database
  must in_psql -c "DROP DATABASE IF EXISTS $dry_run_database" -c "CREATE DATABASE $dry_run_database"
  must in_psql -c "\\connect $dry_run_database" -f "$reports/upgrade.sql"
  must in_psql -c "DROP DATABASE $dry_run_database"
}

run_job() {
  case $1 in
    lint) lint ;;
    migration-check) migration_check ;;
    postgres-migration-check) postgres_migration_check ;;
    smoke-test) smoke_test ;;
    sql-dry-run) sql_dry_run ;;
  esac
}

# shellcheck disable=SC2086  # one word per job
[ $# -gt 0 ] || set -- $jobs
for job in "$@"; do
  case " $jobs " in
    *" $job "*) ;;
    *) say "there is no job \"$job\"; the jobs are: $jobs"; exit 2 ;;
  esac
done

mkdir -p -- "$reports" || exit 1
failed=
for job in "$@"; do
  if (run_job "$job"); then say "$job passed"; else failed="$failed $job"; fi
done
[ -z "$failed" ] || { say "failed:$failed"; exit 1; }
