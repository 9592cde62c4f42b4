#pragma once

#include "seam/step_runner.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::test {

/// A StepHost that writes down what it is asked. SQL texts drive it: "fail" fails as the server would,
/// "lose" throws as a lost connection does, "echo" answers the parameters, "rows" answers many rows.
class RecordingHost final : public StepHost {
 public:
  std::vector<std::string> calls;
  std::vector<std::string> logs;
  std::map<std::string, std::string, std::less<>> variables;
  std::function<void(const std::string&)> on_log;
  std::size_t copied_bytes = 0;
  std::size_t copy_out_bytes = 0;       ///< what a COPY ... TO STDOUT sends, in pieces of `piece`
  std::size_t read_bytes = 0;
  std::string piece = std::string(most_piece_bytes, 'o');
  std::size_t rows = 3;
  std::size_t row_bytes = 10;
  bool is_cancelled = false;
  std::optional<std::size_t> calls_before_verify;
  bool is_offline = false;              ///< then run() knows no number of rows

  void execute(std::string sql, Place place) override { note("execute", sql, place); }

  Result query(std::string sql, std::vector<Cell> parameters, Place place) override {
    note("query", sql, place);
    if (sql == "echo") return echo(std::move(parameters));
    if (sql == "rows") return Result{"SELECT", {"text"}, {rows, {std::string(row_bytes, 'r')}}};
    return Result{"UPDATE 5", {}, {}};
  }

  std::uint64_t run(std::string sql, std::vector<Cell> parameters, Place place) override {
    const std::uint64_t affected = StepHost::run(std::move(sql), std::move(parameters), std::move(place));
    return is_offline ? count_unknown : affected;
  }

  void savepoint(SavepointAction action, Place) override {
    constexpr const char* names[] = {"begin", "release", "rollback"};
    calls.push_back(std::string("savepoint ") + names[static_cast<int>(action)]);
  }

  void begin_copy_in(std::string statement, Place place) override { note("copy", statement, place); }

  void write_copy(std::string_view data) override {
    if (data == "fail") throw HostCallFailed{Error(Category::revision, "the copy failed")};
    copied_bytes += data.size();
  }

  std::uint64_t end_copy_in(std::optional<std::string> abort_reason) override {
    calls.push_back(abort_reason ? "end copy: " + *abort_reason : "end copy");
    if (abort_reason) give_up();
    return copied_bytes;
  }

  void begin_copy_out(std::string statement, Place place) override {
    note("copy out", statement, place);
    read_bytes = 0;
  }

  std::string_view read_copy() override {
    const std::string_view next = std::string_view(piece).substr(0, copy_out_bytes - read_bytes);
    read_bytes += next.size();
    return next;
  }

  std::uint64_t end_copy_out() override {
    calls.push_back("end copy out");
    if (read_bytes < copy_out_bytes) give_up();
    return read_bytes;
  }

  void log(LogLevel, std::string text) override {
    if (on_log) on_log(text);
    if (logs.size() < most_logs) logs.push_back(std::move(text));
  }

  void progress(std::uint64_t done, std::uint64_t total, std::string what) override {
    calls.push_back("progress " + std::to_string(done) + "/" + std::to_string(total) + " " + what);
  }

  std::optional<std::string> variable(std::string_view key) override {
    const auto found = variables.find(key);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  }

  bool cancelled() override { return is_cancelled; }
  bool offline() override { return is_offline; }
  void verify_begins() override { calls_before_verify = calls.size(); }

 private:
  static constexpr std::size_t most_logs = 10'000;

  [[noreturn]] static void give_up() { throw HostCallFailed{Error(Category::revision, "the COPY was given up")}; }

  void note(const char* what, const std::string& sql, const Place& place) {
    calls.push_back(std::string(what) + " " + sql.substr(0, 40) + " at " + describe(place));
    if (sql == "fail")
      throw HostCallFailed{Error(Category::revision, "the server says no").sqlstate("42P07").at(place)};
    if (sql == "lose") throw Error(Category::connection, "the connection is gone");
  }

  static Result echo(std::vector<Cell> parameters) {
    Result result{"SELECT 1", {}, {}};
    for (std::size_t i = 0; i < parameters.size(); ++i)
      result.columns.push_back(std::string(1, static_cast<char>('a' + i)));
    result.rows.push_back(std::move(parameters));
    return result;
  }
};

}  // namespace cairn::test
