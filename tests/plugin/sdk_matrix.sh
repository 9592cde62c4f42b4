#!/bin/sh
# Every way in which a team may build its revisions: compilers and their standard libraries, generators, link-time
# optimisation, sections thrown away, stripped libraries, the compiler line of cairn-sdk.pc. Each result passes the checks of
# the installed runner, and those of each compiler are run. Needs clang++, libc++, make, pkg-config, PostgreSQL.
#   tests/plugin/sdk_matrix.sh <build folder of Cairn>
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"   # the server of an ephemeral database may run as somebody else
cd "$work"
say() { echo "sdk_matrix: $*"; }
stop() { cat log >&2; say "$*" >&2; exit 1; }
try() { "$@" > log 2>&1 || stop "failed: $*"; }

try cmake --install "$build" --prefix first
mv first 'moved away'
prefix="$work/moved away"
cairn="$prefix/bin/cairn"
mkdir -p 'a team/revisions/aa11_tables'
cd 'a team'
cat > CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.22)
project(Team LANGUAGES CXX)
find_package(Cairn 0.1 REQUIRED CONFIG)
enable_testing()
cairn_add_revision_directory(revisions GROUP team)
cairn_add_graph_check(history)
END
printf -- '-- cairn: id = aa11\nCREATE TABLE words (word text);\n' > revisions/aa11_tables/up.sql
echo 'DROP TABLE words;' > revisions/aa11_tables/down.sql
# What leaks out of libraries that are built without care: containers, exceptions, statics of templates.
cat > revisions/bb22_code.cpp <<'END'
#include <cairn/revision.hpp>
#include <cairn/std.hpp>
#include <map>
#include <stdexcept>
#include <string>
CAIRN_REVISION(.id = "bb22", .down_revision = "aa11")
template <class T> struct Kept { static inline T value{}; };
static void upgrade(cairn::Database& db) {
  std::map<std::string, int>& words = Kept<std::map<std::string, int>>::value;
  for (const char* word : {"stone", "pile", "stone"}) ++words[word];
  for (const auto& [word, count] : words) db.run("INSERT INTO words SELECT $1 FROM generate_series(1, $2::int)", word, count);
  try {
    throw std::runtime_error("caught where it was thrown");
  } catch (const std::exception& error) {
    db.log(error.what());
  }
  if (db.savepoint([&] { db.run("SELECT 1/0"); })) db.fail("dividing by zero went well");
  if (db.query("SELECT count(*) AS n FROM words")[0]["n"].integer() != 3) db.fail("not three words");
}
static void downgrade(cairn::Database& db) { db.execute("DELETE FROM words"); }
END

runs() {   # <folder>: its revisions do what they say
  try "$cairn" --plugins "$1" --database ephemeral upgrade head
  grep -q bb22 log || stop "$1 did not upgrade"
}

count=0
combine() {   # <name> <compiler> <generator> <cmake argument>...
  name=$1 compiler=$2 generator=$3
  shift 3
  rm -rf build
  try cmake -S . -B build -G "$generator" "-DCMAKE_PREFIX_PATH=$prefix" "-DCMAKE_CXX_COMPILER=$compiler" "$@"
  try cmake --build build
  try cmake --build build --target test
  for library in build/plugins/team/*.so; do
    strip -s "$library"
    try "$cairn" inspect "$library"
  done
  count=$((count + 1))
  say "$name, $compiler, $generator is good"
}

sections='-ffunction-sections -fdata-sections'
for generator in Ninja 'Unix Makefiles'; do
  for compiler in g++ clang++; do
    combine plain $compiler "$generator"
    runs build/plugins
    combine debug $compiler "$generator" -DCMAKE_BUILD_TYPE=Debug
    combine lto $compiler "$generator" -DCMAKE_BUILD_TYPE=Release -DCMAKE_POLICY_DEFAULT_CMP0069=NEW -DCMAKE_INTERPROCEDURAL_OPTIMIZATION=ON
    combine sections $compiler "$generator" -DCMAKE_BUILD_TYPE=MinSizeRel "-DCMAKE_CXX_FLAGS=$sections" -DCMAKE_MODULE_LINKER_FLAGS=-Wl,--gc-sections
    combine everything $compiler "$generator" -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS=$sections -flto" "-DCMAKE_MODULE_LINKER_FLAGS=-Wl,--gc-sections -s"
  done
  combine libc++ clang++ "$generator" -DCMAKE_CXX_FLAGS=-stdlib=libc++
  runs build/plugins
done

# Without CMake, as docs/plugin-abi.md has it.
export PKG_CONFIG_PATH="$prefix/share/pkgconfig"
mkdir plain
cp build/plugins/team/aa11_tables.so plain
for compiler in g++ clang++ 'clang++ -stdlib=libc++'; do
  eval "try $compiler -std=c++20 -O2 revisions/bb22_code.cpp $(pkg-config --cflags --libs cairn-sdk) -o plain/bb22.so"
  try "$cairn" inspect plain/bb22.so
  runs plain
  count=$((count + 1))
  say "plain $compiler is good"
done
[ "$(pkg-config --variable=abi_major cairn-sdk)" = 1 ] || stop 'cairn-sdk.pc does not tell the major of the ABI'
say "all $count are good"
