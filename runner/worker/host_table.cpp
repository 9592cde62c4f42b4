#include "worker/host_table.hpp"

#include "worker/active_step.hpp"
#include "worker/messages.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <typeinfo>

namespace cairn {

namespace {

/// The plugin broke the contract of a call. The call fails, and with it the step, whatever it returns.
[[noreturn]] void bad_argument(const char* what) { throw std::invalid_argument(what); }

std::string_view view(cairn_text text) {
  if (text.data == nullptr && text.size > 0) bad_argument("a null text that is not empty");
  return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

/// What is not 0 today may have a meaning tomorrow, and must not be passed over then.
void require_unused(std::uint32_t reserved) {
  if (reserved != 0) bad_argument("a reserved member that is not 0");
}

std::string bounded(cairn_text text) { return std::string(view(text).substr(0, most_text_bytes)); }

Place make_place(const cairn_place* place) {
  Place made;
  if (place == nullptr) return made;
  require_unused(place->reserved);
  made.file = bounded(place->file);
  made.line = place->line;
  return made;
}

std::vector<Cell> make_parameters(const cairn_value* values, std::uint32_t count) {
  if (count > most_cells) bad_argument("more parameters than the server takes");
  if (count > 0 && values == nullptr) bad_argument("null parameters with a count");
  std::vector<Cell> cells(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    require_unused(values[i].reserved);
    if (values[i].is_null > 1) bad_argument("a value whose is_null is neither 0 nor 1");
    if (values[i].is_null == 0) cells[i] = view({values[i].data, values[i].size});
  }
  return cells;
}

/// Runs the body of one host call. Nothing may leave it: on the other side are C frames.
template <class Body>
std::int32_t guarded(cairn_step* step, Body body) noexcept {
  ActiveStep* const active = ActiveStep::find(step);
  if (active == nullptr) return CAIRN_FAILED;
  try {
    return body(*active);
  } catch (const HostCallFailed&) {
    return CAIRN_FAILED;
  } catch (const std::exception& failure) {
    active->spoil(failure.what());
  } catch (...) {
    active->spoil("unknown exception");
  }
  return CAIRN_FAILED;
}

std::int32_t execute(cairn_step* step, cairn_text sql, const cairn_place* place) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    active.host().execute(std::string(view(sql)), make_place(place));
    return CAIRN_OK;
  });
}

std::int32_t run(cairn_step* step, cairn_text sql, const cairn_value* parameters, std::uint32_t count,
                 std::uint64_t* affected, const cairn_place* place) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    const std::uint64_t rows =
        active.host().run(std::string(view(sql)), make_parameters(parameters, count), make_place(place));
    if (affected != nullptr) *affected = rows;
    return CAIRN_OK;
  });
}

std::int32_t query(cairn_step* step, cairn_text sql, const cairn_value* parameters, std::uint32_t count,
                   cairn_rows** rows, const cairn_place* place) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    Result result =
        active.host().query(std::string(view(sql)), make_parameters(parameters, count), make_place(place));
    if (rows != nullptr) *rows = active.keep(std::move(result));
    return CAIRN_OK;
  });
}

std::uint64_t row_count(const cairn_rows* rows) noexcept {
  const Result* const result = ActiveStep::find_rows(rows);
  return result == nullptr ? 0 : result->rows.size();
}

std::uint32_t column_count(const cairn_rows* rows) noexcept {
  const Result* const result = ActiveStep::find_rows(rows);
  return result == nullptr ? 0 : static_cast<std::uint32_t>(result->columns.size());
}

std::int32_t column(const cairn_rows* rows, std::uint32_t index, cairn_text* name) noexcept {
  const Result* const result = ActiveStep::find_rows(rows);
  if (result == nullptr || index >= result->columns.size() || name == nullptr) return CAIRN_FAILED;
  *name = {result->columns[index].data(), result->columns[index].size()};
  return CAIRN_OK;
}

std::int32_t cell(const cairn_rows* rows, std::uint64_t row, std::uint32_t index, cairn_value* value) noexcept {
  const Result* const result = ActiveStep::find_rows(rows);
  if (result == nullptr || row >= result->rows.size() || value == nullptr) return CAIRN_FAILED;
  if (index >= result->rows[row].size()) return CAIRN_FAILED;
  const Cell& found = result->rows[row][index];
  *value = found ? cairn_value{found->data(), found->size(), 0, 0} : cairn_value{nullptr, 0, 1, 0};
  return CAIRN_OK;
}

void rows_free(cairn_rows* rows) noexcept { ActiveStep::free_rows(rows); }

std::int32_t savepoint(cairn_step* step, std::uint32_t action, const cairn_place* place) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    if (action > CAIRN_SAVEPOINT_ROLLBACK) bad_argument("an unknown savepoint action");
    active.host().savepoint(static_cast<SavepointAction>(action), make_place(place));
    return CAIRN_OK;
  });
}

std::int32_t copy_in_begin(cairn_step* step, cairn_text statement, const cairn_place* place) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    active.host().begin_copy_in(std::string(view(statement)), make_place(place));
    return CAIRN_OK;
  });
}

