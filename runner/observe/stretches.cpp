#include "observe/stretches.hpp"

#include "base/text.hpp"
#include "sql/lexer.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace cairn {

namespace {

bool holds_statement(const std::string& text) {
  sql::Lexer lexer(text);
  while (const auto token = lexer.next())
    if (token->kind != sql::TokenKind::semicolon) return true;
  return false;
}

bool takes_copy(const Stretch& stretch) { return stretch.statement != nullptr && stretch.statement->copies_in; }

}  // namespace

std::vector<Stretch> cut(const Message& message) {
  std::vector<Stretch> list;
  std::size_t at = 0;
  const auto add_own = [&](std::size_t end) {
    if (holds_statement(message.text.substr(at, end - at))) list.push_back({at, end, nullptr});
  };
  for (const AuthoredStatement& statement : message.statements) {
    add_own(statement.begin);
    list.push_back({statement.begin, statement.end, &statement});
    at = statement.end;
  }
  add_own(message.text.size());
  return list;
}

const Stretch* Pieces::next() const {
  return at_ < stretches_.size() && !answer_.failure && !answer_.lost ? &stretches_[at_] : nullptr;
}

std::vector<std::string_view> Pieces::copies_from_here(std::size_t count) const {
  const std::size_t first = std::min(copies_, whole_.copies.size());
  const std::size_t end = first + std::min(count, whole_.copies.size() - first);
  return {whole_.copies.begin() + static_cast<std::ptrdiff_t>(first), whole_.copies.begin() + static_cast<std::ptrdiff_t>(end)};
}

Message Pieces::message() const {
  if (is_alone()) return whole_;
  const Stretch& stretch = stretches_[at_];
  return {.text = whole_.text.substr(stretch.begin, stretch.end - stretch.begin),
          .copies = copies_from_here(takes_copy(stretch) ? 1 : 0),
          .parameters = std::nullopt};
}

Message Pieces::rest() const {
  return {.text = whole_.text.substr(stretches_[at_].begin), .copies = copies_from_here(whole_.copies.size()), .parameters = std::nullopt};
}

std::string Pieces::text_of(const AuthoredStatement& statement) const {
  return whole_.text.substr(statement.own_begin, statement.own_end - statement.own_begin);
}

/// The server counts positions in characters of the text it was sent.
void Pieces::take(Reply part) {
  const Stretch& stretch = stretches_[at_++];
  if (takes_copy(stretch)) ++copies_;
  std::move(part.results.begin(), part.results.end(), std::back_inserter(answer_.results));
  answer_.lost = part.lost;
  answer_.failure = std::move(part.failure);
  if (answer_.failure && answer_.failure->position > 0 && !is_alone())
    answer_.failure->position += length_in_characters(std::string_view(whole_.text).substr(0, stretch.begin));
}

void Pieces::take_rest(Reply part) {
  take(std::move(part));
  at_ = stretches_.size();
}

}  // namespace cairn
