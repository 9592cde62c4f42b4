#include "authoring/cpp_tokens.hpp"

#include <algorithm>
#include <cctype>

namespace cairn {

namespace {

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

class CppSplitter {
 public:
  explicit CppSplitter(std::string_view source) : source_(source) {}

  std::vector<CppToken> run() {
    while (at_ < source_.size()) step();
    return std::move(tokens_);
  }

 private:
  void step() {
    const char c = source_[at_];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) skip(1);
    else if (rest().starts_with("//")) skip(rest().find('\n'));
    else if (rest().starts_with("/*")) skip_block();
    else if (c == '"') take_string();
    else if (c == '\'') take_character();
    else if (is_word(c)) take_word();
    else add(CppTokenKind::sign, 1, std::string(1, c));
  }

  std::string_view rest() const { return source_.substr(at_); }

  void skip(std::size_t count) {
    const std::string_view skipped = rest().substr(0, count);
    line_ += static_cast<std::size_t>(std::count(skipped.begin(), skipped.end(), '\n'));
    at_ += skipped.size();
  }

  void skip_block() {
    const std::size_t end = rest().find("*/", 2);
    skip(end == std::string_view::npos ? end : end + 2);
  }

  void add(CppTokenKind kind, std::size_t length, std::string text) {
    tokens_.push_back({kind, std::move(text), line_});
    skip(length);
  }

  /// 1'000'000 is one word, and R"(...)" is a word with a literal glued to it.
  void take_word() {
    std::size_t length = 0;
    const bool number = std::isdigit(static_cast<unsigned char>(source_[at_])) != 0;
    while (length < rest().size() && (is_word(rest()[length]) || (number && rest()[length] == '\''))) ++length;
    const std::string word(rest().substr(0, length));
    const bool glued = !number && length < rest().size() && rest()[length] == '"';
    if (!glued) return add(CppTokenKind::word, length, word);
    if (word.ends_with('R')) return take_raw(length);
    add(CppTokenKind::unread, length, word);
    take_string();
  }

  void take_raw(std::size_t prefix) {
    const std::string_view literal = rest();
    const std::size_t open = literal.find('(', prefix);
    if (open == literal.npos) return add(CppTokenKind::unread, literal.size(), "");
    const std::string close = ")" + std::string(literal.substr(prefix + 1, open - prefix - 1)) + "\"";
    const std::size_t end = literal.find(close, open);
    add(CppTokenKind::unread, end == literal.npos ? literal.size() : end + close.size(), "");
  }

  void take_string() {
    std::string meaning;
    bool plain = true;
    std::size_t length = 1;
    for (; length < rest().size() && rest()[length] != '"' && rest()[length] != '\n'; ++length) {
      if (rest()[length] == '\\' && length + 1 < rest().size()) {
        ++length;
        plain = plain && (rest()[length] == '"' || rest()[length] == '\\');
      }
      meaning += rest()[length];
    }
    const bool ends = length < rest().size() && rest()[length] == '"';
    add(ends && plain ? CppTokenKind::string : CppTokenKind::unread, length + (ends ? 1 : 0), meaning);
  }

  void take_character() {
    std::size_t length = 1;
    while (length < rest().size() && rest()[length] != '\'' && rest()[length] != '\n') length += rest()[length] == '\\' ? 2 : 1;
    add(CppTokenKind::unread, length + 1, "");
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::vector<CppToken> tokens_;
};

}  // namespace

std::vector<CppToken> split_cpp(std::string_view source) { return CppSplitter(source).run(); }

}  // namespace cairn
