#include "base/digest.hpp"
#include "base/error.hpp"
#include "plugin/body_reader.hpp"
#include "plugin/collection.hpp"
#include "plugin/inspection.hpp"
#include "support/file_text.hpp"
#include "support/temporary_directory.hpp"

#include <cairn/abi.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <algorithm>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

fs::path chain() { return fs::path(CAIRN_TEST_REVISIONS) / "fixture_chain"; }

Collection collect(const fs::path& directory) { return collect_plugins(std::vector{directory}); }

const PluginFile& find(const Collection& collection, const std::string& id) {
  for (const PluginFile& plugin : collection.plugins)
    if (plugin.revision.id == id) return plugin;
  throw Error(Category::internal, "no fixture " + id);
}

TEST(Collection, reads_every_key_of_a_sql_revision) {
  const Collection collection = collect(chain());
  const PluginFile& plugin = find(collection, "sql0000");
  const Revision& revision = plugin.revision;
  EXPECT_TRUE(revision.down_revisions.empty());
  EXPECT_TRUE(revision.depends_on.empty());
  EXPECT_EQ(revision.labels, (std::vector<std::string>{"core", "second-label"}));
  EXPECT_EQ(revision.message, R"(base "quoted" \ back; semi [brackets] ${HOME} ) injected)");
  EXPECT_EQ(revision.author, "Zoë O'Hara <zoe@example.org>");
  EXPECT_EQ(revision.date, "2025-11-30");
  EXPECT_EQ(revision.purpose, "every key once");
  EXPECT_EQ(revision.estimated_ms, 2000U);
  EXPECT_EQ(revision.phase, "expand");
  EXPECT_EQ(revision.release, "1.2");
  EXPECT_EQ(revision.min_server_version, 150000U);
  EXPECT_EQ(revision.kind, RevisionKind::sql);
  EXPECT_TRUE(revision.transactional && revision.reversible && !revision.seed && !revision.has_verify);
  EXPECT_FALSE(revision.retryable);
  EXPECT_EQ(revision.source_digest.size(), 64U);
  EXPECT_EQ(plugin.up_file, "tests/plugin/fixtures/chain/sql0000_base/up.sql");
  EXPECT_EQ(plugin.down_file, "tests/plugin/fixtures/chain/sql0000_base/down.sql");
}

TEST(Collection, reads_every_member_of_a_code_revision) {
  const Revision revision = find(collect(chain()), "cpp0001").revision;
  EXPECT_EQ(revision.down_revisions, std::vector<std::string>{"sql0000"});
  EXPECT_EQ(revision.depends_on, std::vector<std::string>{"core"});
  EXPECT_EQ(revision.labels, (std::vector<std::string>{"data", "demo"}));
  EXPECT_EQ(revision.message, "fill the shop");
  EXPECT_EQ(revision.estimated_ms, 500U);
  EXPECT_EQ(revision.kind, RevisionKind::code);
  EXPECT_TRUE(revision.seed);
  EXPECT_FALSE(revision.retryable);
  EXPECT_EQ(revision.sdk_version, CAIRN_TEST_VERSION);
  EXPECT_FALSE(revision.compiler.empty());
}

std::string acceptances_of(const std::string& id) {
  const Collection collection = collect(chain());
  std::string text;
  for (const Acceptance& acceptance : find(collection, id).revision.accepts)
    text += "[" + acceptance.rule + "|" + acceptance.reason + "]";
  return text;
}

TEST(Collection, reads_what_the_author_accepts) {
  EXPECT_EQ(acceptances_of("sql0000"), "[column-dropped|\"nobody\" reads it; C:\\old, so: gone][index-blocks-writes|forty rows]");
  EXPECT_EQ(acceptances_of("merge0006"), "[column-dropped|nobody reads it][column-json|read whole]");
  EXPECT_EQ(acceptances_of("sql0003"), "");
}

