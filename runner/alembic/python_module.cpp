#include "alembic/python_module.hpp"

#include "alembic/python_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <span>

namespace cairn {

namespace {

using Tokens = std::span<const PythonToken>;

template <std::size_t size>
bool is_one_of(std::string_view word, const std::array<std::string_view, size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 12> block_words{"if", "elif", "else", "for", "while", "try", "except", "finally", "with",
                                                       "match", "case", "async"};

/// Blanks and tabs before the first other character of a line only indent, which SQL does not mind.
bool has_inner_tab(std::string_view text) {
  bool indenting = true;
  for (const char c : text) {
    if (c == '\t' && !indenting) return true;
    indenting = c == '\n' || (indenting && (c == ' ' || c == '\t'));
  }
  return false;
}

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The name behind this colon, if SQLAlchemy takes the two for a parameter.
std::string parameter_at(std::string_view text, std::size_t colon) {
  std::size_t end = colon + 1;
  while (end < text.size() && is_word_character(text[end])) ++end;
  const char before = colon == 0 ? ' ' : text[colon - 1];
  const bool shielded = is_word_character(before) || before == ':' || before == '\\';
  if (shielded || (end < text.size() && text[end] == ':')) return {};
  return std::string(text.substr(colon + 1, end - colon - 1));
}

class ModuleReader {
 public:
  ModuleReader(const InputText& input, const std::set<std::string, std::less<>>& wanted) : input_(input), wanted_(wanted) {}

  PythonModule read() {
    PythonScanner scanner(input_);
    while (const auto statement = scanner.next()) {
      if (statement->indented) take_indented(statement->tokens);
      else take_outer(statement->tokens);
      take_uses(statement->tokens);
      first_ = false;
    }
    return std::move(module_);
  }

 private:
  enum class Block { none, function, choice, other };

  std::string_view text(const PythonToken& token) const { return input_.view(token.begin, token.end); }
  std::string_view text(Tokens tokens, std::size_t index) const {
    return index < tokens.size() ? text(tokens[index]) : std::string_view();
  }

  void take_outer(Tokens tokens) {
    if (first_) take_docstring(tokens);
    const std::string_view word = text(tokens, 0);
    if (word == "def" || (word == "async" && text(tokens, 1) == "def")) return open_function(tokens);
    decorated_ = word == "@";
    if (word == "class" || word == "@") return open(word == "@" ? Block::none : Block::other);
    if (is_one_of(word, block_words)) {
      open(Block::choice);
      return take_hidden(tokens, "is decided while the file runs");
    }
    open(Block::none);
    if (word == "import" || word == "from") return take_import(tokens);
    take_assignment(tokens);
  }

  void open(Block block) {
    block_ = block;
    function_ = nullptr;
    function_name_.clear();
  }

  void take_indented(Tokens tokens) {
    if (block_ == Block::function) take_function_statement(tokens);
    if (block_ == Block::choice) take_hidden(tokens, "is decided while the file runs");
  }

  void take_docstring(Tokens tokens) {
    std::string whole;
    for (const PythonToken& token : tokens) {
      const auto value = token.kind == PythonKind::text ? find_text_value(text(token)) : std::nullopt;
      if (!value) return;
      whole += *value;
    }
    module_.docstring = std::move(whole);
  }

  /// "def name(...) -> ...:" with the rest of the line, if that is its body.
  void open_function(Tokens tokens) {
    const std::size_t name = text(tokens, 0) == "async" ? 2 : 1;
    open(Block::function);
    function_name_ = text(tokens, name);
    function_ = &(module_.functions[function_name_] = decorated_ ? PythonFunction::code : PythonFunction::nothing);
    const std::size_t colon = find_outside_brackets(tokens, ":", name);
    if (colon + 1 < tokens.size()) take_function_statement(tokens.subspan(colon + 1));
  }

  void take_function_statement(Tokens tokens) {
    if (*function_ != PythonFunction::nothing || does_nothing(tokens)) return;
    *function_ = text(tokens, 0) == "raise" ? PythonFunction::refuses : PythonFunction::code;
  }

  bool does_nothing(Tokens tokens) const {
    const std::string_view word = text(tokens, 0);
    if (word == "pass") return true;
    if (word == "return") return tokens.size() == 1 || (tokens.size() == 2 && text(tokens, 1) == "None");
    return std::all_of(tokens.begin(), tokens.end(),
                       [&](const PythonToken& token) { return token.kind == PythonKind::text || text(token) == "."; });
  }

  std::size_t find_outside_brackets(Tokens tokens, std::string_view sign, std::size_t from) const {
    int depth = 0;
    for (std::size_t i = from; i < tokens.size(); ++i) {
      const std::string_view here = text(tokens[i]);
      if (depth == 0 && here == sign) return i;
      if (here == "(" || here == "[" || here == "{") ++depth;
      if (here == ")" || here == "]" || here == "}") --depth;
    }
    return tokens.size();
  }

  /// The next "=" that assigns: two of them compare.
  std::size_t find_assignment_sign(Tokens tokens, std::size_t from) const {
    for (std::size_t at = find_outside_brackets(tokens, "=", from); at < tokens.size();
         at = find_outside_brackets(tokens, "=", at + 2))
      if (text(tokens, at + 1) != "=" && !is_comparison(tokens, at)) return at;
    return tokens.size();
  }

  bool is_comparison(Tokens tokens, std::size_t at) const {
    constexpr std::array<std::string_view, 3> before{"!", "<", ">"};
    return at > 0 && tokens[at - 1].end == tokens[at].begin && is_one_of(text(tokens[at - 1]), before);
  }

  /// "a = b = value" and "a: type = value".
  void take_assignment(Tokens tokens) {
    std::vector<std::size_t> targets;
    std::size_t begin = 0;
    for (std::size_t sign; (sign = find_assignment_sign(tokens, begin)) < tokens.size(); begin = sign + 1) {
      const bool plain = sign == begin + 1 || (begin == 0 && text(tokens, 1) == ":");
      if (!plain || tokens[begin].kind != PythonKind::name) return take_hidden(tokens, "is not set on a line of its own");
      targets.push_back(begin);
    }
    for (const std::size_t target : targets) {
      if (wanted_.contains(text(tokens[target]))) assign(tokens[target], tokens.subspan(begin));
      if (const auto function = module_.functions.find(text(tokens[target])); function != module_.functions.end())
        function->second = PythonFunction::code;
    }
  }

  void assign(const PythonToken& name, Tokens value) {
    if (value.empty()) return hide(name, "is missing");
    PythonAssignment& assignment = module_.assignments[std::string(text(name))];
    assignment = {name.begin, {}, {}};
    try {
      assignment.value = parse_literal(input_, value);
    } catch (Error& error) {
      assignment.problem = error.prefix(fmt::format("the value of {} cannot be read: ", text(name)));
    }
  }

  /// A wanted name that gets its value in a way that is not followed here.
  void take_hidden(Tokens tokens, std::string_view how) {
    std::size_t end = 0;
    for (std::size_t sign; (sign = find_assignment_sign(tokens, end)) < tokens.size();) end = sign + 1;
    for (const PythonToken& token : tokens.first(end))
      if (token.kind == PythonKind::name && wanted_.contains(text(token))) hide(token, how);
  }

  void take_import(Tokens tokens) {
    for (const PythonToken& token : tokens.subspan(1))
      if (token.kind == PythonKind::name && wanted_.contains(text(token))) hide(token, "is imported");
  }

  void hide(const PythonToken& name, std::string_view how) {
    const std::string word(text(name));
    module_.assignments[word] = {
        name.begin, {}, problem_at(input_, name.begin, fmt::format("the value of {} cannot be read: it {}", word, how))
                            .hint(fmt::format("Write {} = ... at the beginning of a line, with the value written out.", word))};
  }

  void take_uses(Tokens tokens) {
    const bool documents = std::all_of(tokens.begin(), tokens.end(), [](const PythonToken& t) { return t.kind == PythonKind::text; });
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind == PythonKind::text && !documents) take_text_use(tokens[i]);
      if (tokens[i].kind != PythonKind::name || text(tokens, i + 1) != "(") continue;
      const bool of_server = i >= 2 && text(tokens, i - 1) == "." && text(tokens, i - 2) == "func";
      const bool defined = i >= 1 && text(tokens, i - 1) == "def";
      if (!of_server && !defined) module_.calls.emplace(text(tokens[i]), tokens[i].begin);
      take_bound(tokens, i);
    }
  }

