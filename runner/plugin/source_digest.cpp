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

std::string part(const PluginFile& plugin, std::uint32_t type, bool present) {
  return present ? "1" + measured(meaning_of(read_sql_text(plugin, type))) : "0";
}

std::string sql_meaning(const PluginFile& plugin, const Revision& revision) {
  return std::string(sql_digest_rule) + (revision.transactional ? "t" : "n") + sorted_names(revision.down_revisions) +
         sorted_names(revision.depends_on) + part(plugin, CAIRN_NOTE_SQL_UP, true) +
         part(plugin, CAIRN_NOTE_SQL_DOWN, revision.reversible) + part(plugin, CAIRN_NOTE_SQL_VERIFY, revision.has_verify);
}

std::string with_rule(std::string_view rule, const std::string& digest) { return std::string(rule) + ":" + digest; }

}  // namespace

std::string read_source_digest(const PluginFile& plugin, const Revision& revision) {
  if (revision.kind == RevisionKind::sql) return with_rule(sql_digest_rule, hex(sha256(sql_meaning(plugin, revision))));
  return revision.source_digest.empty() ? "" : with_rule(code_digest_rule, revision.source_digest);
}

bool has_known_rule(std::string_view digest) {
  const std::size_t colon = digest.find(':');
  const std::string_view rule = digest.substr(0, colon);
  return colon != digest.npos && (rule == sql_digest_rule || rule == code_digest_rule);
}

}  // namespace cairn