struct FlagCase {
  const char* id;
  bool transactional;
  bool reversible;
  bool seed;
  bool has_verify;
};

TEST(Collection, reads_the_flags) {
  const FlagCase cases[] = {
      {"sql0002", false, true, false, true},  {"sql0003", true, false, true, false},
      {"sql0004", true, true, false, false},  {"cpp0005", true, false, false, true},
      {"merge0006", false, true, false, false},
  };
  const Collection collection = collect(chain());
  for (const FlagCase& expected : cases) {
    const Revision& revision = find(collection, expected.id).revision;
    EXPECT_EQ(revision.transactional, expected.transactional) << expected.id;
    EXPECT_EQ(revision.reversible, expected.reversible) << expected.id;
    EXPECT_EQ(revision.seed, expected.seed) << expected.id;
    EXPECT_EQ(revision.has_verify, expected.has_verify) << expected.id;
  }
}

TEST(Collection, is_sorted_and_rejects_nothing_of_the_chain) {
  const Collection collection = collect(chain());
  EXPECT_EQ(collection.plugins.size(), 7U);
  EXPECT_TRUE(collection.rejects.empty());
  EXPECT_TRUE(std::is_sorted(collection.plugins.begin(), collection.plugins.end(),
                             [](const PluginFile& a, const PluginFile& b) { return a.path < b.path; }));
}

TEST(Collection, gives_the_sql_byte_by_byte) {
  const Collection collection = collect(chain());
  struct {
    const char* id;
    std::uint32_t note;
    const char* file;
  } const cases[] = {
      {"sql0000", CAIRN_NOTE_SQL_UP, "sql0000_base/up.sql"},
      {"sql0000", CAIRN_NOTE_SQL_DOWN, "sql0000_base/down.sql"},
      {"sql0002", CAIRN_NOTE_SQL_VERIFY, "sql0002_verified/verify.sql"},
      {"sql0004", CAIRN_NOTE_SQL_DOWN, "sql0004_pair.down.sql"},
  };
  for (const auto& expected : cases)
    EXPECT_EQ(read_sql_text(find(collection, expected.id), expected.note),
              read_file(fs::path(CAIRN_TEST_FIXTURES) / "chain" / expected.file))
        << expected.file;
}

TEST(Collection, says_which_note_a_plugin_lacks) {
  const Collection collection = collect(chain());
  try {
    read_sql_text(find(collection, "sql0003"), CAIRN_NOTE_SQL_DOWN);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::plugin);
    EXPECT_NE(error.message().find("sql0003_irreversible.so: holds no SQL note of type 3"), std::string::npos);
  }
}

TEST(Collection, follows_links_to_files_and_counts_a_file_once) {
  const TemporaryDirectory scratch;
  fs::copy(chain() / "sql0000_base.so", scratch / "real.so");
  fs::create_symlink(scratch / "real.so", scratch / "again.so");
  fs::create_hard_link(scratch / "real.so", scratch / "hard.so");
  fs::create_directory_symlink(scratch.path(), scratch / "loop");
  const Collection collection = collect(scratch.path());
  ASSERT_EQ(collection.plugins.size(), 1U);
  EXPECT_EQ(collection.plugins[0].revision.origin, (scratch / "again.so").string());
  EXPECT_TRUE(collection.rejects.empty());
}

TEST(Collection, reads_sub_directories_and_passes_over_hidden_names_and_other_files) {
  const TemporaryDirectory scratch;
  fs::create_directories(scratch / "core/deep");
  fs::create_directories(scratch / ".git");
  fs::copy(chain() / "sql0000_base.so", scratch / "core/deep/a.so");
  fs::copy(chain() / "sql0002_verified.so", scratch / "b.so");
  fs::copy(chain() / "sql0003_irreversible.so", scratch / ".git/c.so");
  fs::copy(chain() / "sql0003_irreversible.so", scratch / ".hidden.so");
  write_file(scratch / "README", "text");
  write_file(scratch / "x", "");
  const Collection collection = collect(scratch.path());
  ASSERT_EQ(collection.plugins.size(), 2U);
  EXPECT_EQ(collection.plugins[0].revision.id, "sql0002");
  EXPECT_EQ(collection.plugins[1].revision.id, "sql0000");
  EXPECT_TRUE(collection.rejects.empty());
}

