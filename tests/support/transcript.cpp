#include "support/transcript.hpp"

#include <charconv>
#include <stdexcept>

namespace cairn::test {

namespace {

[[noreturn]] void refuse(std::size_t line, const std::string& problem) {
  throw std::runtime_error("line " + std::to_string(line) + ": " + problem);
}

bool is_exit_line(std::string_view line) { return line.starts_with("[exit ") && line.ends_with("]"); }

bool opens_a_part(std::string_view line) {
  return line.starts_with("$ ") || line.starts_with("! ") || line.starts_with("# ") || line == "#";
}

/// A printed line that has to be told from the file's own.
bool needs_escape(std::string_view line) {
  return opens_a_part(line) || is_exit_line(line) || line.starts_with("2>") || line.starts_with("\\");
}

std::string escaped(const std::string& line) { return needs_escape(line) ? "\\" + line : line; }

std::string unescaped(std::string_view line) {
  return std::string(line.starts_with("\\") ? line.substr(1) : line);
}

class Parser {
 public:
  explicit Parser(std::vector<std::string> lines) : lines_(std::move(lines)) {}

  Transcript parse() {
    Transcript transcript;
    while (at_ < lines_.size()) transcript.parts.push_back(parse_part());
    return transcript;
  }

 private:
  const std::string& line() const { return lines_[at_]; }

  TranscriptPart parse_part() {
    if (line().starts_with("$ ")) return parse_invocation();
    if (line().starts_with("! ")) return parse_directive();
    if (line().empty() || line().starts_with("#")) return parse_prose();
    refuse(at_ + 1, "neither a command nor its output: " + line());
  }

  Prose parse_prose() {
    Prose prose;
    while (at_ < lines_.size() && (line().empty() || line().starts_with("#"))) prose.lines.push_back(lines_[at_++]);
    return prose;
  }

  Directive parse_directive() {
    Directive directive;
    directive.line = at_ + 1;
    directive.source.push_back(line());
    std::string rest = lines_[at_++].substr(2);
    const std::size_t space = rest.find(' ');
    directive.verb = rest.substr(0, space);
    directive.argument = space == std::string::npos ? "" : rest.substr(space + 1);
    const std::size_t mark = directive.argument.find("<<");
    if (mark != std::string::npos && directive.verb != "sql:") read_block(directive, mark);
    return directive;
  }

  void read_block(Directive& directive, std::size_t mark) {
    const std::string end = directive.argument.substr(mark + 2);
    directive.argument.erase(mark);
    while (directive.argument.ends_with(' ')) directive.argument.pop_back();
    for (; at_ < lines_.size() && line() != end; ++at_) {
      directive.block.push_back(line());
      directive.source.push_back(line());
    }
    if (at_ == lines_.size()) refuse(directive.line, "no line \"" + end + "\" ends this");
    directive.source.push_back(lines_[at_++]);
  }

  Invocation parse_invocation() {
    Invocation invocation;
    invocation.line = at_ + 1;
    invocation.text = lines_[at_++].substr(2);
    const std::size_t end = end_of_answer();
    for (; at_ < end; ++at_) read_answer_line(invocation.expected);
    drop_last_blank_lines(invocation.expected.out);
    return invocation;
  }

  /// Blank lines before the next part belong to the reader.
  std::size_t end_of_answer() const {
    std::size_t next = at_;
    while (next < lines_.size() && !opens_a_part(lines_[next])) ++next;
    while (next > at_ && lines_[next - 1].empty()) --next;
    return next;
  }

  void read_answer_line(Answer& answer) const {
    if (is_exit_line(line())) {
      std::from_chars(line().data() + 6, line().data() + line().size() - 1, answer.code);
    } else if (line().starts_with("2>")) {
      answer.err.push_back(line().size() > 3 ? line().substr(3) : "");
    } else {
      answer.out.push_back(unescaped(line()));
    }
  }

  std::vector<std::string> lines_;
  std::size_t at_ = 0;
};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

class WordSplitter {
 public:
  WordSplitter(std::string_view text, const std::map<std::string, std::string>& variables)
      : text_(text), variables_(variables) {}

  std::vector<std::string> split() {
    while (at_ < text_.size()) take();
    if (quote_ != 0) throw std::runtime_error("an open quote in: " + std::string(text_));
    finish_word();
    return words_;
  }

 private:
  void take() {
    const char c = text_[at_];
    if (c == '\\' && quote_ != '\'' && at_ + 1 < text_.size()) {
      word_ += text_[at_ + 1];
      at_ += 2;
    } else if (text_.substr(at_).starts_with("${") && quote_ != '\'') {
      take_variable();
    } else {
      take_character(c);
      ++at_;
    }
  }

  void take_character(char c) {
    if (c == quote_) {
      quote_ = 0;
    } else if (quote_ == 0 && (c == '\'' || c == '"')) {
      quote_ = c;
      quoted_ = true;
    } else if (quote_ == 0 && c == ' ') {
      finish_word();
    } else {
      word_ += c;
    }
  }

  void take_variable() {
    const std::size_t end = text_.find('}', at_);
    const std::string name(text_.substr(at_ + 2, end - at_ - 2));
    const auto found = variables_.find(name);
    if (end == std::string_view::npos || found == variables_.end()) {
      throw std::runtime_error("no variable ${" + name + "} for: " + std::string(text_));
    }
    word_ += found->second;
    at_ = end + 1;
  }

  void finish_word() {
    if (!word_.empty() || quoted_) words_.push_back(std::move(word_));
    word_.clear();
    quoted_ = false;
  }

  std::string_view text_;
  const std::map<std::string, std::string>& variables_;
  std::vector<std::string> words_;
  std::string word_;
  std::size_t at_ = 0;
  char quote_ = 0;
  bool quoted_ = false;
};

}  // namespace

void drop_last_blank_lines(std::vector<std::string>& lines) {
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
}

Transcript parse_transcript(std::string_view text) { return Parser(split_lines(text)).parse(); }

std::string print_transcript(const Transcript& transcript) {
  std::string text;
  for (const TranscriptPart& part : transcript.parts) {
    if (const auto* prose = std::get_if<Prose>(&part)) text += joined(prose->lines);
    if (const auto* directive = std::get_if<Directive>(&part)) text += joined(directive->source);
    if (const auto* invocation = std::get_if<Invocation>(&part)) {
      text += "$ " + invocation->text + "\n" + print_answer(invocation->expected);
    }
  }
  return text;
}

std::string print_answer(const Answer& answer) {
  std::string text;
  for (const std::string& line : answer.out) text += escaped(line) + "\n";
  for (const std::string& line : answer.err) text += (line.empty() ? "2>" : "2> " + line) + "\n";
  if (answer.code != 0) text += "[exit " + std::to_string(answer.code) + "]\n";
  return text;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<std::string> split_words(std::string_view text, const std::map<std::string, std::string>& variables) {
  return WordSplitter(text, variables).split();
}

}  // namespace cairn::test
