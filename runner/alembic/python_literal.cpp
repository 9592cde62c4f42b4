#include "alembic/python_literal.hpp"

#include "alembic/python_text.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr int deepest = 16;

class LiteralParser {
 public:
  LiteralParser(const InputText& input, std::span<const PythonToken> tokens) : input_(input), tokens_(tokens) {}

  PythonLiteral parse() {
    take_items({});
    if (index_ < tokens_.size()) refuse();
    if (commas_ || taken_.form == PythonLiteral::Form::list) taken_.form = PythonLiteral::Form::list;
    return std::move(taken_);
  }

 private:
  std::string_view here() const {
    return index_ < tokens_.size() ? input_.view(tokens_[index_].begin, tokens_[index_].end) : std::string_view();
  }

  [[noreturn]] void refuse() const {
    const std::size_t offset = index_ < tokens_.size() ? tokens_[index_].begin : tokens_.empty() ? 0 : tokens_.back().end;
    throw problem_at(input_, offset, fmt::format("only Python could tell what {} is", here().empty() ? "follows" : printable(here(), 60)))
        .hint("Write the value out: a text in quotes, None, or a tuple or list of texts.");
  }

  /// Items up to the closing bracket, or to the end of all tokens.
  void take_items(std::string_view closing) {
    if (++depth_ > deepest) refuse();
    while (here() != closing) {
      take_item();
      if (here() == closing) break;
      if (here() != ",") refuse();
      commas_ = commas_ || depth_ <= 2;
      ++index_;
    }
    --depth_;
  }

  void take_item() {
    const std::string_view token = here();
    if (token == "None") {
      ++index_;
    } else if (token == "(" || token == "[" || token == "{") {
      take_bracket(token);
    } else if (index_ < tokens_.size() && tokens_[index_].kind == PythonKind::text) {
      take_texts();
    } else {
      refuse();
    }
  }

  /// Round brackets alone make no tuple.
  void take_bracket(std::string_view open) {
    ++index_;
    const std::size_t before = index_;
    take_items(open == "(" ? ")" : open == "[" ? "]" : "}");
    if (open != "(" || index_ == before) taken_.form = PythonLiteral::Form::list;
    ++index_;
  }

  /// Texts side by side are one.
  void take_texts() {
    std::string text;
    for (; index_ < tokens_.size() && tokens_[index_].kind == PythonKind::text; ++index_) {
      const auto value = find_text_value(here());
      if (!value) refuse();
      text += *value;
    }
    if (taken_.form == PythonLiteral::Form::none) taken_.form = PythonLiteral::Form::text;
    if (std::find(taken_.texts.begin(), taken_.texts.end(), text) == taken_.texts.end()) taken_.texts.push_back(std::move(text));
  }

  const InputText& input_;
  std::span<const PythonToken> tokens_;
  std::size_t index_ = 0;
  int depth_ = 0;
  bool commas_ = false;
  PythonLiteral taken_;
};

}  // namespace

PythonLiteral parse_literal(const InputText& input, std::span<const PythonToken> tokens) {
  return LiteralParser(input, tokens).parse();
}

}  // namespace cairn
