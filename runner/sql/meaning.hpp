#pragma once

#include <string>
#include <string_view>

namespace cairn {

/// "5:hello": texts written so one behind the other can be told apart, whatever is in them.
std::string measured(std::string_view text);

/// What a text of SQL says, apart from how it is laid out: two texts have the same meaning when psql would read the same
/// tokens in the same statements. White space, comments, empty statements, \restrict lines and the case of words that are
/// not quoted do not count; strings, dollar quotes, quoted names and the data of COPY count byte by byte. A text that
/// cannot be cut into statements means itself, byte by byte.
/// Journals and lock files keep digests of this: what it answers changes only together with sql_digest_rule.
std::string meaning_of(std::string_view sql);

}  // namespace cairn
