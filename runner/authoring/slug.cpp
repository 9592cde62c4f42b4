#include "authoring/slug.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <vector>

namespace cairn {

namespace {

/// U+00C0 to U+017F, two columns each. A blank ends a word or is nothing.
constexpr std::string_view latin =
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thss"
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thy "
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g "
    "g g g g h h h h i i i i i i i i i i ijijj j k k k l l l l l l l "
    "l l l n n n n n n n n n o o o o o o oeoer r r r r r s s s s s s "
    "s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s ";
static_assert(latin.size() == (0x180 - 0xC0) * 2);

/// The code point at the front of a valid text, which is taken off it.
char32_t take_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
  char32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length && i < text.size(); ++i) code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(std::min(length, text.size()));
  return code;
}

bool is_combining(char32_t code) { return code >= 0x300 && code <= 0x36F; }

/// The letters a file name gets for a character; empty: it ends the word.
std::string letters_of(char32_t code) {
  if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) return {static_cast<char>(code)};
  if (code >= 'A' && code <= 'Z') return {static_cast<char>(code - 'A' + 'a')};
  if (code < 0xC0 || code > 0x17F) return {};
  std::string letters(latin.substr((code - 0xC0) * 2, 2));
  while (letters.ends_with(' ')) letters.pop_back();
  return letters;
}

std::vector<std::string> words_of(std::string_view message) {
  std::vector<std::string> words(1);
  while (!message.empty()) {
    const char32_t code = take_character(message);
    if (is_combining(code) || code == '\'' || code == 0x2019) continue;   // don't -> dont
    const std::string letters = letters_of(code);
    if (!letters.empty()) words.back() += letters;
    else if (!words.back().empty()) words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

std::string make_slug(std::string_view message) {
  std::string slug;
  for (const std::string& word : words_of(message)) {
    if (slug.empty()) slug = word.substr(0, longest_slug);
    else if (slug.size() + 1 + word.size() <= longest_slug) slug += "_" + word;
    else break;
  }
  return slug;
}

std::string revision_name(std::string_view id, std::string_view message) {
  const std::string slug = make_slug(message);
  return std::string(id) + (slug.empty() ? "" : "_" + slug);
}

}  // namespace cairn
