// What alembic --sql writes, cut into revisions.
#include "alembic/offline_script.hpp"
#include "alembic/carried_step.hpp"
#include "alembic/placeholder.hpp"

#include <gtest/gtest.h>

#include <random>

namespace cairn::test {
namespace {

using Names = std::vector<std::string>;

/// a1 -> (b1, c1) -> d1, and e1 apart.
const RevisionGraph& graph() {
  static const auto revision = [](const char* id, Names parents) {
    Revision made;
    made.id = id;
    made.down_revisions = std::move(parents);
    return made;
  };
  static const RevisionGraph made({revision("a1", {}), revision("b1", {"a1"}), revision("c1", {"a1"}), revision("d1", {"b1", "c1"}),
                                   revision("e1", {})});
  return made;
}

OfflineScript parse(const std::string& text) { return parse_offline_script(make_input_text("up.sql", text), graph()); }

/// "a1: SELECT 1;" for each step; "a1 ...:" for one that broke off, "down a1" for a downgrade.
Names steps_of(const std::string& text) {
  Names steps;
  for (const OfflineStep& step : parse(text).steps)
    steps.push_back((step.direction == Direction::down ? "down " : "") + step.revision + (step.complete ? "" : " ...") + ": " + step.sql);
  return steps;
}

std::string problem_of(const std::string& text) {
  try {
    parse(text);
    return "none";
  } catch (const Error& error) {
    return std::to_string(error.place()->line) + ": " + error.message();
  }
}

std::string insert(const std::string& id) {
  return "INSERT INTO alembic_version (version_num) VALUES ('" + id + "') RETURNING alembic_version.version_num;\n\n";
}

std::string update(const std::string& from, const std::string& to) {
  return "UPDATE alembic_version SET version_num='" + to + "' WHERE alembic_version.version_num = '" + from + "';\n\n";
}

std::string remove(const std::string& id) { return "DELETE FROM alembic_version WHERE alembic_version.version_num = '" + id + "';\n\n"; }

std::string up(const std::string& from, const std::string& to) { return "-- Running upgrade " + from + " -> " + to + "\n\n"; }

std::string down(const std::string& from, const std::string& to) { return "-- Running downgrade " + from + " -> " + to + "\n\n"; }

const std::string table = "CREATE TABLE alembic_version (\n    version_num VARCHAR(32) NOT NULL, \n    CONSTRAINT x PRIMARY KEY (version_num)\n);\n\n";

TEST(OfflineScript, is_cut_at_its_revisions) {
  const std::string text = "BEGIN;\n\n" + table + up("", "a1") + "CREATE TABLE t ();\n\nSELECT 1;\n\n" + insert("a1") +
                           up("a1", "c1") + update("a1", "c1") + up("a1", "b1") + "SELECT 2;\n\n" + insert("b1") +
                           up("b1, c1", "d1") + remove("b1") + update("c1", "d1") + "COMMIT;\n\n";
  EXPECT_EQ(steps_of(text), (Names{"a1: CREATE TABLE t ();\n\nSELECT 1;\n", "c1: ", "b1: SELECT 2;\n", "d1: "}));
  EXPECT_EQ(parse(text).version_table, "alembic_version");
  EXPECT_TRUE(parse(text).left_out.empty());
}

TEST(OfflineScript, is_cut_on_the_way_down) {
  const std::string text = "BEGIN;\n\n" + down("d1", "b1, c1") + insert("b1") + update("d1", "c1") + down("b1", "a1") +
                           "DROP TABLE b;\n\n" + remove("b1") + down("c1", "a1") + update("c1", "a1") + down("a1", "") +
                           "DROP TABLE t;\n\n" + remove("a1") + "DROP TABLE alembic_version;\n\nCOMMIT;\n\n";
  EXPECT_EQ(steps_of(text), (Names{"down d1: ", "down b1: DROP TABLE b;\n", "down c1: ", "down a1: DROP TABLE t;\n"}));
  EXPECT_TRUE(parse(text).left_out.empty());
}

TEST(OfflineScript, may_have_a_transaction_for_each_revision_and_a_table_of_another_name) {
  const std::string text =
      "BEGIN;\n\nCREATE TABLE \"My s\".v (\n    version_num VARCHAR(32) NOT NULL\n);\n\n" + up("", "a1") +
      "SELECT 1;\n\nINSERT INTO \"My s\".v (version_num) VALUES ('a1');\n\nCOMMIT;\n\nBEGIN;\n\n" + up("a1", "b1") +
      "SELECT 2;\n\nUPDATE \"My s\".v SET version_num='b1' WHERE \"My s\".v.version_num = 'a1';\n\nCOMMIT;\n\n";
  EXPECT_EQ(steps_of(text), (Names{"a1: SELECT 1;\n", "b1: SELECT 2;\n"}));
  EXPECT_EQ(parse(text).version_table, "\"My s\".v");
}

TEST(OfflineScript, may_be_cast_and_from_windows_and_without_last_blanks) {
  const std::string text = "\xEF\xBB\xBF" "BEGIN;\r\n\r\n-- Running upgrade  -> a1\r\n\r\nSELECT 1;\r\n\r\n"
                           "INSERT INTO alembic_version (version_num) VALUES ('a1'::VARCHAR(32));\r\n\r\nCOMMIT;\r\n"
                           "-- Running downgrade a1 ->\r\nSELECT 2;\r\nDELETE FROM alembic_version WHERE alembic_version.version_num = 'a1';\r\n";
  EXPECT_EQ(steps_of(text), (Names{"a1: SELECT 1;\n", "down a1: SELECT 2;\n"}));
}

/// Text of authors that looks like the lines of Alembic.
TEST(OfflineScript, is_not_misled_by_look_alikes) {
  const char* const bodies[] = {
      "-- Running upgrade a1 -> b1\nSELECT 1;\n\n",
      "SELECT 1;\n\n-- Running upgrade a1 -> b1\n\nSELECT 2;\n\n",
      "SELECT '\n-- Running upgrade a1 -> b1\n';\n\n",
      "SELECT $$\n-- Running upgrade a1 -> b1\n$$;\n\n",
      "SELECT 1 /*\n-- Running upgrade a1 -> b1\n*/;\n\n",
      "SELECT 'INSERT INTO alembic_version (version_num) VALUES (''a1'')';\n\n",
      "INSERT INTO other (version_num) VALUES ('a1');\n\n",
      "INSERT INTO alembic_version (version_num) VALUES ('zz');\n\n",
      "-- COMMIT;\nSELECT 'BEGIN;';\n\n",
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$BEGIN\n\nRETURN 1;\n\nEND$$;;\n\n",
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;\n\n",
  };
  for (const std::string body : bodies) {
    const std::string text = table + up("", "a1") + body + insert("a1") + up("a1", "b1") + update("a1", "b1");
    EXPECT_EQ(steps_of(text), (Names{"a1: " + body.substr(0, body.size() - 1), "b1: "})) << body;
  }
}

TEST(OfflineScript, leaves_out_what_belongs_to_no_revision_and_says_where) {
  const OfflineScript script = parse("SET search_path = x;\n" + up("", "a1") + insert("a1") + "INSERT INTO audit VALUES (1);\n");
  ASSERT_EQ(script.left_out.size(), 2U);
  EXPECT_EQ(script.left_out[0].line, 1U);
  EXPECT_EQ(script.left_out[1].line, 6U);
}

TEST(OfflineScript, may_break_off_and_go_on_in_another_one) {
  const std::string text = "BEGIN;\n\n" + table + up("", "a1") + insert("a1") + up("a1", "b1") + "SELECT 1;\n\nBEGIN;\n\n" +
                           up("b1, c1", "d1") + "SELECT 2;\n\n" + remove("b1") + update("c1", "d1") + "COMMIT;\n\n";
  EXPECT_EQ(steps_of(text), (Names{"a1: ", "b1 ...: SELECT 1;\n", "d1: SELECT 2;\n"}));
  EXPECT_EQ(steps_of("BEGIN;\n\n" + up("", "a1") + "SELECT 1;\n\n"), (Names{"a1 ...: SELECT 1;\n"}));
  EXPECT_EQ(steps_of("BEGIN;\n\n" + up("", "a1")), (Names{"a1 ...: "}));
}

TEST(OfflineScript, knows_what_left_the_transaction) {
  const OfflineScript script = parse("BEGIN;\n\n" + table + up("", "a1") + "COMMIT;\n\nCREATE INDEX CONCURRENTLY i ON t (a);\n\nBEGIN;\n\n" +
                                     insert("a1") + up("a1", "b1") + "SELECT 1;\n\n" + update("a1", "b1") + "COMMIT;\n\n");
  EXPECT_TRUE(script.steps[0].leaves_transaction);
  EXPECT_EQ(script.steps[0].sql, "CREATE INDEX CONCURRENTLY i ON t (a);\n");
  EXPECT_EQ(script.steps[0].lines_before, 11U);
  EXPECT_FALSE(script.steps[1].leaves_transaction);
}

struct BadScript {
  std::string text;
  const char* problem;
};

TEST(OfflineScript, names_the_line_of_what_it_cannot_cut) {
  const BadScript cases[] = {
      {up("", "zz") + insert("zz"), "1: the script runs revision zz, and no file of the project is that revision"},
      {up("b1", "a1") + insert("a1"), "1: in the script revision a1 follows b1, in its file nothing"},
      {up("", "a1") + insert("a1") + up("a1", "d1") + insert("d1"), "5: in the script revision d1 follows a1, in its file b1, c1"},
      {up("", "a1") + "SELECT 'open;\n\n" + insert("a1").substr(0, 20), "3: the SQL cannot be read from here on: something is never closed"},
      {up("", "a1") + "SELECT 1 -- done;\n\n" + insert("a1"), "3: this comment holds the semicolon that should end the statement before it"},
      {"\xFF\xFE" "B\0E\0", "0: "},
  };
  for (const BadScript& expected : cases) {
    if (std::string(expected.problem) == "0: ") {
      EXPECT_THROW(parse(expected.text), Error);
      continue;
    }
    EXPECT_EQ(problem_of(expected.text), expected.problem) << expected.text;
  }
}

struct PlaceholderCase {
  const char* sql;
  bool held;
};

TEST(Placeholder, is_told_from_sql_that_looks_alike) {
  const PlaceholderCase cases[] = {
      {"SELECT :x", true},          {"SELECT f(:name, 1)", true},   {"UPDATE t SET a=:a", true},   {"SELECT %(a)s", true},
      {"SELECT 1::int", false},     {"SELECT ':x'", false},         {"SELECT a[1:n]", false},      {"SELECT a[:n]", false},
      {"SELECT 5 %(2)", false},     {"SELECT $$ :x $$", false},     {"-- :x\nSELECT 1", false},    {"SELECT a[b:c] -- %(a)s", false},
  };
  for (const PlaceholderCase& expected : cases) EXPECT_EQ(find_placeholder(expected.sql).has_value(), expected.held) << expected.sql;
}

AlembicRevision file_of(PythonFunction upgrade) {
  AlembicRevision file;
  file.revision.id = "a1";
  file.revision.origin = "a1_x.py";
  file.upgrade = upgrade;
  return file;
}

/// The problems of an upgrade with this body, each with its line of the script.
Names problems_of(const std::string& body, PythonFunction upgrade = PythonFunction::code) {
  const OfflineScript script = parse(table + up("", "a1") + body + insert("a1"));
  Names problems;
  for (const ImportRemark& problem : carry_over(file_of(upgrade), Direction::up, &script.steps.front()).problems)
    problems.push_back(std::to_string(problem.place.line) + ": " + problem.text);
  return problems;
}

TEST(CarriedStep, is_never_silently_empty) {
  EXPECT_EQ(problems_of(""), Names{"6: alembic wrote no SQL for its upgrade, but upgrade() does something"});
  EXPECT_EQ(problems_of("", PythonFunction::nothing), Names{});
  EXPECT_EQ(carry_over(file_of(PythonFunction::code), Direction::up, nullptr).problems.front().text, "there is no SQL of its upgrade");
  EXPECT_TRUE(carry_over(file_of(PythonFunction::nothing), Direction::up, nullptr).problems.empty());
  const OfflineScript cut = parse(up("", "a1") + "SELECT 1;\n");
  EXPECT_EQ(carry_over(file_of(PythonFunction::code), Direction::up, &cut.steps.front()).problems.front().text,
            "alembic stopped while it wrote the SQL of its upgrade");
}

TEST(CarriedStep, is_checked_as_every_revision_is) {
  EXPECT_EQ(problems_of("SELECT 1;\n\nROLLBACK;\n\n"), Names{"10: ROLLBACK is not allowed in a revision"});
  EXPECT_EQ(problems_of("SELECT 1;\n\n\\d x\n;\n\n"), Names{"10: \\d is a command of psql, not SQL"});
  EXPECT_EQ(problems_of("SELECT 1;\n\nSELECT :x;\n\n"), Names{"10: the value of this parameter was never filled in"});
  EXPECT_EQ(problems_of("-- cairn: id = zz\nSELECT 1;\n\n"), Names{"8: this line would be taken for a header line of Cairn"});
  EXPECT_EQ(problems_of("SELECT 1\n--\tcairn: seed = yes\n;\n\n"), Names{"9: this line would be taken for a header line of Cairn"});
  EXPECT_EQ(problems_of("-- see cairn: it\nSELECT 1;\n\n"), Names{});
}

/// The Python file and the script of one revision: problems as "! line", remarks as "? line".
Names findings_of(const std::string& python, const std::string& body) {
  const std::string head = "revision = 'a1'\ndown_revision = None\ndef upgrade():\n";
  const auto file = parse_revision_file(make_input_text("a1.py", head + python));
  const OfflineScript script = parse(up("", "a1") + body + insert("a1"));
  const CarriedStep carried = carry_over(*file, Direction::up, &script.steps.front());
  Names findings;
  for (const ImportRemark& problem : carried.problems) findings.push_back("! " + describe(problem.place));
  for (const ImportRemark& remark : carried.remarks) findings.push_back("? " + describe(remark.place));
  return findings;
}

struct TrapCase {
  const char* python;
  const char* body;
  Names findings;
};

TEST(CarriedStep, finds_what_alembic_loses) {
  const TrapCase cases[] = {
      {"  bind.execute(text('INSERT INTO t VALUES (:x)'), {'x': 5})\n", "INSERT INTO t VALUES (NULL);\n\n", {"! a1.py, line 4, column 21"}},
      {"  bind.execute(text('INSERT INTO t VALUES (:x)').bindparams(x=5))\n", "INSERT INTO t VALUES (5);\n\n", {}},
      {"  bind.execute(text('SELECT :x').bindparams(bindparam('x', 5)))\n", "SELECT 5;\n\n", {}},
      {"  bind.execute(text('SELECT :x, :y').bindparams(x=5), {'y': 6})\n", "SELECT 5, NULL;\n\n", {"! a1.py, line 4, column 21"}},
      {"  op.execute('SELECT 1::int, \\:z')\n", "SELECT 1::int, ':z';\n\n", {}},
      {"  add(comment='see :ref here')\n", "COMMENT ON COLUMN t.a IS 'see :ref here';\n\n", {}},
      {"  '''Says :what.'''\n  op.execute('SELECT 1')\n", "SELECT 1;\n\n", {}},
      {"  help()\ndef help():\n  run('SELECT :x')\n", "SELECT NULL;\n\n", {"? a1.py, line 6, column 7"}},
      {"  run('a')\ndef downgrade():\n  run('SELECT :x')\n", "SELECT 1;\n\n", {}},
      {"  op.execute(\"SELECT '100%'\")\n", "SELECT '100%%';\n\n", {"? up.sql, line 3, column 12"}},
      {"  op.execute(\"SELECT '100%%'\")\n", "SELECT '100%%';\n\n", {}},
      {"  insert('a\\\\b')\n", "SELECT 'a\\\\b';\n\n", {"? up.sql, line 3, column 10"}},
      {"  insert(r'a\\\\b')\n", "SELECT 'a\\\\b';\n\n", {}},
  };
  for (const TrapCase& expected : cases) EXPECT_EQ(findings_of(expected.python, expected.body), expected.findings) << expected.python;
}

TEST(OfflineScript, survives_thousands_of_mutants) {
  const std::string script = "BEGIN;\n\n" + table + up("", "a1") + "COMMIT;\n\nSELECT '$$ -- x';\n\nBEGIN;\n\n" + insert("a1") +
                             up("a1", "b1") + "SELECT $$ a $$ /* b */;\n\n" + update("a1", "b1") + down("b1", "a1") + update("b1", "a1");
  constexpr std::string_view pieces = "'\"();\\\n-$/*,: x>";
  constexpr unsigned seed = 20261121;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto below = [&](std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); };
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string mutant = script;
    for (std::size_t changes = below(4) + 1; changes > 0; --changes) {
      const std::size_t at = below(mutant.size());
      if (below(2) == 0) mutant[at] = pieces[below(pieces.size())];
      else mutant.erase(at, below(40));
    }
    try {
      for (const OfflineStep& step : parse(mutant).steps) carry_over(file_of(PythonFunction::code), step.direction, &step);
      ++accepted;
    } catch (const Error& error) {
      EXPECT_EQ(error.category(), Category::configuration);
      ++refused;
    }
  }
  EXPECT_GT(accepted, 100);
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace cairn::test
