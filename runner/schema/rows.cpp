#include "schema/rows.hpp"

#include "base/error.hpp"
#include "sql/body.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

/// Name, whether something is in it, and an expression for the key of its rows.
constexpr std::string_view tables_query = R"(
select pg_catalog.format('%I.%I', n.nspname, c.relname),
       coalesce((select 'pg_catalog.jsonb_build_object(' || pg_catalog.string_agg(
                     pg_catalog.format('%L, t.%I', a.attname, a.attname), ', ' order by a.attnum) || ')'
                 from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
                 where i.indrelid = c.oid and i.indisprimary), 'pg_catalog.to_jsonb(t)')
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and pg_catalog.pg_relation_size(c.oid) > 0
  and (n.nspname, c.relname) not in ({})
order by 1)";

std::string names(const std::vector<TableName>& tables) {
  std::string list = "('', '')";
  for (const TableName& table : tables) list += fmt::format(", ({}, {})", quote_literal(table.schema), quote_literal(table.name));
  return list;
}

Reply ask(SqlChannel& channel, std::string text) {
  Reply reply = channel.exchange({.text = std::move(text), .copies = {}, .parameters = std::nullopt});
  if (reply.lost) throw Error(Category::connection, "the connection was lost while rows were read");
  if (!reply.failure) return reply;
  const Category category = reply.failure->sqlstate == "42501" ? Category::configuration : Category::internal;
  throw Error(category, "the rows cannot be read: " + reply.failure->message).sqlstate(reply.failure->sqlstate);
}

/// Rows as they are where they are few, and what stands for them where they are many. Equal rows without a key are one
/// object that says how often it is there.
std::string rows_query(const std::string& table, const std::string& key, std::size_t most) {
  return fmt::format(R"(
select 'row', {0} || ' ' || {1}::text, case when pg_catalog.count(*) = 1 then pg_catalog.min(pg_catalog.to_jsonb(t)::text)
       else pg_catalog.jsonb_build_object('times', pg_catalog.count(*))::text end
from {2} t where (select pg_catalog.count(*) from (select from {2} limit {3} + 1) few) <= {3} group by {1}
union all
select 'rows', {0}, pg_catalog.jsonb_build_object('number', pg_catalog.count(*), 'digest',
       pg_catalog.sum(pg_catalog.hashtextextended(t::text, 0)))::text
from {2} t having pg_catalog.count(*) > {3})",
                     quote_literal(table), key, table, most);
}

}  // namespace

Snapshot read_rows(SqlChannel& channel, const RowsOptions& options) {
  Snapshot snapshot;
  snapshot.server_version = channel.server_version();
  const Reply tables = ask(channel, fmt::format(tables_query, names(options.leave_out)));
  std::string text;
  for (const auto& row : tables.results.at(0).rows)
    text += rows_query(row.at(0).value_or(""), row.at(1).value_or(""), options.most_rows) + ";\n";
  if (text.empty()) return snapshot;
  for (Result& result : ask(channel, text).results)
    for (std::vector<Cell>& row : result.rows)
      snapshot.objects.push_back({row.at(0).value_or(""), row.at(1).value_or(""), row.at(2).value_or("")});
  std::sort(snapshot.objects.begin(), snapshot.objects.end());
  return snapshot;
}

}  // namespace cairn
