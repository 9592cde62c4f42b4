#include "smoke/scratch.hpp"

#include "postgres/server_error.hpp"
#include "sql/body.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

namespace cairn {

namespace {

std::string random_prefix() {
  std::random_device random;
  return fmt::format("cairn_smoke_{:08x}", random());
}

/// The same server and user, another database.
Database with_name(Database server, const std::string& name) {
  std::erase_if(server.settings, [](const Setting& setting) { return setting.keyword == "dbname"; });
  server.settings.push_back({"dbname", name});
  return server;
}

ConnectOptions options(const std::string& name, int interrupt) {
  ConnectOptions options;
  options.application_name = name;
  options.interrupt_fd = interrupt;
  return options;
}

Error cannot_create(const ServerFailure& failure) {
  Error error(Category::configuration, "no scratch database can be made: " + failure.message);
  error.sqlstate(failure.sqlstate).detail(failure.detail).database("unchanged");
  if (failure.sqlstate == "42501")
    error.hint("The role needs the right to make databases: ALTER ROLE ... CREATEDB; or leave --database out, for a private server.");
  return error;
}

}  // namespace

/// The keeper does not listen to the interrupt: what it drops must go also then.
Scratch::Scratch(Database server, ServerUse use)
    : server_(std::move(server)), use_(use), prefix_(random_prefix()), keeper_(open_connection(server_, options(prefix_, -1))) {}

Scratch::~Scratch() {
  while (!databases_.empty()) {
    try {
      drop(std::string(databases_.back()));
    } catch (const Error&) {
      return;   // the server is gone, and with it what could be done
    }
  }
}

Reply Scratch::send(const std::string& text) {
  Reply reply = keeper_->exchange({.text = text, .copies = {}, .parameters = std::nullopt});
  if (reply.lost) throw Error(Category::connection, "the connection to the server of the scratch databases was lost");
  return reply;
}

/// The first column of the answer.
std::vector<std::string> Scratch::ask(const std::string& question) {
  std::vector<std::string> answer;
  for (const Result& result : send(question).results)
    for (const std::vector<Cell>& row : result.rows) answer.push_back(row.at(0).value_or(""));
  return answer;
}

/// What nobody has put anything into; a slim server of our own lacks it.
std::string Scratch::empty_model() {
  return ask("SELECT 1 FROM pg_catalog.pg_database WHERE datname = 'template0'").empty() ? "template1" : "template0";
}

/// A backend outlives its client by a moment, and CREATE and DROP DATABASE look for it only every tenth of a second.
void Scratch::wait_until_left(const std::string& name) {
  constexpr int most_looks = 200;
  const std::string question = "SELECT 1 FROM pg_catalog.pg_stat_activity WHERE datname = " + quote_literal(name) + " LIMIT 1";
  for (int look = 0; look < most_looks; ++look) {
    if (ask(question).empty()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

std::string Scratch::create(const std::string& model) {
  if (!model.empty()) wait_until_left(model);
  const std::string name = fmt::format("{}_{}", prefix_, ++made_);
  const Reply reply = send(fmt::format("CREATE DATABASE {} TEMPLATE {}", quote_identifier(name),
                                       quote_identifier(model.empty() ? empty_model() : model)));
  if (reply.failure) throw cannot_create(*reply.failure);
  databases_.push_back(name);
  return name;
}

void Scratch::drop(const std::string& name) {
  const auto found = std::find(databases_.begin(), databases_.end(), name);
  if (found == databases_.end()) throw Error(Category::internal, fmt::format("\"{}\" is no scratch database", name));
  databases_.erase(found);
  wait_until_left(name);
  send(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", quote_identifier(name)));
}

std::vector<std::string> Scratch::find_left_over() {
  return ask("SELECT d.datname FROM pg_catalog.pg_database d WHERE d.datname ~ '^cairn_smoke_[0-9a-f]{8}_[0-9]+$' AND NOT EXISTS "
             "(SELECT FROM pg_catalog.pg_stat_activity a WHERE a.application_name = pg_catalog.substring(d.datname::pg_catalog.text, '^cairn_smoke_[0-9a-f]{8}')) "
             "ORDER BY 1");
}

std::set<std::string> Scratch::roles() {
  const std::vector<std::string> names = ask("SELECT rolname FROM pg_catalog.pg_roles");
  return {names.begin(), names.end()};
}

void Scratch::drop_roles_but(const std::set<std::string>& staying) {
  if (use_ == ServerUse::shared) return;
  for (const std::string& role : roles())
    if (!staying.contains(role)) send("DROP ROLE " + quote_identifier(role));
}

std::unique_ptr<Connection> Scratch::open(const std::string& name, int interrupt) const {
  return open_connection(with_name(server_, name), options("cairn smoke", interrupt));
}

}  // namespace cairn
