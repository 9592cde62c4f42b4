#include "observe/probe.hpp"

#include "observe/event_triggers.hpp"
#include "sql/body.hpp"

#include <fmt/core.h>

#include <charconv>

namespace cairn {

namespace {

constexpr int first_with_flush = 150000;   // pg_stat_force_next_flush()

Message plain(std::string text) { return {.text = std::move(text), .copies = {}, .parameters = std::nullopt}; }

}  // namespace

/// An interrupt ends the revision: its transaction stays failed.
void Probe::undo(const Reply& reply, bool in_transaction, std::string_view text) {
  if (reply.lost) return;
  if (in_transaction && reply.failure->sqlstate == "57014") cancelled_ = reply.failure;
  else if (in_transaction) channel_->exchange(plain(std::string(text)));
  else if (channel_->in_transaction()) channel_->exchange(plain("ROLLBACK"));
}

std::optional<Reply> Probe::ask(const std::string& text) {
  const bool in_transaction = channel_->in_transaction();
  // A revision outside a transaction may have made those to come read only.
  Reply reply = channel_->exchange(plain(in_transaction ? "SAVEPOINT cairn_probe;\n" + text + ";\nRELEASE SAVEPOINT cairn_probe"
                                                        : "BEGIN READ WRITE;\n" + text + ";\nCOMMIT"));
  if (!reply.failure && !reply.lost) return reply;
  undo(reply, in_transaction, "ROLLBACK TO SAVEPOINT cairn_probe; RELEASE SAVEPOINT cairn_probe");
  return std::nullopt;
}

void Probe::watch() {
  ask(make_triggers_text(channel_->in_transaction() ? Memory::of_transaction : Memory::of_session));
}

/// Outside a transaction nothing else takes the triggers away: an interrupt, which comes once, must not keep them.
void Probe::unwatch() {
  const std::string text = drop_triggers_text();
  if (!ask(text) && !channel_->in_transaction()) ask(text);
}

/// A backend tells the others of its counters once a second at most, and only between transactions.
void Probe::flush_counters() { channel_->exchange(plain("SELECT pg_catalog.pg_stat_force_next_flush()")); }

std::optional<Scene> Probe::look(const Scene* known) {
  const SceneQuery query{.leave_out = leave_out_, .in_transaction = channel_->in_transaction(),
                         .counts_totals = channel_->server_version() >= first_with_flush, .known = known};
  if (!query.in_transaction && query.counts_totals) flush_counters();
  const Reply reply = channel_->exchange(plain(write_scene_query(query)));
  if (!reply.failure && !reply.lost) return read_scene(reply, query);
  undo(reply, query.in_transaction, undo_scene_query());
  return std::nullopt;
}

std::vector<Oid> Probe::find_tables(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names)
    list += fmt::format("{}pg_catalog.to_regclass({})::pg_catalog.oid", list.empty() ? "" : ", ", quote_literal(name));
  std::vector<Oid> tables;
  if (list.empty()) return tables;
  const auto reply = ask("SELECT " + list);
  if (!reply) return tables;
  for (const Result& result : reply->results) {
    for (const std::vector<Cell>& row : result.rows) {
      for (const Cell& cell : row) {
        Oid oid = 0;
        if (cell) std::from_chars(cell->data(), cell->data() + cell->size(), oid);
        if (oid != 0) tables.push_back(oid);
      }
    }
  }
  return tables;
}

std::set<ObjectName> Probe::find_extension_members() {
  std::set<ObjectName> members;
  const auto reply = ask("SELECT i.type, i.identity FROM pg_catalog.pg_depend d, "
                         "LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) i "
                         "WHERE i.type OPERATOR(pg_catalog.<>) 'table' AND d.deptype OPERATOR(pg_catalog.=) 'e' "
                         "AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass");
  if (!reply) return members;
  for (const Result& result : reply->results)
    for (const std::vector<Cell>& row : result.rows) members.emplace(row.at(0).value_or(""), row.at(1).value_or(""));
  return members;
}

}  // namespace cairn
