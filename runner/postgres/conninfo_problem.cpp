#include "postgres/conninfo_problem.hpp"

#include "base/text.hpp"
#include "postgres/conninfo.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace cairn {

namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool is_plain_word(std::string_view text) {
  return text.size() <= 40 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalpha(c) != 0 || c == '_'; });
}

/// Walks keyword = value pairs as libpq does and stops at the first fault.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text), known_(known_keywords()) {}

  Error explain() {
    while (skip_spaces(), !text_.empty()) {
      const std::string keyword = take_keyword();
      skip_spaces();
      if (text_.empty() || text_.front() != '=') return missing_equals();
      if (std::find(known_.begin(), known_.end(), keyword) == known_.end()) return unknown(keyword);
      text_.remove_prefix(1);
      skip_spaces();
      if (!skip_value()) return bad(fmt::format("the quoted value of \"{}\" has no closing quote", keyword));
      last_ = keyword;
    }
    return bad("libpq cannot read them");
  }

 private:
  static Error bad(const std::string& what) {
    return Error(Category::configuration, "the database settings are wrong: " + what)
        .hint("Write them as \"host=... port=... dbname=... user=...\"; a value with spaces or quotes goes in single "
              "quotes, with \\ before ' and \\.");
  }

  std::string where() const { return last_.empty() ? "at the start" : fmt::format("after the value of \"{}\"", last_); }

  Error missing_equals() const { return bad(fmt::format("{} there is a word without \"=\"", where())); }

  Error unknown(const std::string& keyword) const {
    // Behind a password the word may be the rest of it, a value with a space and no quotes; and what does not
    // read as a keyword may be a damaged URL with a password in it.
    if (is_secret(last_) || !is_plain_word(keyword))
      return bad(fmt::format("{} there is something that is not a libpq setting", where()));
    Error error = bad(fmt::format("\"{}\" is not a libpq setting", keyword));
    if (const auto meant = nearest_word(keyword, known_)) error.hint(fmt::format("Did you mean \"{}\"?", *meant));
    return error;
  }

  void skip_spaces() {
    while (!text_.empty() && is_space(text_.front())) text_.remove_prefix(1);
  }

  std::string take_keyword() {
    std::size_t end = 0;
    while (end < text_.size() && text_[end] != '=' && !is_space(text_[end])) ++end;
    std::string keyword(text_.substr(0, end));
    text_.remove_prefix(end);
    return keyword;
  }

  bool skip_value() {
    const bool quoted = !text_.empty() && text_.front() == '\'';
    if (quoted) text_.remove_prefix(1);
    while (!text_.empty()) {
      const char c = text_.front();
      if (!quoted && is_space(c)) return true;
      text_.remove_prefix(c == '\\' ? std::min<std::size_t>(2, text_.size()) : 1);
      if (quoted && c == '\'') return true;
    }
    return !quoted;
  }

  std::string_view text_;
  std::vector<std::string> known_;
  std::string last_;
};

}  // namespace

Error explain_bad_settings(std::string_view text) { return Walk(text).explain(); }

}  // namespace cairn
