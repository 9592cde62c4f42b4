#pragma once

#include "plugin/plugin_file.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

// What a digest was made of, and by which version of the rule: journals outlive programs. A text below another rule tells
// nothing about a source.
inline constexpr std::string_view sql_digest_rule = "sql-1";
inline constexpr std::string_view code_digest_rule = "code-1";

/// "sql-1:" or "code-1:" and the hex SHA-256 of what a revision means, which no other layout of its source and no other
/// compiler changes; nothing when the library does not say.
///   SQL: what is sent, up, down and verify (see sql/meaning.hpp), what it rests on and depends on, and whether it runs in a
///   transaction. Message, author and the like do not count.
///   C++: the lines of its sources, as the SDK's build digested them.
/// `revision` is the plugin's, which a collection has moved into its graph. Reads the file of a SQL revision: throws an
/// Error (category plugin) when that is not the one that was collected any more.
std::string read_source_digest(const PluginFile& plugin, const Revision& revision);

/// What a SQL revision is digested from.
struct SqlSource {
  bool transactional = true;
  std::vector<std::string> down_revisions;
  std::vector<std::string> depends_on;
  std::string up;
  std::optional<std::string> down;
  std::optional<std::string> verify;
};

/// The same of texts, wherever they come from.
std::string digest_of(const SqlSource& source);

/// True for a digest by one of the rules above.
bool has_known_rule(std::string_view digest);

}  // namespace cairn
