#include "postgres/server_error.hpp"

#include "base/text.hpp"
#include "postgres/advice.hpp"

namespace cairn {

namespace {

constexpr std::size_t most_text = std::size_t{8} << 10U;   // RAISE can send any amount

void add_context(Error& error, const std::string& lines) {
  std::size_t begin = 0;
  while (begin < lines.size()) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    error.context(lines.substr(begin, end - begin));
    begin = end + 1;
  }
}

std::string join_hints(const std::string& of_server, const std::string& ours) {
  if (of_server.empty() || ours.empty()) return of_server + ours;
  return of_server + (of_server.ends_with('.') ? " " : ". ") + ours;
}

}  // namespace

Error to_error(const ServerFailure& failure, Category category) {
  Error error(category, failure.message.empty() ? "the server gave no reason" : printable(failure.message, most_text));
  error.sqlstate(failure.sqlstate);
  if (!failure.detail.empty()) error.detail(printable(failure.detail, most_text));
  const std::string hint = join_hints(printable(failure.hint, most_text), find_advice(failure.sqlstate));
  if (!hint.empty()) error.hint(hint);
  add_context(error, printable(failure.context, most_text));
  return error;
}

std::vector<Result> require_results(Reply reply, Category category) {
  if (reply.failure) throw to_error(*reply.failure, reply.lost ? Category::connection : category);
  return std::move(reply.results);
}

}  // namespace cairn