  /// The parameters whose values stand in the file, so that Alembic can write them.
  void take_bound(Tokens tokens, std::size_t call) {
    const std::string_view word = text(tokens, call);
    if (word == "bindparam" && call + 2 < tokens.size() && tokens[call + 2].kind == PythonKind::text)
      module_.bound.insert(find_text_value(text(tokens, call + 2)).value_or(""));
    if (word != "bindparams") return;
    const std::size_t end = find_outside_brackets(tokens, ")", call + 2);
    for (std::size_t i = call + 2; i + 1 < end; ++i)
      if (tokens[i].kind == PythonKind::name && text(tokens, i + 1) == "=") module_.bound.insert(std::string(text(tokens[i])));
  }

  void take_text_use(const PythonToken& token) {
    const std::string value = find_text_value(text(token)).value_or(std::string(text(token)));
    module_.doubled_percent = module_.doubled_percent || value.find("%%") != value.npos;
    module_.doubled_backslash = module_.doubled_backslash || value.find("\\\\") != value.npos;
    if (!module_.tab_in_text && has_inner_tab(value)) module_.tab_in_text = token.begin;
    for (std::size_t colon = value.find(':'); colon != value.npos; colon = value.find(':', colon + 1))
      if (const std::string name = parameter_at(value, colon); !name.empty())
        module_.parameters.push_back({name, function_name_, token.begin});
  }

  const InputText& input_;
  const std::set<std::string, std::less<>>& wanted_;
  PythonModule module_;
  bool first_ = true;
  Block block_ = Block::none;
  PythonFunction* function_ = nullptr;
  std::string function_name_;
  bool decorated_ = false;   ///< the statement before was a decorator
};

}  // namespace

PythonModule parse_python_module(const InputText& input, const std::set<std::string, std::less<>>& wanted) {
  return ModuleReader(input, wanted).read();
}

}  // namespace cairn