std::int32_t copy_in_write(cairn_step* step, const void* data, std::uint64_t size) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    active.host().write_copy(view({static_cast<const char*>(data), size}));
    return CAIRN_OK;
  });
}

std::int32_t copy_in_end(cairn_step* step, cairn_text reason, std::uint64_t* rows) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    std::optional<std::string> abort_reason;
    if (reason.size > 0) abort_reason = bounded(reason);
    const std::uint64_t copied = active.host().end_copy_in(std::move(abort_reason));
    if (rows != nullptr) *rows = copied;
    return CAIRN_OK;
  });
}

std::int32_t copy_out_begin(cairn_step* step, cairn_text statement, const cairn_place* place) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    active.host().begin_copy_out(std::string(view(statement)), make_place(place));
    return CAIRN_OK;
  });
}

std::int32_t copy_out_read(cairn_step* step, cairn_text* piece) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    if (piece == nullptr) bad_argument("nowhere to put a piece of COPY data");
    const std::string_view read = active.keep_piece(active.host().read_copy());
    *piece = {read.data(), read.size()};
    return CAIRN_OK;
  });
}

std::int32_t copy_out_end(cairn_step* step, std::uint64_t* rows) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    const std::uint64_t copied = active.host().end_copy_out();
    if (rows != nullptr) *rows = copied;
    return CAIRN_OK;
  });
}

void log(cairn_step* step, std::uint32_t level, cairn_text text) noexcept {
  guarded(step, [&](ActiveStep& active) {
    active.host().log(static_cast<LogLevel>(std::min(level, CAIRN_LOG_WARNING)), bounded(text));
    return CAIRN_OK;
  });
}

void progress(cairn_step* step, std::uint64_t done, std::uint64_t total, cairn_text what) noexcept {
  guarded(step, [&](ActiveStep& active) {
    active.host().progress(done, total, bounded(what));
    return CAIRN_OK;
  });
}

void set_error(cairn_step* step, const cairn_error* error) noexcept {
  guarded(step, [&](ActiveStep& active) {
    if (error == nullptr) bad_argument("a null error");
    if (error->struct_size < sizeof *error) bad_argument("an error whose struct_size is too small");
    require_unused(error->reserved);
    Error reported(Category::revision, bounded(error->message));
    reported.detail(bounded(error->detail)).hint(bounded(error->hint));
    if (error->place.line > 0 || error->place.file.size > 0) reported.at(make_place(&error->place));
    active.report(std::move(reported));
    return CAIRN_OK;
  });
}

/// A caller in a wrong place is told to stop: that ends a loop that polls it after its step.
std::int32_t cancelled(cairn_step* step) noexcept {
  if (ActiveStep::find(step) == nullptr) return 1;
  return guarded(step, [](ActiveStep& active) { return active.host().cancelled() ? 1 : 0; });
}

std::int32_t variable(cairn_step* step, cairn_text key, cairn_text* value) noexcept {
  return guarded(step, [&](ActiveStep& active) {
    const std::string* const found = active.find_variable(view(key));
    if (found == nullptr) return CAIRN_FAILED;
    if (value != nullptr) *value = {found->data(), found->size()};
    return CAIRN_OK;
  });
}

/// The one extension there is says something by being there.
const void* extension(cairn_step* step, cairn_text name) noexcept {
  constexpr std::string_view offline = "offline";
  const auto answer = guarded(step, [&](ActiveStep& active) {
    return view(name) == offline && active.host().offline() ? CAIRN_OK : CAIRN_FAILED;
  });
  return answer == CAIRN_OK ? offline.data() : nullptr;
}

/// Constant, so that a pointer a plugin has kept never dangles: the calls behind it refuse instead.
const cairn_host table = {sizeof(cairn_host), CAIRN_ABI_MAJOR, CAIRN_ABI_MINOR, execute, run, query, row_count,
                          column_count, column, cell, rows_free, savepoint, copy_in_begin, copy_in_write, copy_in_end,
                          copy_out_begin, copy_out_read, copy_out_end, log, progress, set_error, cancelled, variable, extension};

std::string type_name(const std::type_info& type) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
  return status == 0 && name ? name.get() : type.name();
}

Error escaped(const std::string& what) {
  return Error(Category::revision, "an exception escaped from its code: " + what)
      .hint("Catch it inside the revision: only C crosses the plugin boundary.");
}

}  // namespace

CallEnd call_step(cairn_step_function function, StepHost& host) {
  ActiveStep active(host);
  try {
    const std::int32_t returned = function(&table, active.token());
    return active.end(returned == CAIRN_OK);
  } catch (const abi::__forced_unwind&) {
    throw;   // pthread_exit: whoever swallows it is ended by the library
  } catch (const std::exception& failure) {
    const std::string what = std::string(failure.what()).substr(0, most_text_bytes);
    return CallEnd{false, escaped(type_name(typeid(failure)) + ": " + what)};
  } catch (...) {
    const std::type_info* const type = abi::__cxa_current_exception_type();
    return CallEnd{false, escaped(type == nullptr ? "of another language" : "a value of type " + type_name(*type))};
  }
}

std::uint64_t take_stray_calls() { return ActiveStep::take_stray_calls(); }

}  // namespace cairn
