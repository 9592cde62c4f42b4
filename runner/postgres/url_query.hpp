#pragma once

// Internal to this folder: the part of a database URL behind the question mark, and small helpers for cutting.

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

enum class UrlDialect { libpq, sqlalchemy };

/// Rewrites "name=value" options into libpq's words.
void translate_query(std::vector<std::string>& query, UrlDialect dialect);

/// The non-empty pieces between separators.
std::vector<std::string> cut(std::string_view text, char separator);

bool is_number(std::string_view text);

}  // namespace cairn
