#include "alembic/offline_statement.hpp"

#include "sql/lexer.hpp"
#include "sql/open_statement.hpp"
#include "sql/transaction_control.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace cairn {

namespace {

constexpr std::size_t most_tokens = 32;
constexpr std::size_t most_problems = 20;

/// Where a line comment of the gap ends with a semicolon and a blank line follows: so Alembic ends statements.
std::optional<std::size_t> find_swallowed_semicolon(std::string_view gap) {
  for (std::size_t end = gap.find(";\n\n"); end != gap.npos; end = gap.find(";\n\n", end + 1)) {
    const std::size_t line = end == 0 ? 0 : gap.rfind('\n', end - 1) + 1;   // npos + 1 is 0
    const std::size_t dashes = gap.find("--", line);
    if (dashes < end) return dashes;
  }
  return std::nullopt;
}

class StatementCutter {
 public:
  explicit StatementCutter(const InputText& input) : input_(input), lexer_(input.text), open_(input.text) {}

  std::vector<OfflineStatement> cut() {
    while (problems_.size() < most_problems) {
      const std::optional<sql::Token> token = lexer_.next();
      if (!token) break;
      take(*token);
    }
    if (!open_.empty()) end_statement(open_.end());
    throw_all(std::move(problems_));
    return std::move(statements_);
  }

 private:
  void take(const sql::Token& token) {
    if (token.kind == sql::TokenKind::unterminated || token.kind == sql::TokenKind::unreadable)
      return refuse(token.begin, "the SQL cannot be read from here on: something is never closed",
                    "Let alembic write the script again; if it comes out like this, correct the place by hand.");
    if (!open_.empty()) check_gap(open_.end(), token.begin);
    if (open_.take(token) == sql::OpenStatement::Taken::ends) return end_statement(token.end);
    if (statement_.tokens.size() < most_tokens) statement_.tokens.push_back(token);
    else statement_.cut_short = true;
  }

  void check_gap(std::size_t begin, std::size_t end) {
    if (const auto at = find_swallowed_semicolon(input_.view(begin, end)))
      refuse(begin + *at, "this comment holds the semicolon that should end the statement before it",
             "Write the semicolon into a line of its own below the comment.");
  }

  void refuse(std::size_t offset, const char* message, const char* hint) {
    problems_.push_back(problem_at(input_, offset, message).hint(hint));
  }

  void end_statement(std::size_t behind) {
    const sql::OpenStatement done = std::exchange(open_, sql::OpenStatement(input_.text));
    OfflineStatement statement = std::exchange(statement_, {});
    if (done.empty()) return;
    statement.begin = done.begin();
    statement.end = done.end();
    statement.behind = behind;
    statement.control = sql::find_transaction_control(done.leading_words()).value_or("");
    statements_.push_back(std::move(statement));
  }

  const InputText& input_;
  sql::Lexer lexer_;
  sql::OpenStatement open_;
  OfflineStatement statement_;
  std::vector<OfflineStatement> statements_;
  std::vector<Error> problems_;
};

}  // namespace

std::vector<OfflineStatement> cut_offline_statements(const InputText& input) { return StatementCutter(input).cut(); }

}  // namespace cairn
