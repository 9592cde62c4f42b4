#include "schema/routine_text.hpp"

#include "sql/lexer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cairn {

namespace {

/// What a jsonb string says; escapes of other characters stay as they are.
std::string text_of(std::string_view json) {
  std::string text;
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (json[at] != '\\' || at + 1 == json.size()) {
      text += json[at];
      continue;
    }
    constexpr std::string_view written = "ntrfb";
    constexpr std::string_view meant = "\n\t\r\f\b";
    const std::size_t known = written.find(json[++at]);
    if (known != std::string_view::npos) text += meant[known];
    else text += json[at] == 'u' ? "\\u" : std::string(1, json[at]);
  }
  return text;
}

struct Routine {
  std::string head;   ///< up to the dollar quote that begins its body
  std::string body;
};

/// As pg_get_functiondef() writes it: "…\n LANGUAGE sql\nAS $function$…$function$\n". Nothing where there is no such body.
std::optional<Routine> parse_routine(const std::string& text) {
  const std::size_t as = text.find("\nAS $");
  if (as == std::string::npos) return std::nullopt;
  const std::size_t begin = text.find('$', as + 5);
  if (begin == std::string::npos) return std::nullopt;
  const std::string quote = text.substr(as + 4, begin + 1 - (as + 4));
  const std::size_t end = text.rfind(quote);
  if (end <= begin) return std::nullopt;
  return Routine{text.substr(0, begin + 1), text.substr(begin + 1, end - begin - 1)};
}

bool is_free_of_layout(const Routine& routine) {
  return routine.head.find("\n LANGUAGE sql\n") != std::string::npos || routine.head.find("\n LANGUAGE plpgsql\n") != std::string::npos ||
         routine.head.find("\n LANGUAGE sql ") != std::string::npos || routine.head.find("\n LANGUAGE plpgsql ") != std::string::npos;
}

/// Its tokens, without comments.
std::vector<std::string> words_of(const std::string& body) {
  std::vector<std::string> words;
  sql::Lexer lexer(body);
  while (const auto token = lexer.next()) words.push_back(body.substr(token->begin, token->end - token->begin));
  return words;
}

std::string without_white_space(const std::string& text) {
  std::string rest;
  for (const char c : text)
    if (std::string_view(" \n\t\r\f\v").find(c) == std::string_view::npos) rest += c;
  return rest;
}

}  // namespace

bool is_routine(std::string_view kind) { return kind == "function" || kind == "procedure" || kind == "window function"; }

bool differ_in_white_space(std::string_view before, std::string_view after) {
  const auto old = parse_routine(text_of(before));
  const auto now = parse_routine(text_of(after));
  if (!old || !now || old->head != now->head || !is_free_of_layout(*old)) return false;
  // The second tells what the first does not see: comments.
  return words_of(old->body) == words_of(now->body) && without_white_space(old->body) == without_white_space(now->body);
}

}  // namespace cairn
