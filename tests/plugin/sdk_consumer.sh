#!/bin/sh
# Installs the SDK, moves it, and builds a project of another team against it: both compilers, both
# generators, LTO, paths with spaces, the plain compiler line of cairn-sdk.pc. Needs clang++, make, pkg-config.
#   tests/plugin/sdk_consumer.sh [<directory for its files, which are kept>]
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
work=${1:-}
if [ -z "$work" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work/con sumer/revisions/aa11_tables"
cd "$work"
say() { echo "sdk_consumer: $*"; }
stop() { say "$*" >&2; exit 1; }

cmake -S "$source" -B "$work/sdk" -G Ninja -DCAIRN_BUILD_RUNNER=OFF -DCAIRN_BUILD_TESTS=OFF > sdk.log
cmake --install "$work/sdk" --prefix "$work/first" > install.log
rm -rf "$work/moved away" && mv "$work/first" "$work/moved away"

cd "$work/con sumer"
cat > CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.20)
project(Team LANGUAGES CXX)
find_package(Cairn 0.1 REQUIRED CONFIG)
cairn_add_revision_directory(revisions GROUP team INSTALL_DESTINATION lib/cairn/team)
cairn_add_revision(keyworded UP "keyword ed.sql" IRREVERSIBLE ID kw01 DOWN_REVISION aa11 bb22
                   MESSAGE "semi; \"quote\" \\ \${x}" SEED LABELS a b GROUP team
                   ACCEPT "column-json: read whole, by one" "index-wide: \"so\"")
END
printf -- '-- cairn: id = aa11\nSELECT 1;\n' > revisions/aa11_tables/up.sql
echo 'SELECT 2;' > revisions/aa11_tables/down.sql
echo 'SELECT 3;' > 'keyword ed.sql'
cat > revisions/bb22_code.cpp <<'END'
#include <cairn/revision.hpp>
CAIRN_REVISION(.id = "bb22", .down_revision = "aa11")
static void upgrade(cairn::Database& db) { db.execute("SELECT 4"); }
static void downgrade(cairn::Database&) {}
END

check() {   # <library>: its note is there, and it exports one symbol
  readelf -nW "$1" | grep -q 'cairn ' || stop "$1 has no note"
  [ "$(nm -D --defined-only "$1" | wc -l)" = 1 ] || stop "$1 exports more than one symbol"
  [ "$(nm -D --defined-only "$1" | cut -d' ' -f3)" = cairn_plugin_v1 ] || stop "$1 exports something else"
}

build() {   # <name> <cmake argument>...
  name=$1; shift
  rm -rf "build $name"
  cmake -S . -B "build $name" "-DCMAKE_PREFIX_PATH=$work/moved away" "$@" > "$name.log"
  cmake --build "build $name" > "$name.log" 2>&1 || { cat "$name.log"; stop "$name does not build"; }
  for stem in aa11_tables bb22_code keyworded; do
    check "build $name/plugins/team/$stem.so"
    cp "build $name/plugins/team/$stem.so" stripped.so && strip -s stripped.so && check stripped.so
  done
  grep -aq 'column-json: read whole, by one' "build $name/plugins/team/keyworded.so" || stop 'ACCEPT is lost'
  grep -aq 'index-wide: "so"' "build $name/plugins/team/keyworded.so" || stop 'the second ACCEPT is lost'
  say "$name is good"
}

build g++ -G Ninja -DCMAKE_CXX_COMPILER=g++
build clang++ -G Ninja -DCMAKE_CXX_COMPILER=clang++
build make -G 'Unix Makefiles' -DCMAKE_CXX_COMPILER=g++
build lto -G Ninja -DCMAKE_CXX_COMPILER=g++ -DCMAKE_INTERPROCEDURAL_OPTIMIZATION=ON -DCMAKE_BUILD_TYPE=Release
build several -G 'Ninja Multi-Config' -DCMAKE_CXX_COMPILER=g++
cmake --install 'build g++' --prefix "$work/team" > install.log
check "$work/team/lib/cairn/team/aa11_tables.so"

# A new file, a new down.sql and an edited header need nothing but another build.
cp 'build g++/plugins/team/aa11_tables.so' before.so
sed 's/bb22/cc33/' revisions/bb22_code.cpp > revisions/cc33_more.cpp
echo '-- edited' >> revisions/aa11_tables/up.sql
cmake --build 'build g++' > again.log
check 'build g++/plugins/team/cc33_more.so'
cmp -s before.so 'build g++/plugins/team/aa11_tables.so' && stop 'an edited up.sql was not built again'
sed -i 's/id = aa11/idd = aa11/' revisions/aa11_tables/up.sql
cmake --build 'build g++' > again.log 2>&1 && stop 'a wrong key was accepted'
grep -q 'revisions/aa11_tables/up.sql:1: error: unknown key "idd"' again.log || { cat again.log; stop 'no place named'; }
sed -i 's/idd = aa11/id = aa11/' revisions/aa11_tables/up.sql

# A revision that is renamed or deleted takes its library with it: the runner would still find it.
mv revisions/cc33_more.cpp revisions/cc33_renamed.cpp
cmake --build 'build g++' > again.log
check 'build g++/plugins/team/cc33_renamed.so'
[ ! -e 'build g++/plugins/team/cc33_more.so' ] || stop 'the library of a renamed revision was left behind'
rm revisions/cc33_renamed.cpp
cmake --build 'build g++' > again.log
[ ! -e 'build g++/plugins/team/cc33_renamed.so' ] || stop 'the library of a deleted revision was left behind'

# Without CMake.
export PKG_CONFIG_PATH="$work/moved away/share/pkgconfig"
for compiler in g++ clang++; do
  eval "$compiler -std=c++20 -O2 revisions/bb22_code.cpp $(pkg-config --cflags --libs cairn-sdk) -o plain.so"
  check plain.so
done
say 'all good'
