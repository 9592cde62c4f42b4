#include "fixture_runners.hpp"

#include "worker/loader_message.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

std::vector<Error> load_errors(StepRunner& runner, const std::vector<std::string>& names) {
  std::vector<Revision> revisions;
  std::vector<const Revision*> pointers;
  for (const std::string& name : names) revisions.push_back(fixture_revision(name));
  for (const Revision& revision : revisions) pointers.push_back(&revision);
  try {
    runner.load(pointers);
  } catch (const Error& error) {
    std::vector<Error> all{error};
    all.insert(all.end(), error.also().begin(), error.also().end());
    return all;
  }
  return {};
}

struct BadLibrary {
  const char* fixture;
  const char* error;   ///< behind "revision X cannot be loaded: PATH: "
};

const BadLibrary bad_libraries[] = {
    {"absent", "cannot be read: No such file or directory"},
    {"wrong_magic", "its symbol cairn_plugin_v1 is not a plugin descriptor"},
    {"short_struct", "its plugin descriptor is too short (24 bytes)"},
    {"newer_minor", "needs plugin ABI 1.9, this Cairn has 1.0"},
    {"newer_major", "needs plugin ABI 2.0, this Cairn has 1.0"},
    {"no_symbol", "has no symbol cairn_plugin_v1"},
    {"no_upgrade", "its metadata promise upgrade, but its code has none"},
    {"undefined_symbol", "needs \"elsewhere::nowhere(int)\", which nothing defines"},
    {"missing_library", "needs the library libcairn-not-there.so.9, which is not installed"},
};

std::string expected_error(const BadLibrary& row) {
  const std::string name = row.fixture;
  return "revision " + name + " cannot be loaded: " + WORKER_FIXTURES + "/" + name + ".so: " + row.error;
}

std::vector<std::string> bad_names() {
  std::vector<std::string> names;
  for (const BadLibrary& row : bad_libraries) names.emplace_back(row.fixture);
  return names;
}

void expect_all_reported(StepRunner& runner) {
  const std::vector<Error> errors = load_errors(runner, bad_names());
  ASSERT_EQ(errors.size(), std::size(bad_libraries));
  for (std::size_t i = 0; i < errors.size(); ++i) {
    EXPECT_EQ(errors[i].message(), expected_error(bad_libraries[i]));
    EXPECT_EQ(errors[i].category(), Category::plugin);
    EXPECT_EQ(errors[i].detail().find("/proc/self"), std::string::npos) << errors[i].detail();
  }
}

TEST(Loading, reports_every_library_that_cannot_be_used_together) {
  expect_all_reported(*worker_runner(fixture_libraries(bad_names())));
}

TEST(Loading, says_the_same_without_isolation) {
  InProcessRunner runner(fixture_libraries(bad_names()));
  expect_all_reported(runner);
}

TEST(Loading, names_the_library_whose_constructors_kill_the_worker_and_goes_on) {
  const auto runner = worker_runner(fixture_libraries({"crash_at_load", "exit_at_load", "good"}));
  const std::vector<Error> errors = load_errors(*runner, {"crash_at_load", "good", "exit_at_load"});
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_NE(errors[0].message().find("crash_at_load.so: its code died: segmentation fault (SIGSEGV) while it was "
                                     "being loaded"), std::string::npos) << errors[0].message();
  EXPECT_NE(errors[1].message().find("exit_at_load.so: its code called exit(4) while"), std::string::npos);
  RecordingHost host;
  const Revision good = fixture_revision("good");
  Step step;
  step.revision = &good;
  EXPECT_EQ(message_of(runner->run(step, host)), "no error");
}

TEST(Loading, compares_the_note_with_what_was_scanned) {
  const std::string note("the note of a fixture", sizeof "the note of a fixture");
  EXPECT_TRUE(load_errors(*worker_runner(fixture_libraries({"good"}, note)), {"good"}).empty());
  for (const std::string& other : {note.substr(1), "The" + note.substr(3), note + "!"}) {
    const std::vector<Error> errors = load_errors(*worker_runner(fixture_libraries({"good"}, other)), {"good"});
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_TRUE(errors[0].message().ends_with("good.so: the file changed between plan and run"));
  }
}

TEST(Loading, finds_a_promised_verify_missing) {
  const auto runner = worker_runner(fixture_libraries({"no_verify"}));
  EXPECT_TRUE(load_errors(*runner, {"no_verify"}).empty());
  Revision revision = fixture_revision("no_verify");
  revision.has_verify = true;
  const Revision* const all[] = {&revision};
  WorkerRunner strict(WORKER_EXECUTABLE, fixture_libraries({"no_verify"}));
  EXPECT_THROW(strict.load(all), Error);
}

TEST(Loading, starts_no_worker_for_sql_revisions) {
  const auto runner = worker_runner({});
  Revision revision = fixture_revision("only sql");
  revision.kind = RevisionKind::sql;
  const Revision* const all[] = {&revision};
  runner->load(all);
  EXPECT_EQ(runner->worker(), std::nullopt);
}

struct BadWorker {
  const char* executable;
  const char* error;
};

const BadWorker bad_workers[] = {
    {"/nonexistent/cairn-worker", "cannot start /nonexistent/cairn-worker: No such file or directory"},
    {"/bin/true", "/bin/true is not the worker of this cairn"},
};

TEST(Loading, says_when_there_is_no_usable_worker) {
  for (const BadWorker& row : bad_workers) {
    WorkerRunner runner(row.executable, fixture_libraries({"good"}));
    const std::vector<Error> errors = load_errors(runner, {"good"});
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].message(), row.error);
    EXPECT_EQ(errors[0].category(), Category::configuration);
    EXPECT_EQ(runner.worker(), std::nullopt);
  }
}

struct Sentence {
  const char* said;
  const char* error;
};

const Sentence sentences[] = {
    {"load() failed (dlerror system message: /lib/libc.so.6: version `GLIBC_2.38' not found (required by /p/x.so))",
     "/p/x.so: needs GLIBC_2.38, which this system does not have"},
    {"load() failed (dlerror system message: /p/x.so: undefined symbol: PQexec)",
     "/p/x.so: needs \"PQexec\", which nothing defines"},
    {"load() failed (dlerror system message: /p/x.so: undefined symbol: f, version V_1)",
     "/p/x.so: needs \"f\", which nothing defines"},
    {"load() failed (dlerror system message: /p/x.so: file too short)", "/p/x.so: cannot be loaded: file too short"},
    {"load() failed (dlerror system message: libz.so.9: cannot open shared object file: No such file or directory)",
     "/p/x.so: needs the library libz.so.9, which is not installed"},
    {"something else", "/p/x.so: cannot be loaded: something else"},
};

TEST(LoaderMessage, says_what_to_act_on) {
  for (const Sentence& row : sentences) EXPECT_EQ(loader_error("/p/x.so", row.said).message(), row.error);
}

}  // namespace
}  // namespace cairn::test
