#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

// Names and SQL in a report come from files and servers that others may have written. Each form of report has its own way
// to keep them from being taken for something else.

/// The text as valid UTF-8 without control characters but line breaks and tabs. Characters that turn the direction of
/// writing are shown by their numbers, "<U+202E>": SQL that reads otherwise than it runs must not get past a reviewer.
std::string clean_text(std::string_view text);

/// The same, on one line.
std::string clean_line(std::string_view text);

/// At most that many characters of a clean text; "…" shows that it was cut.
std::string cut_text(std::string_view text, std::size_t most);

/// For the content and the quoted attributes of HTML and XML 1.0.
std::string escape_markup(std::string_view text);

/// One line of prose for Markdown: nothing in it is a link, a mention, a heading, HTML or the end of a table's cell.
std::string escape_markdown(std::string_view text);

/// A span of code for Markdown, also within a table.
std::string markdown_code(std::string_view text);

/// A block of code for Markdown, whatever stands in it.
std::string markdown_block(std::string_view language, std::string_view text);

}  // namespace cairn
