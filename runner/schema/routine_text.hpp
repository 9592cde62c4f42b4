#pragma once

#include <string_view>

namespace cairn {

/// True for kinds of objects that have a text of their own.
bool is_routine(std::string_view kind);

/// Whether two definitions of a routine, as jsonb strings, differ only in white space between the words of its body. Asked of
/// the languages in which white space means nothing there, SQL and PL/pgSQL; within quotes and comments it counts.
bool differ_in_white_space(std::string_view before, std::string_view after);

}  // namespace cairn
