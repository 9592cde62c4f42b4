#pragma once

#include <cairn/parameter.hpp>
#include <cairn/rows.hpp>

namespace cairn {
inline namespace sdk __attribute__((visibility("hidden"))) {

/// A statement and the place where the author wrote it: the defaults are evaluated at the call, since a
/// text turns into Sql there. This is what lets every error name its .cpp and line.
struct Sql {
  Text text;
  cairn_place place;

  template <class T>
  Sql(const T& sql, const char* file = __builtin_FILE(), uint32_t line = __builtin_LINE())
      : text(sql), place(detail::place_of(file, line)) {}
};

/// The rows of one COPY ... FROM STDIN. Destroyed before finish(), it makes the server undo the copy, and the step fails.
class CopyIn {
 public:
  CopyIn(const cairn_host* host, cairn_step* step, const cairn_place& place) : host_(host), step_(step), place_(place) {}
  CopyIn(CopyIn&& other) noexcept : host_(other.host_), step_(other.step_), place_(other.place_) { other.step_ = nullptr; }
  CopyIn(const CopyIn&) = delete;
  CopyIn& operator=(const CopyIn&) = delete;
  CopyIn& operator=(CopyIn&&) = delete;
  ~CopyIn() {
    if (step_ != nullptr) host_->copy_in_end(step_, Text("the step left the copy unfinished"), nullptr);
  }

  /// Data as COPY wants it; cut where you like.
  void write(Text data) {
    if (step_ == nullptr || host_->copy_in_write(step_, data.data, data.size) != CAIRN_OK) throw detail::HostFailure();
  }

  /// Returns the number of rows.
  RowCount finish() {
    uint64_t rows = 0;
    cairn_step* const step = step_;
    step_ = nullptr;
    if (step == nullptr || host_->copy_in_end(step, Text(), &rows) != CAIRN_OK) throw detail::HostFailure();
    return {rows, place_};
  }

 private:
  const cairn_host* host_;
  cairn_step* step_;
  cairn_place place_;
};

/// The data of one COPY ... TO STDOUT. The server sends them as fast as they are read, so there is never more than a
/// piece of them here. Destroyed before their end, it gives the copy up, and the step fails.
class CopyOut {
 public:
  CopyOut(const cairn_host* host, cairn_step* step, const cairn_place& place) : host_(host), step_(step), place_(place) {}
  CopyOut(CopyOut&& other) noexcept : host_(other.host_), step_(other.step_), place_(other.place_) { other.step_ = nullptr; }
  CopyOut(const CopyOut&) = delete;
  CopyOut& operator=(const CopyOut&) = delete;
  CopyOut& operator=(CopyOut&&) = delete;
  ~CopyOut() {
    if (step_ != nullptr) host_->copy_out_end(step_, nullptr);
  }

  /// The next piece, cut anywhere and valid until the next call; false at the end of the data. each_line() of
  /// <cairn/std.hpp> gives whole lines.
  bool read(Text& piece) {
    cairn_text next = {};
    if (step_ == nullptr || host_->copy_out_read(step_, &next) != CAIRN_OK) throw detail::HostFailure();
    piece = next;
    return next.size > 0;
  }

  /// At the end of the data; returns the number of rows. Earlier it gives the copy up, which ends the step.
  RowCount finish() {
    uint64_t rows = 0;
    cairn_step* const step = step_;
    step_ = nullptr;
    if (step == nullptr || host_->copy_out_end(step, &rows) != CAIRN_OK) throw detail::HostFailure();
    return {rows, place_};
  }

 private:
  const cairn_host* host_;
  cairn_step* step_;
  cairn_place place_;
};

/// The value of -x key=value, valid until the step returns.
class Variable {
 public:
  Variable() = default;
  explicit Variable(Text text) : text_(text), given_(true) {}
  explicit operator bool() const { return given_; }
  bool has_value() const { return given_; }
  Text operator*() const { return text_; }
  Text value_or(Text fallback) const { return given_ ? text_ : fallback; }

 private:
  Text text_ = {};
  bool given_ = false;
};

/// The database as one running step sees it. Use it in the thread that was given it, until the step
/// returns. A call that fails ends the step; only savepoint() lets it go on.
class Database {
 public:
  Database(const cairn_host* host, cairn_step* step) : host_(host), step_(step) {}
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// One or many statements whose answer does not matter. They may be sent later, together with others,
  /// so their failure cannot be caught; it ends the step and names this line.
  void execute(Sql sql) { require(host_->execute(step_, sql.text, &sql.place)); }

  /// One statement, sent at once, with values for $1, $2, …. Returns the number of rows it affected.
  template <class... Values>
  RowCount run(Sql sql, const Values&... values) {
    const Parameter parameters[] = {Parameter(values)..., Parameter(nullptr)};
    cairn_value given[sizeof...(Values) + 1] = {};
    const uint32_t count = unpack(parameters, given, sizeof...(Values));
    uint64_t affected = 0;
    require(host_->run(step_, sql.text, given, count, &affected, &sql.place));
    return {affected, sql.place};
  }

  /// As run(); returns the rows, 64 MiB of them at most: for (cairn::Row row : db.query("SELECT ...")) row["name"].text();
  template <class... Values>
  Rows query(Sql sql, const Values&... values) {
    const Parameter parameters[] = {Parameter(values)..., Parameter(nullptr)};
    cairn_value given[sizeof...(Values) + 1] = {};
    const uint32_t count = unpack(parameters, given, sizeof...(Values));
    cairn_rows* rows = nullptr;
    require(host_->query(step_, sql.text, given, count, &rows, &sql.place));
    return {host_, rows};
  }

  /// Runs the work in a savepoint. True: it is done. False: a statement failed, and all the work did is
  /// undone. An exception of the work's own undoes it as well and goes on to the caller.
  template <class Work>
  bool savepoint(Work&& work, const char* file = __builtin_FILE(), uint32_t line = __builtin_LINE()) {
    const cairn_place place = detail::place_of(file, line);
    require(host_->savepoint(step_, CAIRN_SAVEPOINT_BEGIN, &place));
    try {
      work();
      // Statements of execute() are sent now at the latest, so this is where they fail.
      require(host_->savepoint(step_, CAIRN_SAVEPOINT_RELEASE, &place));
      return true;
    } catch (const detail::HostFailure&) {
      require(host_->savepoint(step_, CAIRN_SAVEPOINT_ROLLBACK, &place));
      return false;
    } catch (...) {
      require(host_->savepoint(step_, CAIRN_SAVEPOINT_ROLLBACK, &place));
      throw;
    }
  }

  /// COPY table FROM STDIN, as a stream. Until its finish() only messages, progress() and cancelled().
  CopyIn copy_in(Sql statement) {
    require(host_->copy_in_begin(step_, statement.text, &statement.place));
    return {host_, step_, statement.place};
  }

  /// COPY table TO STDOUT or COPY (query) TO STDOUT, as a stream: for more rows than query() brings. The same rule.
  ///   cairn::Text piece;
  ///   while (copy.read(piece)) ...
  CopyOut copy_out(Sql statement) {
    require(host_->copy_out_begin(step_, statement.text, &statement.place));
    return {host_, step_, statement.place};
  }

  void debug(Text text) { host_->log(step_, CAIRN_LOG_DEBUG, text); }
  void log(Text text) { host_->log(step_, CAIRN_LOG_INFO, text); }
  void notice(Text text) { host_->log(step_, CAIRN_LOG_NOTICE, text); }
  void warning(Text text) { host_->log(step_, CAIRN_LOG_WARNING, text); }
  void progress(uint64_t done, uint64_t total, Text what = {}) { host_->progress(step_, done, total, what); }

  /// True when the user asked to stop: return or fail() soon; the transaction is rolled back in any case.
  bool cancelled() { return host_->cancelled(step_) != 0; }

  /// True while the step is only recorded, into a script (--sql) or for show: nothing reaches a server. execute(), run(),
  /// copy_in() and savepoint() are written down and taken to succeed; query() and copy_out() end the step. A step that asks
  /// can say here what is right without an answer.
  bool offline() { return extension("offline") != nullptr; }

  Variable variable(Text key) {
    cairn_text value = {};
    return host_->variable(step_, key, &value) == CAIRN_OK ? Variable(value) : Variable();
  }

  /// Ends the step with this message; the hint says what the user can do.
  [[noreturn]] void fail(Text message, Text hint = {}, const char* file = __builtin_FILE(),
                         uint32_t line = __builtin_LINE()) {
    throw Failure(message, hint, file, line);
  }

  /// An optional service of the runner, or null.
  const void* extension(Text name) { return host_->extension(step_, name); }

 private:
  static void require(int32_t result) {
    if (result != CAIRN_OK) throw detail::HostFailure();
  }

  static uint32_t unpack(const Parameter* parameters, cairn_value* raw, uint64_t count) {
    for (uint64_t i = 0; i < count; ++i) raw[i] = parameters[i].value();
    return static_cast<uint32_t>(count);
  }

  const cairn_host* host_;
  cairn_step* step_;
};

}  // namespace sdk
}  // namespace cairn
