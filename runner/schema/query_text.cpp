#include "schema/query_text.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <array>

namespace cairn::schema {

namespace {

struct Macro {
  std::string_view name;
  std::string_view text;   ///< {0} is the whole argument, {1} and {2} its first and second word
};

constexpr std::array<Macro, 5> macros{{
    {"user_schema", R"(({0}.nspname !~ '^pg_' and {0}.nspname <> 'information_schema'))"},
    {"no_member", "not exists (select from pg_depend membership where membership.classid = '{1}'::regclass "
                  "and membership.objid = {2} and membership.deptype = 'e')"},
    // Most lists are null, and a subquery per row is what this costs most.
    {"acl", R"((case when {0} is not null then )"
            R"((select jsonb_agg(x::text order by x::text collate "C") from unnest({0}) x) end))"},
    {"sorted", R"((case when {0} is not null then )"
               R"((select jsonb_agg(o order by o collate "C") from unnest({0}) o) end))"},
    {"digest", R"((select encode(sha256(convert_to(string_agg(o, ',' order by o collate "C"), 'UTF8')), 'hex') )"
               R"(from unnest({0}) o))"},
}};

/// A literal that needs no quoting rules, whatever the name.
std::string literal(std::string_view text) {
  std::string digits;
  for (const char c : text) digits += fmt::format("{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return fmt::format("convert_from(decode('{}', 'hex'), 'UTF8')", digits);
}

/// The oids of the tables left out, of their indexes and of the sequences they own.
std::string left_out(const std::vector<TableName>& tables) {
  if (tables.empty()) return "array[]::oid[]";
  std::string names;
  for (const TableName& table : tables)
    names += fmt::format("{}({}, {})", names.empty() ? "" : ", ", literal(table.schema), literal(table.name));
  return fmt::format(
      "array(with t as (select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace "
      "where (n.nspname::text, c.relname::text) in ({})) "
      "select oid from t union all select indexrelid from pg_index where indrelid in (select oid from t) "
      "union all select objid from pg_depend where classid = 'pg_class'::regclass "
      "and refclassid = 'pg_class'::regclass and refobjid in (select oid from t) and deptype in ('a', 'i'))",
      names);
}

std::string write_macro(std::string_view call, const SnapshotOptions& options) {
  const std::string_view name = call.substr(0, call.find(' '));
  const std::string_view all = name.size() < call.size() ? call.substr(name.size() + 1) : "";
  if (name == "left_out") return left_out(options.leave_out);
  const bool ignored = options.column_order == ColumnOrder::ignored;
  if (name == "position") return ignored ? "null" : "row_number() over (partition by a.attrelid order by a.attnum)";
  const std::string_view first = all.substr(0, all.find(' '));
  const std::string_view second = first.size() < all.size() ? all.substr(first.size() + 1) : "";
  for (const Macro& macro : macros)
    if (macro.name == name) return fmt::format(fmt::runtime(macro.text), all, first, second);
  throw Error(Category::internal, fmt::format("unknown macro {} in a catalog query", name));
}

}  // namespace

std::string write_query(std::string_view sql, const SnapshotOptions& options) {
  std::string text;
  for (;;) {
    const std::size_t open = sql.find('{');
    text += sql.substr(0, open);
    if (open == sql.npos) return text;
    const std::size_t close = sql.find('}', open);
    text += write_macro(sql.substr(open + 1, close - open - 1), options);
    sql.remove_prefix(close + 1);
  }
}

}  // namespace cairn::schema
