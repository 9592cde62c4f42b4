#include "plugin/source_digest.hpp"

#include "base/digest.hpp"
#include "plugin/body_reader.hpp"
#include "sql/meaning.hpp"

#include <cairn/abi.h>

#include <algorithm>

namespace cairn {

namespace {

/// The order in which they are named says nothing.
std::string sorted_names(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string& name : names) text += measured(name);
  return measured(text);
}

std::string part(const std::optional<std::string>& text) { return text ? "1" + measured(meaning_of(*text)) : "0"; }

std::string with_rule(std::string_view rule, const std::string& digest) { return std::string(rule) + ":" + digest; }

std::optional<std::string> read_part(const PluginFile& plugin, std::uint32_t type, bool present) {
  return present ? std::optional(read_sql_text(plugin, type)) : std::nullopt;
}

}  // namespace

std::string digest_of(const SqlSource& source) {
  const std::string meaning = std::string(sql_digest_rule) + (source.transactional ? "t" : "n") +
                              sorted_names(source.down_revisions) + sorted_names(source.depends_on) + part(source.up) +
                              part(source.down) + part(source.verify);
  return with_rule(sql_digest_rule, hex(sha256(meaning)));
}

std::string read_source_digest(const PluginFile& plugin, const Revision& revision) {
  if (revision.kind == RevisionKind::sql)
    return digest_of(SqlSource{.transactional = revision.transactional, .down_revisions = revision.down_revisions,
                               .depends_on = revision.depends_on, .up = read_sql_text(plugin, CAIRN_NOTE_SQL_UP),
                               .down = read_part(plugin, CAIRN_NOTE_SQL_DOWN, revision.reversible),
                               .verify = read_part(plugin, CAIRN_NOTE_SQL_VERIFY, revision.has_verify)});
  return revision.source_digest.empty() ? "" : with_rule(code_digest_rule, revision.source_digest);
}

bool has_known_rule(std::string_view digest) {
  const std::size_t colon = digest.find(':');
  const std::string_view rule = digest.substr(0, colon);
  return colon != digest.npos && (rule == sql_digest_rule || rule == code_digest_rule);
}

}  // namespace cairn
