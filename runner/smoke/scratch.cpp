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

ConnectOptions options(int interrupt) {
  ConnectOptions options;
  options.application_name = "cairn smoke";
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
    : server_(std::move(server)), use_(use), keeper_(open_connection(server_, options(-1))), prefix_(random_prefix()) {}

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

/// What nobody has put anything into; a slim server of our own lacks it.
std::string Scratch::empty_model() {
  const Reply reply = send("SELECT 1 FROM pg_catalog.pg_database WHERE datname = 'template0'");
  const bool there = !reply.results.empty() && !reply.results.front().rows.empty();
  return there ? "template0" : "template1";
}

/// A backend outlives its client by a moment, and CREATE and DROP DATABASE look for it only every tenth of a second.
void Scratch::wait_until_left(const std::string& name) {
  constexpr int most_looks = 200;
  const std::string question = "SELECT 1 FROM pg_catalog.pg_stat_activity WHERE datname = " + quote_literal(name) + " LIMIT 1";
  for (int look = 0; look < most_looks; ++look) {
    const Reply reply = send(question);
    if (reply.results.empty() || reply.results.front().rows.empty()) return;
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

std::set<std::string> Scratch::roles() {
  std::set<std::string> names;
  for (const Result& result : send("SELECT rolname FROM pg_catalog.pg_roles").results)
    for (const std::vector<Cell>& row : result.rows) names.insert(row.at(0).value_or(""));
  return names;
}

void Scratch::drop_roles_but(const std::set<std::string>& staying) {
  if (use_ == ServerUse::shared) return;
  for (const std::string& role : roles())
    if (!staying.contains(role)) send("DROP ROLE " + quote_identifier(role));
}

std::unique_ptr<Connection> Scratch::open(const std::string& name, int interrupt) const {
  return open_connection(with_name(server_, name), options(interrupt));
}

}  // namespace cairn
