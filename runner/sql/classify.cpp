#include "sql/classify.hpp"

#include "sql/lexer.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace cairn {

namespace {

using Words = std::vector<std::string>;

constexpr std::size_t most_words = 64;

/// Words between the verb and the kind of object that do not change what the statement is.
constexpr std::array<std::string_view, 13> noise{"OR", "REPLACE", "GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED",
                                                 "UNIQUE", "RECURSIVE", "TRUSTED", "PROCEDURAL", "CONSTRAINT",
                                                 "DEFAULT"};

/// Kinds of objects with more than one word.
constexpr std::array<std::string_view, 15> long_kinds{
    "ACCESS METHOD", "DEFAULT PRIVILEGES", "EVENT TRIGGER", "FOREIGN DATA WRAPPER", "FOREIGN TABLE", "LARGE OBJECT",
    "MATERIALIZED VIEW", "OPERATOR CLASS", "OPERATOR FAMILY", "PROPERTY GRAPH", "TEXT SEARCH CONFIGURATION",
    "TEXT SEARCH DICTIONARY", "TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE", "USER MAPPING"};

/// Refused in a transaction block whatever follows.
constexpr std::array<std::string_view, 12> alone{
    "VACUUM", "CREATE DATABASE", "DROP DATABASE", "CREATE TABLESPACE", "DROP TABLESPACE", "ALTER SYSTEM",
    "CREATE INDEX CONCURRENTLY", "DROP INDEX CONCURRENTLY", "REINDEX CONCURRENTLY", "REINDEX DATABASE",
    "REINDEX SYSTEM", "REINDEX SCHEMA"};

template <typename List>
bool holds(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// The words of the statement in capitals, quoted names and all else left out.
Words words_of(const Body& body, const Statement& statement) {
  const std::string text = body.text.substr(statement.begin, statement.end - statement.begin);
  Words words;
  sql::Lexer lexer(text);
  while (const auto token = lexer.next()) {
    if (words.size() == most_words || (words.empty() && token->kind != sql::TokenKind::word)) break;
    if (token->kind == sql::TokenKind::word) words.push_back(sql::upper_text(text, *token));
  }
  return words;
}

bool begins_at(const Words& words, std::size_t index, std::string_view sequence) {
  while (!sequence.empty()) {
    const std::string_view word = sequence.substr(0, sequence.find(' '));
    if (index >= words.size() || words[index++] != word) return false;
    sequence.remove_prefix(std::min(sequence.size(), word.size() + 1));
  }
  return true;
}

std::string kind_at(const Words& words, std::size_t index) {
  for (const std::string_view kind : long_kinds)
    if (begins_at(words, index, kind)) return std::string(kind);
  return index < words.size() ? words[index] : "";
}

bool is_detach_concurrently(const Words& words) {
  return begins_at(words, 0, "ALTER TABLE") && holds(words, "DETACH") && words.back() == "CONCURRENTLY";
}

std::string name_of_definition(const Words& words) {
  std::size_t index = 1;
  while (index < words.size() && holds(noise, words[index]) && !begins_at(words, index, "DEFAULT PRIVILEGES")) ++index;
  const std::string kind = kind_at(words, index);
  std::string name = kind.empty() ? words[0] : words[0] + " " + kind;
  if (kind == "INDEX" && begins_at(words, index + 1, "CONCURRENTLY")) name += " CONCURRENTLY";
  if (is_detach_concurrently(words)) name += " DETACH PARTITION CONCURRENTLY";
  return name;
}

/// REINDEX [(CONCURRENTLY, ...)] INDEX | TABLE | ... [CONCURRENTLY] name
std::string name_of_reindex(const Words& words) {
  const bool concurrently = std::find(words.begin(), words.end(), "CONCURRENTLY") != words.end();
  if (concurrently) return "REINDEX CONCURRENTLY";
  for (const std::string_view kind : {"DATABASE", "SYSTEM", "SCHEMA", "TABLE", "INDEX"})
    if (holds(words, kind)) return "REINDEX " + std::string(kind);
  return "REINDEX";
}

std::string name_of(const Words& words) {
  if (words.empty()) return "";
  if (words[0] == "REINDEX") return name_of_reindex(words);
  if (words[0] == "CREATE" || words[0] == "ALTER" || words[0] == "DROP") return name_of_definition(words);
  if (begins_at(words, 0, "REFRESH MATERIALIZED VIEW CONCURRENTLY")) return "REFRESH MATERIALIZED VIEW CONCURRENTLY";
  if (begins_at(words, 0, "REFRESH MATERIALIZED VIEW")) return "REFRESH MATERIALIZED VIEW";
  return words[0];
}

}  // namespace

std::string first_words(const Body& body, const Statement& statement) { return name_of(words_of(body, statement)); }

bool needs_no_transaction(const Body& body, const Statement& statement) {
  const Words words = words_of(body, statement);
  const std::string name = name_of(words);
  const bool only_the_word = statement.end - statement.begin == name.size();
  if (name == "CLUSTER") return only_the_word;   // every table ever clustered
  if (name == "ALTER DATABASE") return holds(words, "TABLESPACE");
  return holds(alone, name) || name.ends_with("DETACH PARTITION CONCURRENTLY");
}

bool returns_rows(const std::string& statement) {
  constexpr std::array<std::string_view, 4> changing{"INSERT", "UPDATE", "DELETE", "MERGE"};
  sql::Lexer lexer(statement);
  const auto first = lexer.next();
  if (!first || first->kind != sql::TokenKind::word || !holds(changing, sql::upper_text(statement, *first))) return false;
  int depth = 0;
  while (const auto token = lexer.next()) {
    if (token->kind == sql::TokenKind::open) ++depth;
    if (token->kind == sql::TokenKind::close) --depth;
    if (depth == 0 && sql::is_word(statement, *token, "RETURNING")) return true;
  }
  return false;
}

}  // namespace cairn