TEST(Collection, takes_a_directory_given_twice_once) {
  const std::vector<fs::path> twice{chain(), chain() / ".." / "fixture_chain"};
  EXPECT_EQ(collect_plugins(twice).plugins.size(), 7U);
}

TEST(Collection, names_a_directory_it_cannot_read) {
  const TemporaryDirectory scratch;
  write_file(scratch / "file", "x");
  for (const char* const name : {"missing", "file"}) try {
      collect(scratch / name);
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.category(), Category::configuration);
      EXPECT_NE(error.message().find((scratch / name).string()), std::string::npos);
    }
}

TEST(Collection, reports_every_reject_with_its_reason) {
  const TemporaryDirectory scratch;
  const std::string good = read_file(chain() / "sql0000_base.so");
  const auto with = [&](std::size_t at, const std::string& bytes) { return std::string(good).replace(at, bytes.size(), bytes); };
  write_file(scratch / "a_empty.so", "");
  write_file(scratch / "b_text.so", "#!/bin/sh\n");
  write_file(scratch / "c_32bit.so", with(4, "\1"));
  write_file(scratch / "d_arch.so", with(18, std::string("\xB7\0", 2)));
  write_file(scratch / "e_big_endian.so", with(5, "\2"));
  write_file(scratch / "f_object.so", with(16, std::string("\1\0", 2)));
  write_file(scratch / "g_cut.so", good.substr(0, 100));
  fs::copy(chain() / "sql0000_base.so", scratch / "h_renamed.so.1");
  fs::create_symlink("nowhere", scratch / "i_dangling.so");
  fs::copy("/lib/x86_64-linux-gnu/libm.so.6", scratch / "j_foreign.so");
  ASSERT_EQ(::mkfifo((scratch / "k_pipe.so").c_str(), 0600), 0);
  const char* const reasons[] = {
      "an empty file",
      "not an ELF file",
      "built for a 32-bit machine; this Cairn runs on x86_64",
      "built for aarch64; this Cairn runs on x86_64",
      "built for a big-endian machine; this Cairn runs on x86_64",
      "an object file that was not linked into a shared library",
      "damaged: the program headers lie outside the file",
      "a revision plugin whose name does not end in .so",
      "cannot be read: No such file or directory",
      "not a revision plugin: a library without Cairn's metadata note",
      "a pipe, not a regular file",
  };
  const Collection collection = collect(scratch.path());
  EXPECT_TRUE(collection.plugins.empty());
  ASSERT_EQ(collection.rejects.size(), std::size(reasons));
  for (std::size_t i = 0; i < std::size(reasons); ++i) EXPECT_EQ(collection.rejects[i].reason, reasons[i]);
  try {
    throw_all(to_errors(collection.rejects));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::plugin);
    EXPECT_EQ(error.message(), (scratch / "a_empty.so").string() + ": an empty file");
    EXPECT_EQ(error.also().size(), std::size(reasons) - 1);
  }
}

TEST(Collection, rejects_what_others_could_have_written_and_goes_on) {
  const TemporaryDirectory scratch;
  for (const char* const name : {"closed", "open", "none"}) fs::create_directories(scratch / name);
  fs::copy(chain() / "sql0000_base.so", scratch / "closed/a.so");
  fs::copy(chain() / "sql0002_verified.so", scratch / "open/b.so");
  for (const char* const name : {"open", "open/b.so", "none"}) fs::permissions(scratch / name, fs::perms(0777));
  const Collection collection = collect(scratch.path());
  EXPECT_EQ(collection.plugins.size(), 2U);
  ASSERT_EQ(collection.rejects.size(), 2U) << "of the folder without plugins nothing is taken";
  EXPECT_EQ(collection.rejects[0].path, (scratch / "open/b.so").string());
  EXPECT_EQ(collection.rejects[1].path, (scratch / "open").string());
  for (const Reject& reject : collection.rejects) EXPECT_EQ(reject.reason, "can be written by everybody");
  EXPECT_TRUE(collect_plugins(std::vector{scratch.path()}, std::nullopt).rejects.empty()) << "a lock file is asked instead";
}

