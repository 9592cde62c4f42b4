#include "offline/recorder.hpp"

#include "base/text.hpp"
#include "offline/bound_statement.hpp"
#include "sql/copy_statement.hpp"

#include <fmt/core.h>

#include <utility>

namespace cairn {

namespace {

constexpr std::size_t most_bytes = std::size_t{256} << 20U;
constexpr std::size_t bytes_of_a_call = 64;   // so that calls without text are counted too
constexpr std::string_view binary_signature = "PGCOPY\n\xFF\r\n";

std::string savepoint_name(std::size_t number) { return fmt::format("cairn_{}", number); }

/// COPY ends its data at the first line of just these two characters, whatever its format.
bool holds_end_of_data(std::string_view data) {
  for (std::size_t line = 0; line < data.size();) {
    const std::size_t end = std::min(data.find('\n', line), data.size());
    const std::string_view content = data.substr(line, end - line);
    if (content == "\\." || content == "\\.\r") return true;
    line = end + 1;
  }
  return false;
}

/// Why these data cannot stand in a text; nothing when they can.
std::optional<Error> find_problem(std::string_view data) {
  if (data.starts_with(binary_signature))
    return Error(Category::revision, "its COPY is in binary format, which a text cannot hold")
        .hint("Send the data in text format, or look at db.offline().");
  if (!is_valid_utf8(data))
    return Error(Category::revision, "the data of its COPY are not valid UTF-8 text, which is all that a script can hold")
        .hint("Send the data in text format and in UTF-8, or look at db.offline().");
  if (holds_end_of_data(data))
    return Error(Category::revision, "the data of its COPY hold a line of just \\., which would end them in a script")
        .hint("Send the data in text format, where a backslash is written \\\\, or look at db.offline().");
  return std::nullopt;
}

Error question(const Place& place) {
  return Error(Category::revision, "its code asks the database, and while it is only recorded nobody answers")
      .at(place)
      .hint("Let the code look at db.offline() and do without the answer there, or write the question into the SQL (a DO "
            "block). Where neither can be, apply this revision with \"cairn upgrade\", and write scripts up to it and from it on.");
}

}  // namespace

void Recorder::fail(Error error) {
  failure_ = std::move(error);
  throw HostCallFailed{*failure_};
}

void Recorder::require_usable() {
  if (failure_) throw HostCallFailed{*failure_};
  if (world_.interrupted()) fail(Error(Category::interrupted, "interrupted while it was recorded"));
}

void Recorder::count(std::size_t bytes) {
  bytes_ += bytes + bytes_of_a_call;
  if (bytes_ > most_bytes)
    fail(Error(Category::revision, fmt::format("its code sends more than {} MiB, which is too much for a script", most_bytes >> 20U))
             .hint("Apply this revision with \"cairn upgrade\"."));
}

Piece Recorder::make_piece(const std::string& sql, const Place& place) {
  try {
    return {.body = parse_body(place.file, sql), .call = place, .verifies = false};
  } catch (Error& error) {
    error.recategorise(Category::revision).at(place);
    fail(std::move(error));
  }
}

void Recorder::record(const std::string& sql, const Place& place) {
  Piece piece = make_piece(sql, place);
  if (!piece.body.empty()) recording_.pieces.push_back(std::move(piece));
}

void Recorder::execute(std::string sql, Place place) {
  require_usable();
  count(sql.size());
  record(sql, place);
}

Result Recorder::query(std::string, std::vector<Cell>, Place place) {
  require_usable();
  fail(question(place));
}

std::uint64_t Recorder::run(std::string sql, std::vector<Cell> parameters, Place place) {
  require_usable();
  count(sql.size());
  for (const Cell& value : parameters) count(value ? value->size() : 0);
  const std::size_t statements = make_piece(sql, place).body.statements.size();
  if (statements != 1)
    fail(Error(Category::revision, fmt::format("query() and run() take one statement, not {}", statements)).at(place));
  try {
    record(bind_parameters(sql, parameters), place);
  } catch (Error& error) {
    fail(std::move(error.at(place)));
  }
  return count_unknown;
}

void Recorder::savepoint(SavepointAction action, Place place) {
  require_usable();
  count(0);
  if (!revision_->transactional)
    fail(Error(Category::revision, "it runs outside a transaction, where there are no savepoints").at(place));
  if (action == SavepointAction::begin) return record("SAVEPOINT " + savepoint_name(++savepoints_), place);
  if (savepoints_ == 0) fail(Error(Category::revision, "there is no savepoint to end").at(place));
  const std::string name = savepoint_name(savepoints_--);
  const std::string release = "RELEASE SAVEPOINT " + name;
  record(action == SavepointAction::release ? release : "ROLLBACK TO SAVEPOINT " + name + "; " + release, place);
}

void Recorder::begin_copy_in(std::string statement, Place place) {
  require_usable();
  count(statement.size());
  if (!revision_->transactional)
    fail(Error(Category::revision, "it runs outside a transaction, where a stream could not be undone: COPY is not offered there")
             .at(place));
  try {
    require_copy(statement, CopyStream::from_client);
  } catch (Error& error) {
    fail(std::move(error.at(place)));
  }
  copy_ = OpenCopy{std::move(statement), {}, std::move(place)};
}

void Recorder::write_copy(std::string_view data) {
  require_usable();
  count(data.size());
  if (!copy_) fail(Error(Category::revision, "no COPY is open"));
  copy_->data += data;
}

std::uint64_t Recorder::end_copy_in(std::optional<std::string> abort_reason) {
  require_usable();
  if (!copy_) fail(Error(Category::revision, "no COPY is open"));
  OpenCopy copy = *std::exchange(copy_, std::nullopt);
  if (abort_reason) fail(Error(Category::revision, "the COPY was given up: " + *abort_reason).at(copy.place));
  if (auto problem = find_problem(copy.data)) fail(std::move(problem->at(copy.place)));
  if (!copy.data.empty() && !copy.data.ends_with('\n')) copy.data += '\n';
  while (!copy.statement.empty() && std::string_view("; \t\r\n").find(copy.statement.back()) != std::string_view::npos)
    copy.statement.pop_back();
  // The semicolon must not end up in a comment.
  const std::string_view close = copy.statement.find("--") == std::string::npos ? ";\n" : "\n;\n";
  Piece piece = make_piece(copy.statement + std::string(close) + copy.data + "\\.\n", copy.place);
  recording_.pieces.push_back(std::move(piece));
  return count_unknown;
}

void Recorder::begin_copy_out(std::string, Place place) {
  require_usable();
  fail(question(place));
}

std::string_view Recorder::read_copy() { fail(Error(Category::revision, "no COPY is open")); }

std::uint64_t Recorder::end_copy_out() { fail(Error(Category::revision, "no COPY is open")); }

void Recorder::log(LogLevel level, std::string text) {
  count(0);
  world_.observer.log(level, text);
}

void Recorder::progress(std::uint64_t, std::uint64_t, std::string) { count(0); }

std::optional<std::string> Recorder::variable(std::string_view key) {
  count(0);
  const auto found = world_.variables.find(key);
  return found == world_.variables.end() ? std::nullopt : std::optional(found->second);
}

bool Recorder::cancelled() {
  count(0);
  return world_.interrupted();
}

}  // namespace cairn
