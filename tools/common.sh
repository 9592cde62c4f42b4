# shellcheck shell=bash
# Shared by the tools; to be sourced. Everything for people goes to stderr: stdout belongs to the program that is run.
tools=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd -P)
project=$(dirname -- "$tools")
name=tools/$(basename -- "$0")

# What one clone or folder of a build compiled serves the others, where ccache is installed.
export CCACHE_BASEDIR=$project CCACHE_NOHASHDIR=1

say() { printf '%s: %s\n' "$name" "$*" >&2; }
# fail WHAT [HINT [DETAIL]]
fail() {
  printf 'error: %s\n' "$1" >&2
  [ -z "${3-}" ] || printf '  detail: %s\n' "$3" >&2
  [ -z "${2-}" ] || printf '  hint: %s\n' "$2" >&2
  exit 3
}

# Root working in somebody's clone goes on as that person, so that builds, the local server and its data belong to
# whoever works there, and git trusts the files. Stays root where the person could not even reach the clone.
become_owner() {
  local owner entry home
  owner=$(stat -c %u -- "$project")
  [ "$(id -u)" -eq 0 ] && [ "$owner" -ne 0 ] || return 0
  # Whoever lets root run this script trusts its owner, whose plugins root will run where it cannot become the owner.
  export CAIRN_TRUSTED_OWNERS=$owner${CAIRN_TRUSTED_OWNERS:+:$CAIRN_TRUSTED_OWNERS}
  entry=$(getent passwd "$owner") || return 0
  home=$(printf '%s' "$entry" | cut -d: -f6)
  local as=(setpriv --reuid="$owner" --regid="$(printf '%s' "$entry" | cut -d: -f4)" --init-groups)
  "${as[@]}" test -r "$tools/common.sh" -a -x "$tools/run" || return 0
  # Left by an earlier build as root; the owner could not write there.
  [ ! -d "$project/build" ] || [ -L "$project/build" ] ||
    chown -R -h -P --from=root "$owner" -- "$project/build"
  # Folders that the environment of root names may be closed to the owner.
  local variable forget=()
  for variable in TMPDIR XDG_CACHE_HOME XDG_CONFIG_HOME XDG_RUNTIME_DIR CCACHE_DIR; do
    [ -z "${!variable-}" ] || "${as[@]}" test -w "${!variable}" || forget+=(-u "$variable")
  done
  exec "${as[@]}" env "${forget[@]}" HOME="$home" USER="${entry%%:*}" LOGNAME="${entry%%:*}" \
    "$tools/$(basename -- "$0")" "$@"
}

# require_writable DIRECTORY: made where it is missing.
require_writable() {
  mkdir -p -- "$1" 2>/dev/null && [ -w "$1" ] && [ -w "$project/build" ] && return 0
  local owner
  owner=$(stat -c %U -- "$project")
  [ "$(id -un)" = "$owner" ] ||
    fail "this clone belongs to $owner, and $(id -un) cannot write $1" "Work in a clone of your own, or run: sudo $name"
  fail "cannot write $1" "Remove what another user left: sudo rm -rf '$project/build'"
}

# build_in NAME CMAKE-ARGUMENTS...: configures build/NAME where that is new, and builds it. Says nothing when there
# is nothing to do; shows compilers' messages only when it fails.
build_in() {
  local directory=$project/build/$1
  shift
  forget_other_place "$directory"
  require_writable "$directory"
  # Two commands at once must not build into each other; the programs started here do not inherit the lock.
  exec 9>"$directory.lock"
  flock 9
  run_build "$directory" "$directory.log" "$@"
  exec 9>&-
}

# A copied or moved clone brings a cache along that still names the old place.
forget_other_place() {
  [ -f "$1/CMakeCache.txt" ] || return 0
  grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$project" "$1/CMakeCache.txt" || rm -rf -- "$1"
}

run_build() {
  local directory=$1 log=$2 status=0
  shift 2
  if [ ! -f "$directory/build.ninja" ]; then
    say "configuring $directory"
    cmake -S "$project" -B "$directory" -G Ninja "$@" >"$log" 2>&1 9>&- </dev/null || status=$?
  else
    : >"$log"
  fi
  [ "$status" -ne 0 ] ||
    cmake --build "$directory" 2>&1 9>&- </dev/null | tee -a -- "$log" | show_progress "$directory" ||
    status=${PIPESTATUS[0]}
  [ "$status" -eq 0 ] && return 0
  grep -E -A12 'error|FAILED|CMake Error' -- "$log" | head -n 60 >&2 || tail -n 30 -- "$log" >&2
  # An unfinished configuration would be taken for a finished one next time.
  [ -f "$directory/.ninja_log" ] || rm -f -- "$directory/build.ninja"
  fail "the build failed" "The whole output is in $log."
}

# One line when there is something to do; on a terminal, a line that is written over.
show_progress() {
  local line announced=no
  while IFS= read -r line; do
    case $line in *"] Building "* | *"] Linking "*) ;; *) continue ;; esac
    [ "$announced" = yes ] || say "building in $1"
    announced=yes
    [ ! -t 2 ] || printf '\r\033[K%.100s' "$line" >&2
  done
  [ "$announced" = no ] || [ ! -t 2 ] || printf '\r\033[K' >&2
}
