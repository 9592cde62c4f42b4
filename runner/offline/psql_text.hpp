#pragma once

#include "sql/body.hpp"

#include <string>

namespace cairn {

/// SQL as psql must read it so that exactly this text reaches the server: psql puts variables of its own in the place of
/// :name, also of names it knows by itself (a[1:USER]), unless a backslash stands before the colon.
std::string escape_for_psql(const std::string& sql);

/// Who reads a text.
enum class SqlReader { person, psql };

/// The body written out again, its inline COPY data where they stood, its last statement closed.
std::string write_out(const Body& body, SqlReader reader);

/// One statement of it, closed, with its data. `copy`: which block of data is the next one; counted on.
std::string write_out(const Body& body, const Statement& statement, std::size_t& copy);

/// One line for a comment: nothing in it ends the comment.
std::string comment_line(std::string_view text);

/// An argument of \echo, whatever is in it.
std::string quote_for_echo(std::string_view text);

}  // namespace cairn
