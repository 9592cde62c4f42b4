#include "sql/copy_statement.hpp"

#include "base/error.hpp"
#include "sql/lexer.hpp"
#include "sql/open_statement.hpp"

#include <optional>

namespace cairn {

namespace {

struct Words {
  std::string_view call;
  std::string_view statement;
};

Words words_of(CopyStream stream) {
  if (stream == CopyStream::from_client) return {"copy_in()", "COPY ... FROM STDIN"};
  return {"copy_out()", "COPY ... TO STDOUT"};
}

bool is_copy(const sql::OpenStatement& statement, CopyStream stream) {
  return stream == CopyStream::from_client ? statement.copies_in() : statement.copies_out();
}

/// Whether the text is one such statement, with or without its semicolon.
bool is_one_copy(const std::string& sql, CopyStream stream) {
  sql::Lexer lexer(sql);
  sql::OpenStatement statement(sql);
  bool ended = false;
  while (const std::optional<sql::Token> token = lexer.next()) {
    if (ended) return false;
    ended = statement.take(*token) == sql::OpenStatement::Taken::ends;
  }
  return is_copy(statement, stream);
}

}  // namespace

void require_copy(const std::string& sql, CopyStream stream) {
  if (is_one_copy(sql, stream)) return;
  const Words words = words_of(stream);
  throw Error(Category::revision, std::string(words.call) + " takes one " + std::string(words.statement))
      .hint("Give it that statement alone; other statements go through execute() before or after it.");
}

}  // namespace cairn
