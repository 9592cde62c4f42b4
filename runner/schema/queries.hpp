#pragma once

#include <span>
#include <string_view>

namespace cairn::schema {

/// One catalog query: rows of kind, identity, definition (jsonb).
struct Query {
  std::string_view name;
  int since;                ///< first server version it is for, as server_version_num
  int before;               ///< first server version it is no longer for
  std::string_view sql;     ///< with the macros of query_text.cpp: {name arguments}
};

/// All queries; for every server version from 13 on each name occurs at most once.
std::span<const Query> queries();

}  // namespace cairn::schema
