#include "authoring/author.hpp"
#include "authoring/new_revision_files.hpp"
#include "authoring/project_files.hpp"
#include "authoring/revision_id.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "graph/schema_heads.hpp"

#include "support/file_text.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace cairn {
namespace {

Revision make_revision(std::string id, std::vector<std::string> parents, bool seed = false) {
  Revision revision;
  revision.id = std::move(id);
  revision.down_revisions = std::move(parents);
  revision.seed = seed;
  return revision;
}

TEST(RevisionId, is_twelve_random_digits) {
  const std::string id = random_id();
  EXPECT_EQ(id.size(), 12U);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), id.npos);
  EXPECT_NE(id, random_id());
}

TEST(RevisionId, shares_no_beginning_with_another_name) {
  Revision labelled = make_revision("853113448960", {});
  labelled.labels = {"cafe"};
  const RevisionGraph graph({labelled, make_revision("ab12", {})});
  std::vector<std::string> offers{"000000000001", "cafe00000000", "ab1200000000", "853113448960"};
  EXPECT_EQ(make_revision_id(graph, [&] {
              std::string offer = offers.back();
              offers.pop_back();
              return offer;
            }),
            "000000000001");
  EXPECT_THROW(make_revision_id(graph, [] { return std::string("ab1299999999"); }), Error);
}

TEST(SchemaHeads, are_never_seeds) {
  struct Row {
    const char* name;
    std::vector<Revision> revisions;
    const char* heads;
  };
  const Row table[] = {
      {"nothing", {}, ""},
      {"a line", {make_revision("a", {}), make_revision("b", {"a"})}, "b"},
      {"a seed at the end", {make_revision("a", {}), make_revision("s", {"a"}, true)}, "a"},
      {"two seeds at the end", {make_revision("a", {}), make_revision("s", {"a"}, true), make_revision("t", {"s"}, true)}, "a"},
      {"a seed in the middle", {make_revision("a", {}), make_revision("s", {"a"}, true), make_revision("b", {"s"})}, "b"},
      {"seeds beside", {make_revision("a", {}), make_revision("s", {"a"}, true), make_revision("b", {"a"})}, "b"},
      {"only seeds", {make_revision("s", {}, true)}, ""},
      {"branches", {make_revision("a", {}), make_revision("b", {"a"}), make_revision("c", {"a"})}, "b,c"},
      {"a merge", {make_revision("a", {}), make_revision("b", {"a"}), make_revision("c", {"a"}), make_revision("d", {"b", "c"})}, "d"},
  };
  for (const Row& row : table) {
    const RevisionGraph graph(row.revisions);
    std::vector<std::string> ids;
    for (const Node head : schema_heads(graph)) ids.push_back(graph.revision(head).id);
    EXPECT_EQ(join(ids, ","), row.heads) << row.name;
  }
}

TEST(NewRevision, has_a_downgrade_that_fails_until_it_is_written) {
  Revision revision = make_revision("a1", {});
  revision.kind = RevisionKind::sql;
  const std::vector<NewFile> files = make_new_revision(revision, RevisionPurpose::work, TemplateSet({}));
  ASSERT_EQ(files.size(), 2U);
  EXPECT_NE(files[1].text.find("RAISE EXCEPTION"), std::string::npos);
}

TEST(NewRevision, that_joins_has_nothing_to_undo) {
  Revision revision = make_revision("c3", {"a1", "b2"});
  revision.kind = RevisionKind::sql;
  const std::vector<NewFile> files = make_new_revision(revision, RevisionPurpose::merge, TemplateSet({}));
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[1].text, "-- Parts a1, b2 again. There is nothing to undo.\n");
}

TEST(Author, is_name_and_address_as_far_as_they_are_known) {
  EXPECT_EQ(author_text("Ana", "ana@example.org"), "Ana <ana@example.org>");
  EXPECT_EQ(author_text("Ana", ""), "Ana");
  EXPECT_EQ(author_text("", "ana@example.org"), "ana@example.org");
}

/// Programs are looked for in one folder only, and git says what the test wants.
class FoundAuthor : public testing::Test {
 protected:
  FoundAuthor() : path_(std::getenv("PATH")) {
    setenv("PATH", folder_.path().c_str(), 1);
    unsetenv("EMAIL");
  }
  ~FoundAuthor() override {
    setenv("PATH", path_.c_str(), 1);
    unsetenv("EMAIL");
  }

  void git(const std::string& script) {
    test::write_file(folder_ / "git", "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(folder_ / "git", std::filesystem::perms::owner_all);
  }

  std::string author() { return find_author(folder_.path()); }

 private:
  test::TemporaryDirectory folder_;
  std::string path_;
};

TEST_F(FoundAuthor, comes_from_git) {
  git(R"(printf 'user.name\nAna\000user.email\nana@example.org\000user.name\nAna\tMaría\000')");
  EXPECT_EQ(author(), "Ana María <ana@example.org>");
}

TEST_F(FoundAuthor, is_the_address_where_git_knows_nobody) {
  setenv("EMAIL", "ana@example.org", 1);
  git("exit 1");
  EXPECT_EQ(author(), "ana@example.org");
}

TEST_F(FoundAuthor, is_the_account_where_there_is_nothing_else) {
  EXPECT_NE(author(), "");
  git("while :; do echo user.name; done");   // more than anybody's name
  EXPECT_NE(author(), "");
}

TEST(Project, has_a_name_that_cmake_takes) {
  const std::pair<const char*, const char*> table[] = {
      {"shop", "shop"}, {"My Shop, 2nd", "my_shop_2nd"}, {"2fast", "project_2fast"}, {"用户", "revisions"}, {"", "revisions"}};
  for (const auto& [folder, name] : table) EXPECT_EQ(project_name(folder), name);
}

}  // namespace
}  // namespace cairn