TEST(Collection, gives_the_digests_of_the_files_it_parsed) {
  EXPECT_TRUE(find(collect(chain()), "sql0000").sha256.empty());
  const Collection collection = collect_plugins(std::vector{chain()}, std::nullopt, Digests::of_every_file);
  ASSERT_EQ(collection.plugins.size(), 7U);
  for (const PluginFile& plugin : collection.plugins) {
    EXPECT_EQ(plugin.sha256, hex(sha256(read_file(plugin.path)))) << plugin.path;
    EXPECT_EQ(plugin.name, fs::path(plugin.path).filename().string());
  }
  EXPECT_EQ(read_sql_text(find(collection, "sql0000"), CAIRN_NOTE_SQL_UP), read_file(fs::path(CAIRN_TEST_FIXTURES) / "chain/sql0000_base/up.sql"));
}

TEST(Collection, sends_no_sql_of_bytes_that_it_has_not_hashed) {
  const Collection collection = collect_plugins(std::vector{chain()}, std::nullopt, Digests::of_every_file);
  PluginFile plugin = find(collection, "sql0000");
  plugin.sha256 = hex(sha256("something else"));
  try {
    read_sql_text(plugin, CAIRN_NOTE_SQL_UP);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_TRUE(error.message().ends_with("sql0000_base.so: its bytes changed after its digest had been checked")) << error.message();
  }
}

TEST(Collection, refuses_the_sql_of_a_file_that_changed_meanwhile) {
  const TemporaryDirectory scratch;
  fs::copy(chain() / "sql0000_base.so", scratch / "a.so");
  const PluginFile plugin = read_plugin(scratch / "a.so");
  fs::remove(scratch / "a.so");
  fs::copy(chain() / "sql0000_base.so", scratch / "b.so");
  fs::rename(scratch / "b.so", scratch / "a.so");
  try {
    read_sql_text(plugin, CAIRN_NOTE_SQL_UP);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("was changed or replaced"), std::string::npos);
  }
}

TEST(Inspection, shows_fields_notes_and_exports) {
  const Inspection inspection = inspect_plugin(chain() / "cpp0001_code.so");
  EXPECT_TRUE(inspection.problems.empty()) << inspection.problems[0];
  ASSERT_TRUE(inspection.revision.has_value());
  EXPECT_EQ(inspection.dynamic.exported, std::vector<std::string>{"cairn_plugin_v1"});
  EXPECT_EQ(inspection.dynamic.unique_count, 0U);
  EXPECT_EQ(inspection.notes.size(), 1U);
  EXPECT_EQ(inspection.fields.at(0).name, "id");
  EXPECT_TRUE(inspection.fields.at(0).critical);
  EXPECT_EQ(inspection.fields.at(0).value, "cpp0001");
  EXPECT_TRUE(inspection.dynamic.run_path.empty());
}

TEST(Inspection, shows_what_it_can_of_a_library_that_is_no_plugin) {
  const Inspection inspection = inspect_plugin("/lib/x86_64-linux-gnu/libm.so.6");
  EXPECT_FALSE(inspection.revision.has_value());
  EXPECT_EQ(inspection.problems.size(), 3U);
  EXPECT_GT(inspection.dynamic.exported_count, 100U);
  EXPECT_EQ(inspection.dynamic.needed.at(0), "libc.so.6");
}

}  // namespace
}  // namespace cairn::test
