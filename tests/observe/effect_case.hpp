#pragma once

#include "observe/watched_database.hpp"

#include <span>

namespace cairn::test {

struct EffectCase {
  const char* setup;
  const char* sql;        ///< what the last statement of it does is looked at
  Lines seen;             ///< all of it
};

void expect_effects(std::span<const EffectCase> cases);

// What is there before.
inline constexpr const char* users = "CREATE TABLE users (id int PRIMARY KEY, name text, age int, code varchar(10));"
    "INSERT INTO users SELECT n, 'u' || n, n, 'c' FROM generate_series(1, 10) n";
inline constexpr const char* orders = "CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users SELECT generate_series(1, 10);"
     "CREATE TABLE orders (id int, owner int); INSERT INTO orders VALUES (1, 1), (2, 2)";
inline constexpr const char* nobody = "CREATE TABLE users (id int PRIMARY KEY, age int); CREATE TABLE people (id int PRIMARY KEY)";
inline constexpr const char* viewed = "CREATE TABLE users (id int); INSERT INTO users VALUES (1);"
     "CREATE MATERIALIZED VIEW m AS SELECT * FROM users";
inline constexpr const char* parts = "CREATE TABLE p (a int, b int) PARTITION BY LIST (a); CREATE TABLE one PARTITION OF p FOR VALUES IN (1);"
    "INSERT INTO p VALUES (1, 1); CREATE TABLE more (a int, b int); INSERT INTO more VALUES (2, 2)";

}  // namespace cairn::test
