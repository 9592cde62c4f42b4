#include "observe/watched_database.hpp"

#include "observe/describe.hpp"
#include "sql/substitution.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace cairn::test {

namespace {

void require(const Reply& reply, const std::string& sql) {
  if (reply.failure) throw std::runtime_error(reply.failure->message + " in: " + sql.substr(0, 200));
}

const std::vector<RelationName> own_tables{{"public", "alembic_version"}, {"public", "cairn_journal"}};

}  // namespace

MarkedMessage::MarkedMessage(const std::string& front, const std::string& sql, const std::string& back) : body_(parse_body("up.sql", sql)) {
  message_.text = front + body_.text + "\n;\n" + back;
  message_.copies = {body_.copies.begin(), body_.copies.end()};
  std::vector<Place> places = places_of_statements(body_);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Statement& statement = body_.statements[i];
    message_.statements.push_back({.begin = front.size() + statement.begin, .end = front.size() + statement.end,
                                   .place = std::move(places[i]), .copies_in = statement.copies_in});
  }
}

WatchedDatabase::WatchedDatabase(const DatabaseOptions& options)
    : database_(TestServer::shared(), options),
      connection_(open_connection(parse_database(database_.url()))),
      channel_(*connection_, own_tables) {}

void WatchedDatabase::execute(const std::string& sql) {
  require(connection_->exchange({.text = sql, .copies = {}, .parameters = std::nullopt}), sql);
}

StepEffects WatchedDatabase::watch(const std::string& sql) {
  channel_.take();
  require(channel_.exchange(MarkedMessage("BEGIN;\n", sql, "COMMIT")), sql);
  return channel_.take();
}

StepEffects WatchedDatabase::watch_bare(const std::string& sql) {
  channel_.take();
  const Body body = parse_body("up.sql", sql);
  for (const Statement& statement : body.statements) {
    Message message{.text = body.text.substr(statement.begin, statement.end - statement.begin), .copies = {}, .parameters = std::nullopt};
    message.statements = {{.begin = 0, .end = message.text.size(), .place = {}}};
    require(channel_.exchange(message), sql);
  }
  return channel_.take();
}

Lines last_of(const StepEffects& effects) { return effects.statements.empty() ? Lines() : describe(effects.statements.back()); }

Lines without_locks(const Lines& lines) {
  Lines rest;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(rest), [](const std::string& line) { return !line.starts_with("lock "); });
  return rest;
}

}  // namespace cairn::test
