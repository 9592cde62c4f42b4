// A C++ revision against a host that writes down what it is asked.
#include <cairn/abi.h>

#include <gtest/gtest.h>

#include <dlfcn.h>

#include <string>
#include <string_view>
#include <vector>

struct cairn_step {
  std::string mode;
  std::vector<std::string> calls;
  std::string error;
  bool offline = false;
  std::vector<std::string> pieces = {};
  std::string piece = {};
};
struct cairn_rows {
  cairn_step* step;
};

namespace cairn {
namespace {

std::string str(cairn_text text) { return {text.data, text.size}; }

/// "steps.cpp:12 ", so that the place of every call is compared.
std::string at(const cairn_place* place) {
  const std::string file = str(place->file);
  return file.substr(file.rfind('/') + 1) + ":" + std::to_string(place->line) + " ";
}

int32_t answer(cairn_text sql) { return str(sql) == "BROKEN" ? CAIRN_FAILED : CAIRN_OK; }

std::string values(const cairn_value* parameters, uint32_t count) {
  std::string text;
  for (uint32_t i = 0; i < count; ++i)
    text += parameters[i].is_null != 0 ? " NULL" : " " + std::string(parameters[i].data, parameters[i].size);
  return text;
}

int32_t execute(cairn_step* step, cairn_text sql, const cairn_place* place) {
  step->calls.push_back(at(place) + "execute " + str(sql));
  return CAIRN_OK;
}

int32_t run(cairn_step* step, cairn_text sql, const cairn_value* parameters, uint32_t count, uint64_t* affected,
            const cairn_place* place) {
  step->calls.push_back(at(place) + "run " + str(sql) + values(parameters, count));
  *affected = step->offline ? CAIRN_COUNT_UNKNOWN : 3;
  return answer(sql);
}

int32_t query(cairn_step* step, cairn_text sql, const cairn_value* parameters, uint32_t count, cairn_rows** rows,
              const cairn_place* place) {
  step->calls.push_back(at(place) + "query " + str(sql) + values(parameters, count));
  *rows = new cairn_rows{step};
  return answer(sql);
}

uint64_t row_count(const cairn_rows*) { return 2; }
uint32_t column_count(const cairn_rows*) { return 2; }
int32_t column(const cairn_rows*, uint32_t number, cairn_text* name) {
  *name = {number == 0 ? "a" : "b", 1};
  return CAIRN_OK;
}
int32_t cell(const cairn_rows*, uint64_t row, uint32_t number, cairn_value* value) {
  *value = {row == 0 ? "x" : "y", 1, number, 0};
  return CAIRN_OK;
}
void rows_free(cairn_rows* rows) {
  rows->step->calls.emplace_back("rows_free");
  delete rows;
}

int32_t savepoint(cairn_step* step, uint32_t action, const cairn_place*) {
  const char* const names[] = {"begin", "release", "rollback"};
  step->calls.emplace_back(names[action]);
  return CAIRN_OK;
}

int32_t copy_in_begin(cairn_step* step, cairn_text sql, const cairn_place* place) {
  step->calls.push_back(at(place) + str(sql));
  return CAIRN_OK;
}
int32_t copy_in_write(cairn_step* step, const void* data, uint64_t size) {
  step->calls.push_back("data " + std::string(static_cast<const char*>(data), size - 1));
  return CAIRN_OK;
}
int32_t copy_in_end(cairn_step* step, cairn_text reason, uint64_t* rows) {
  step->calls.push_back("end " + str(reason));
  if (rows != nullptr) *rows = step->offline ? CAIRN_COUNT_UNKNOWN : 1;
  return CAIRN_OK;
}

int32_t copy_out_begin(cairn_step* step, cairn_text sql, const cairn_place* place) {
  step->calls.push_back(at(place) + str(sql));
  step->pieces = {"1\tone\n2\tt", "w", "o\n\n3", ""};
  return CAIRN_OK;
}
int32_t copy_out_read(cairn_step* step, cairn_text* piece) {
  step->piece = step->pieces.front();
  step->pieces.erase(step->pieces.begin());
  *piece = {step->piece.data(), step->piece.size()};
  return CAIRN_OK;
}
int32_t copy_out_end(cairn_step* step, uint64_t* rows) {
  step->calls.push_back("end with " + std::to_string(step->pieces.size()) + " left");
  if (rows != nullptr) *rows = 4;
  return CAIRN_OK;
}

void log(cairn_step* step, uint32_t level, cairn_text text) {
  step->calls.push_back("log " + std::to_string(level) + " " + str(text));
}
void progress(cairn_step* step, uint64_t done, uint64_t total, cairn_text what) {
  step->calls.push_back("progress " + std::to_string(done) + "/" + std::to_string(total) + " " + str(what));
}
void set_error(cairn_step* step, const cairn_error* error) {
  step->error = (error->place.line > 0 ? at(&error->place) : "") + str(error->message) + " | " + str(error->hint);
}
int32_t cancelled(cairn_step*) { return 1; }
int32_t variable(cairn_step* step, cairn_text key, cairn_text* value) {
  if (str(key) != "mode" || step->mode.empty()) return CAIRN_FAILED;
  *value = {step->mode.data(), step->mode.size()};
  return CAIRN_OK;
}
const void* extension(cairn_step* step, cairn_text name) {
  return step->offline && str(name) == "offline" ? "" : nullptr;
}

const cairn_host host = {sizeof(cairn_host), CAIRN_ABI_MAJOR, CAIRN_ABI_MINOR, execute, run, query, row_count,
                         column_count, column, cell, rows_free, savepoint, copy_in_begin, copy_in_write,
                         copy_in_end, copy_out_begin, copy_out_read, copy_out_end, log, progress, set_error,
                         cancelled, variable, extension};

const cairn_plugin& plugin() {
  static void* const library = ::dlopen(CAIRN_TEST_REVISIONS "/fixture/steps.so", RTLD_NOW | RTLD_LOCAL);
  return *static_cast<const cairn_plugin*>(::dlsym(library, "cairn_plugin_v1"));
}

TEST(SdkSteps, have_a_descriptor_with_all_three) {
  EXPECT_EQ(plugin().magic, CAIRN_PLUGIN_MAGIC);
  EXPECT_EQ(plugin().struct_size, sizeof(cairn_plugin));
  EXPECT_EQ(plugin().abi_major, CAIRN_ABI_MAJOR);
  EXPECT_NE(plugin().upgrade, nullptr);
  EXPECT_NE(plugin().downgrade, nullptr);
  EXPECT_NE(plugin().verify, nullptr);
  EXPECT_EQ(std::string_view(static_cast<const char*>(plugin().note), 4), std::string_view("\1\0\x10\0", 4));
}

TEST(SdkSteps, ask_the_host_in_order_and_name_their_lines) {
  cairn_step step;
  EXPECT_EQ(plugin().upgrade(&host, &step), CAIRN_OK);
  const std::vector<std::string> expected = {
      "steps.cpp:24 execute CREATE TABLE shop (id int)",
      "steps.cpp:26 run INSERT 1 -9223372036854775808 true 1.5 text std NULL NULL 7 18446744073709551615",
      "steps.cpp:28 query SELECT x",
      "log 1 x/NULL",
      "log 1 y/NULL",
      "rows_free",
      "begin",
      "steps.cpp:30 run BROKEN",
      "rollback",
      "log 2 undone",
      "begin",
      "steps.cpp:32 execute FINE",
      "release",
      "begin",
      "rollback",
      "log 3 mine",
      "steps.cpp:38 COPY shop FROM STDIN",
      "data 1",
      "end ",
      "progress 1/10 rows",
      "log 0 cancelled",
  };
  EXPECT_EQ(step.calls, expected);
  EXPECT_TRUE(step.error.empty());
}

struct EndCase {
  const char* mode;
  const char* error;
};

TEST(SdkSteps, report_every_way_to_end_badly) {
  const EndCase cases[] = {
      {"fail", "steps.cpp:10 no shop has been opened | Open one first."},
      {"exception", "out of shops | "},
      {"int", "the step threw something that is not a std::exception | "},
      {"swallowed", ""},
      {"null", "steps.cpp:18 the value read here is NULL | "},
      {"column", "steps.cpp:19 the answer has no such column | Columns are counted from 0 and named as the server names them."},
  };
  for (const EndCase& expected : cases) {
    cairn_step step{.mode = expected.mode, .calls = {}, .error = {}};
    EXPECT_EQ(plugin().upgrade(&host, &step), CAIRN_FAILED) << expected.mode;
    EXPECT_EQ(step.error, expected.error) << expected.mode;
  }
}

TEST(SdkSteps, undo_a_copy_that_was_not_finished) {
  cairn_step step{.mode = "uncopied", .calls = {}, .error = {}};
  EXPECT_EQ(plugin().upgrade(&host, &step), CAIRN_OK);
  EXPECT_EQ(step.calls.back(), "end the step left the copy unfinished");
}

TEST(SdkSteps, give_the_lines_of_a_copy_however_its_pieces_are_cut) {
  cairn_step step{.mode = "lines", .calls = {}, .error = {}};
  EXPECT_EQ(plugin().verify(&host, &step), CAIRN_OK);
  const std::vector<std::string> expected = {
      "steps.cpp:47 run SELECT verify",
      "steps.cpp:53 COPY shop TO STDOUT",
      "log 1 1\tone",
      "log 1 2\ttwo",
      "log 1 ",
      "log 1 3",
      "end with 0 left",
      "progress 4/0 ",
  };
  EXPECT_EQ(step.calls, expected);
}

TEST(SdkSteps, end_a_copy_that_they_do_not_read_to_its_end) {
  cairn_step step{.mode = "given up", .calls = {}, .error = {}};
  EXPECT_EQ(plugin().verify(&host, &step), CAIRN_FAILED);
  EXPECT_EQ(step.calls.back(), "end with 3 left");
  EXPECT_EQ(step.error, "steps.cpp:61 seen enough | ");
}

TEST(SdkSteps, run_downgrade_and_verify) {
  cairn_step step;
  EXPECT_EQ(plugin().downgrade(&host, &step), CAIRN_OK);
  EXPECT_EQ(plugin().verify(&host, &step), CAIRN_OK);
  EXPECT_EQ(step.calls, (std::vector<std::string>{"steps.cpp:44 execute DROP TABLE shop", "steps.cpp:47 run SELECT verify"}));
}

struct CountCase {
  const char* mode;
  bool offline;
  std::vector<std::string> calls;
  const char* error;
};

TEST(SdkSteps, may_look_at_a_number_of_rows_only_where_it_is_known) {
  const std::string run = "steps.cpp:47 run SELECT verify";
  constexpr char at_47[] = "steps.cpp:47 its code looks at a number of rows, which nobody knows while it is only recorded | "
                           "Let the code look at db.offline() first, and do without the number there.";
  constexpr char at_51[] = "steps.cpp:51 its code looks at a number of rows, which nobody knows while it is only recorded | "
                           "Let the code look at db.offline() first, and do without the number there.";
  const CountCase cases[] = {
      {"count", false, {run, "steps.cpp:50 run 3 rows 3 4"}, ""},
      {"none", true, {run, "log 2 nobody answers"}, ""},
      {"count", true, {run, "log 2 nobody answers"}, at_47},
      {"copied", false, {run, "steps.cpp:51 COPY shop FROM STDIN", "end ", "progress 1/1 "}, ""},
      {"copied", true, {run, "log 2 nobody answers", "steps.cpp:51 COPY shop FROM STDIN", "end "}, at_51},
  };
  for (const CountCase& row : cases) {
    cairn_step step{.mode = row.mode, .calls = {}, .error = {}, .offline = row.offline};
    EXPECT_EQ(plugin().verify(&host, &step), *row.error == '\0' ? CAIRN_OK : CAIRN_FAILED) << row.mode;
    EXPECT_EQ(step.calls, row.calls) << row.mode;
    EXPECT_EQ(step.error, row.error) << row.mode;
  }
}

}  // namespace
}  // namespace cairn
