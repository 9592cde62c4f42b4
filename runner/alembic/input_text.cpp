#include "alembic/input_text.hpp"

#include "authoring/text_file.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <optional>

namespace cairn {

namespace {

void require_text(const InputText& input) {
  if (input.text.starts_with("\xFF\xFE") || input.text.starts_with("\xFE\xFF"))
    throw Error(Category::configuration, fmt::format("{} is UTF-16, not UTF-8", printable(input.file, 500)))
        .hint("Save it as UTF-8. PowerShell 5 writes UTF-16 with \">\"; \"| Out-File -Encoding utf8 FILE\" does better.");
  const std::optional<std::size_t> at = find_invalid_byte(input.text);
  if (!at) return;
  const bool null = input.text[*at] == '\0';
  Error error = problem_at(input, *at, null ? "the file holds a NUL character" : "the file is not valid UTF-8");
  Place place = *error.place();
  place.excerpt.clear();   // it is not fit to be shown
  place.caret = 0;
  throw std::move(error.at(std::move(place)).hint("Save the file as UTF-8 text."));
}

std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') plain += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n') plain += '\n';
  }
  return plain;
}

}  // namespace

InputText make_input_text(std::string file, std::string_view bytes) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  InputText input{std::move(file), std::string(bytes)};
  require_text(input);
  input.text = with_plain_line_ends(input.text);
  return input;
}

InputText read_input_text(const std::filesystem::path& file, std::size_t most_bytes) {
  const std::string bytes = read_text_file(file, most_bytes + 1);
  if (bytes.size() > most_bytes)
    throw Error(Category::configuration, fmt::format("{} has more than {} MiB", printable(file.string(), 500), most_bytes >> 20))
        .hint("Check that it is the right file.");
  return make_input_text(file.string(), bytes);
}

Error problem_at(const InputText& input, std::size_t offset, std::string message) {
  return Error(Category::configuration, std::move(message)).at(place_in(input.text, offset, input.file));
}

}  // namespace cairn
