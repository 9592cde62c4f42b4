#include "alembic/python_scanner.hpp"

#include <algorithm>

namespace cairn {

namespace {

bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word_part(char c) { return is_word_start(c) || is_digit(c); }

bool is_quote(char c) { return c == '\'' || c == '"'; }

char closing_of(char open) { return open == '(' ? ')' : open == '[' ? ']' : '}'; }

}  // namespace

std::optional<PythonStatement> PythonScanner::next() {
  PythonStatement statement;
  while (at_ < text_.size()) {
    if (line_begins_ && measure_indent()) continue;
    const Pause pause = skip_blanks(!brackets_.empty());
    if (pause == Pause::line_end) line_begins_ = true;
    if (pause != Pause::none && !statement.tokens.empty()) return statement;
    if (pause != Pause::none || at_ >= text_.size()) continue;
    if (statement.tokens.empty()) statement.indented = indented_;
    statement.tokens.push_back(take_token());
    take_bracket(statement.tokens.back());
  }
  if (!brackets_.empty()) refuse(brackets_.back(), "this bracket is never closed");
  if (statement.tokens.empty()) return std::nullopt;
  return statement;
}

void PythonScanner::refuse(std::size_t offset, const char* message) const {
  throw problem_at(input_, offset, message).hint("Alembic cannot read this file either: correct it first.");
}

/// At the beginning of a logical line. True when the line holds nothing and was skipped.
bool PythonScanner::measure_indent() {
  std::size_t begin = at_;
  while (begin < text_.size() && (text_[begin] == ' ' || text_[begin] == '\t' || text_[begin] == '\f')) ++begin;
  const bool nothing = begin == text_.size() || text_[begin] == '\n' || text_[begin] == '#';
  if (nothing) {
    const std::size_t end = text_.find('\n', begin);
    at_ = end == text_.npos ? text_.size() : end + 1;
    return true;
  }
  indented_ = begin > at_;
  at_ = begin;
  line_begins_ = false;
  return false;
}

PythonScanner::Pause PythonScanner::skip_blanks(bool inside) {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') {
      at_ += 2;
    } else if (c == '\n' || (c == ';' && !inside)) {
      ++at_;
      if (!inside) return c == ';' ? Pause::semicolon : Pause::line_end;
    } else if (c == ' ' || c == '\t' || c == '\f') {
      ++at_;
    } else {
      return Pause::none;
    }
  }
  return Pause::none;
}

std::size_t PythonScanner::word_end(std::size_t at) const {
  while (at < text_.size() && is_word_part(text_[at])) ++at;
  return at;
}

/// A word of up to two letters that is a prefix, with the quote right behind it.
bool PythonScanner::starts_text(std::size_t begin, std::size_t end) const {
  if (end >= text_.size() || !is_quote(text_[end]) || end - begin > 2) return false;
  constexpr std::string_view prefixes = "rRuUbBfFtT";
  return std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(begin), text_.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](char c) { return prefixes.find(c) != prefixes.npos; });
}

PythonToken PythonScanner::take_token() {
  const std::size_t begin = at_;
  const char c = text_[begin];
  if (is_quote(c)) return take_text(begin);
  if (is_word_start(c)) {
    at_ = word_end(begin);
    if (starts_text(begin, at_)) return take_text(begin);
    return {PythonKind::name, begin, at_};
  }
  if (is_digit(c)) {
    while (at_ < text_.size() && (is_word_part(text_[at_]) || text_[at_] == '.')) ++at_;
    return {PythonKind::number, begin, at_};
  }
  ++at_;
  return {PythonKind::sign, begin, at_};
}

/// `at_` is at the first quote; `begin` at the prefix.
PythonToken PythonScanner::take_text(std::size_t begin) {
  const char quote = text_[at_];
  const std::string_view triple = quote == '"' ? "\"\"\"" : "'''";
  const bool long_form = text_.substr(at_).starts_with(triple);
  at_ += long_form ? 3 : 1;
  while (at_ < text_.size()) {
    if (text_[at_] == '\\') {
      at_ += 2;
    } else if (long_form ? text_.substr(at_).starts_with(triple) : text_[at_] == quote) {
      at_ += long_form ? 3 : 1;
      return {PythonKind::text, begin, at_};
    } else if (text_[at_] == '\n' && !long_form) {
      break;
    } else {
      ++at_;
    }
  }
  refuse(begin, "this text is never closed");
}

void PythonScanner::take_bracket(const PythonToken& token) {
  if (token.kind != PythonKind::sign) return;
  const char c = text_[token.begin];
  if (c == '(' || c == '[' || c == '{') brackets_.push_back(token.begin);
  if (c != ')' && c != ']' && c != '}') return;
  if (brackets_.empty() || closing_of(text_[brackets_.back()]) != c) 
    refuse(token.begin, "this bracket was never opened");
  brackets_.pop_back();
}

}  // namespace cairn
