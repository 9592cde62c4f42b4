#include "sql/lexer.hpp"

#include <algorithm>
#include <cstring>

namespace cairn::sql {

namespace {

constexpr std::size_t piece_size = 64 * 1024;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool continues_number(char c) {
  return (c >= '0' && c <= '9') || (upper(c) >= 'A' && upper(c) <= 'Z') || c == '_' || c == '.' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::size_t line_end_behind(std::string_view text, std::size_t offset) {
  const std::size_t newline = text.find('\n', std::min(offset, text.size()));
  return newline == text.npos ? text.size() : newline + 1;
}

/// Where the construct that the lexer refused ends, when that can be told without understanding it.
std::optional<std::size_t> end_of_refused(std::string_view text, const ScanFailure& failure) {
  const std::size_t begin = *failure.offset;
  if (failure.message.starts_with("trailing junk after")) {
    std::size_t end = begin + 1;   // the first character may be the $ of a parameter
    while (end < text.size() && continues_number(text[end])) ++end;
    return end;
  }
  if (failure.message.starts_with("zero-length delimited identifier")) {
    const std::size_t quotes = text.find("\"\"", begin);
    if (quotes != text.npos) return quotes + 2;
  }
  if (failure.message.starts_with("operator too long")) {
    const std::size_t end = text.find_first_not_of("~!@#^&|`?+-*/%<>=", begin);
    const std::size_t comment = std::min(text.find("--", begin), text.find("/*", begin));
    return std::max(begin + 1, std::min({end, comment, text.size()}));
  }
  return std::nullopt;
}

/// The piece with what only newer servers read, or only the server can check, made harmless at the same length:
/// digits_grouped, and escapes for bytes and code points. Every token still begins and ends where it did.
std::string harmless(std::string text) {
  const auto is_digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && std::strchr("01234567xXuU", text[i + 1]) != nullptr) text[i] = text[i + 1] = '_';
    else if (text[i] == '_' && i > 0 && is_digit(i - 1) && is_digit(i + 1)) text[i] = '0';
  }
  return text;
}

/// A quoted constant goes on in the next line when that begins with a quote; only a comment may stand between.
std::size_t tokens_that_surely_end(const std::vector<Token>& tokens) {
  std::size_t count = tokens.size();
  while (count > 0 && tokens[count - 1].kind == TokenKind::comment) --count;
  return count > 0 && tokens[count - 1].kind == TokenKind::string ? count - 1 : tokens.size();
}

}  // namespace

bool is_word(std::string_view text, const Token& token, std::string_view word) {
  if (token.kind != TokenKind::word || token.end - token.begin != word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(token.begin),
                    [](char a, char b) { return a == upper(b); });
}

std::string upper_text(std::string_view text, const Token& token) {
  std::string word(text.substr(token.begin, token.end - token.begin));
  std::transform(word.begin(), word.end(), word.begin(), upper);
  return word;
}

std::optional<Token> Lexer::next() {
  for (;;) {
    if (index_ == tokens_.size()) fill();
    if (index_ == tokens_.size()) return std::nullopt;
    const Token token = tokens_[index_++];
    if (token.kind != TokenKind::comment && token.kind != TokenKind::block) return token;
  }
}

void Lexer::seek(std::size_t offset) {
  tokens_.clear();
  index_ = 0;
  position_ = offset;
}

void Lexer::fill() {
  tokens_.clear();
  index_ = 0;
  std::size_t at_least = 1;
  while (tokens_.empty() && position_ < text_.size()) {
    const std::size_t end = piece_end(position_ + at_least);
    const std::size_t before = position_;
    if (!accept(text_.substr(position_, end - position_), end)) at_least = std::max(piece_size, 2 * (end - before));
  }
}

/// Takes what is certain of the piece and moves on. False: nothing is, a longer piece is needed.
bool Lexer::accept(std::string piece, std::size_t end) {
  Scan answer = scan(piece);
  if (answer.failure && !answer.failure->unterminated()) {
    piece = harmless(std::move(piece));
    answer = scan(piece);
  }
  if (answer.failure) return accept_failed(piece, *answer.failure, end);
  const std::size_t sure = end == text_.size() ? answer.tokens.size() : tokens_that_surely_end(answer.tokens);
  const std::size_t taken = sure == answer.tokens.size() ? piece.size() : answer.tokens[sure].begin;
  if (taken == 0) return false;
  answer.tokens.resize(sure);
  push(answer.tokens);
  position_ += taken;
  return true;
}

bool Lexer::accept_failed(const std::string& piece, const ScanFailure& failure, std::size_t end) {
  const std::size_t at = failure.offset.value_or(0);
  if (failure.unterminated() && failure.offset) {
    if (end < text_.size() && at == 0) return false;
    Token last{TokenKind::unterminated, at, piece.size()};
    if (end < text_.size()) last.end = at;   // the next piece begins with it
    return accept_before(piece, at, last);
  }
  const std::optional<std::size_t> refused = failure.offset ? end_of_refused(piece, failure) : std::nullopt;
  if (refused) return accept_before(piece, at, {TokenKind::other, at, *refused});
  return accept_before(piece, at, {TokenKind::unreadable, at, piece.size()});
}

/// Takes the tokens before a failure, then `last` (unless it is empty).
bool Lexer::accept_before(const std::string& piece, std::size_t failed_at, Token last) {
  const Scan good = scan(piece.substr(0, failed_at));
  if (good.failure) last = {TokenKind::unreadable, good.failure->offset.value_or(0), piece.size()};
  push(good.tokens);
  if (last.begin < last.end) push({last});
  const bool over = last.kind == TokenKind::unreadable ||
                    (last.kind == TokenKind::unterminated && last.begin < last.end);
  position_ = over ? text_.size() : position_ + last.end;
  return true;
}

void Lexer::push(const std::vector<Token>& tokens) {
  for (Token token : tokens) {
    token.begin += position_;
    token.end += position_;
    // A made-up escape hides the backslash from the lexer only.
    if (token.kind == TokenKind::word && text_[token.begin] == '\\') token.kind = TokenKind::backslash;
    tokens_.push_back(token);
  }
}

/// The first line break behind which something other than SQL may stand, from this byte on.
std::size_t Lexer::piece_end(std::size_t at_least) {
  const std::size_t longest = line_end_behind(text_, std::max(position_ + piece_size, at_least) - 1);
  return std::min({longest, next_copy_stop(at_least), next_command_stop(at_least)});
}

/// COPY data begins behind the line of the semicolon that follows the word STDIN.
std::size_t Lexer::next_copy_stop(std::size_t from) {
  while (copy_stop_ < from) {
    const char* found = strcasestr(text_.c_str() + copy_stop_, "stdin");
    if (found == nullptr) return copy_stop_ = text_.size();
    const std::size_t semicolon = text_.find(';', static_cast<std::size_t>(found - text_.c_str()));
    copy_stop_ = semicolon == text_.npos ? text_.size() : line_end_behind(text_, semicolon);
  }
  return copy_stop_;
}

/// The beginning of a line whose first character, but for blanks, is a backslash.
std::size_t Lexer::next_command_stop(std::size_t from) {
  while (command_stop_ < from) {
    const std::size_t backslash = text_.find('\\', command_search_);
    if (backslash == text_.npos) return command_stop_ = text_.size();
    command_search_ = backslash + 1;
    const std::size_t before = text_.find_last_not_of(" \t", backslash == 0 ? 0 : backslash - 1);
    if (before != text_.npos && text_[before] == '\n') command_stop_ = before + 1;
  }
  return command_stop_;
}

}  // namespace cairn::sql
