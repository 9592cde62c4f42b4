// Revision files of Alembic, read without Python.
#include "alembic/docstring.hpp"
#include "alembic/ini_file.hpp"
#include "alembic/python_text.hpp"
#include "alembic/revision_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace cairn::test {
namespace {

using Names = std::vector<std::string>;

std::optional<AlembicRevision> parse(const std::string& text) { return parse_revision_file(make_input_text("a.py", text)); }

/// The messages of everything that is wrong, each with its line.
Names problems_of(const std::string& text) {
  try {
    parse(text);
    return {};
  } catch (const Error& error) {
    Names problems{std::to_string(error.place()->line) + ": " + error.message()};
    for (const Error& other : error.also()) problems.push_back(std::to_string(other.place()->line) + ": " + other.message());
    return problems;
  }
}

struct TextCase {
  const char* token;
  std::optional<std::string> value;
};

TEST(PythonText, means_what_python_says) {
  const TextCase cases[] = {
      {"'abc'", "abc"},
      {"\"it's\"", "it's"},
      {"'''a\nb'''", "a\nb"},
      {"\"\"\"\"quoted\" \"\"\"", "\"quoted\" "},
      {R"('a\'b\\c\n\x41\101\u00e9\U0001F600')", "a'b\\c\nA" "A\xC3\xA9\xF0\x9F\x98\x80"},
      {R"('\d keeps its backslash')", "\\d keeps its backslash"},
      {"'one\\\nline'", "oneline"},
      {R"(r'raw\n')", "raw\\n"},
      {"u'x'", "x"},
      {"F'plain'", "plain"},
      {"f'{name}'", std::nullopt},
      {"b'x'", std::nullopt},
      {R"('\N{DASH}')", std::nullopt},
      {R"('\x4')", std::nullopt},
      {R"('\ud800')", std::nullopt},
      {R"('\0')", std::nullopt},
      {"''", ""},
      {"''''''", ""},
  };
  for (const TextCase& expected : cases) EXPECT_EQ(find_text_value(expected.token), expected.value) << expected.token;
}

struct LinkCase {
  const char* text;
  Names parents;
  Names labels;
  Names depends_on;
};

TEST(RevisionFile, reads_links_however_they_are_written) {
  const LinkCase cases[] = {
      {"revision = 'a'\ndown_revision = None\n", {}, {}, {}},
      {"revision = 'a'\ndown_revision = 'b'\nbranch_labels = None\ndepends_on = None", {"b"}, {}, {}},
      {"revision: str = 'a'\ndown_revision: Union[str, Sequence[str], None] = ('b', \"c\",)\n", {"b", "c"}, {}, {}},
      {"revision = \\\n  'a'\ndown_revision = (\n  'b'  # the left one\n  ,\n  'c')\n", {"b", "c"}, {}, {}},
      {"revision = ('a')\ndown_revision = ['b', 'b']; branch_labels = {'x'}; depends_on = 'y', 'z'\n", {"b"}, {"x"}, {"y", "z"}},
      {"revision = 'a'\ndown_revision = 'b' 'c'\n", {"bc"}, {}, {}},
      {"revision = 'a'\ndown_revision = depends_on = None\nbranch_labels = ()\n", {}, {}, {}},
      {"revision = 'old'\nrevision = 'a'\ndown_revision = f()\ndown_revision = 'b'\n", {"b"}, {}, {}},
      {"revision = 'a'\ndown_revision = 'b'\ndef upgrade():\n  down_revision = compute()\n", {"b"}, {}, {}},
      {"\xEF\xBB\xBF# -*- coding: utf-8 -*-\r\nrevision = 'a'\r\ndown_revision = 'b'\r\n", {"b"}, {}, {}},
      {"if revision == 'b':\n  pass\nrevision = 'a'\ndown_revision = 'b'\nassert revision != down_revision\n", {"b"}, {}, {}},
      {"x = {'revision': [1, 2]}\nrevision = 'a'\ndown_revision = 'b'", {"b"}, {}, {}},
  };
  for (const LinkCase& expected : cases) {
    const auto read = parse(expected.text);
    ASSERT_TRUE(read) << expected.text;
    EXPECT_EQ(read->revision.id, "a") << expected.text;
    EXPECT_EQ(read->revision.down_revisions, expected.parents) << expected.text;
    EXPECT_EQ(read->revision.labels, expected.labels) << expected.text;
    EXPECT_EQ(read->revision.depends_on, expected.depends_on) << expected.text;
  }
}

TEST(RevisionFile, passes_by_files_that_set_no_revision) {
  for (const char* const text : {"", "# nothing\n", "import os\n", "def revision():\n  pass\n", "class A:\n  revision = 'a'\n"})
    EXPECT_FALSE(parse(text)) << text;
}

struct BadFile {
  const char* text;
  Names problems;
};

TEST(RevisionFile, says_line_by_line_what_cannot_be_read) {
  const BadFile cases[] = {
      {"revision = make_id()\ndown_revision = OTHER\n",
       {"1: the value of revision cannot be read: only Python could tell what make_id is",
        "2: the value of down_revision cannot be read: only Python could tell what OTHER is"}},
      {"\nrevision = f'{x}'\ndown_revision = None\n", {"2: the value of revision cannot be read: only Python could tell what f'{x}' is"}},
      {"revision = 7\ndown_revision = None", {"1: the value of revision cannot be read: only Python could tell what 7 is"}},
      {"revision = 'a' + 'b'\ndown_revision = None", {"1: the value of revision cannot be read: only Python could tell what + is"}},
      {"revision = 'a'\nif x:\n    down_revision = 'b'\n",
       {"3: the value of down_revision cannot be read: it is decided while the file runs"}},
      {"from ids import revision\ndown_revision = None", {"1: the value of revision cannot be read: it is imported"}},
      {"revision, down_revision = 'a', None",
       {"1: the value of revision cannot be read: it is not set on a line of its own",
        "1: the value of down_revision cannot be read: it is not set on a line of its own"}},
      {"revision = 'a'\n", {"1: this file sets revision, but not down_revision"}},
      {"revision = 'a', 'b'\ndown_revision = None\n", {"1: revision is not one text"}},
      {"revision = None\ndown_revision = None\n", {"1: revision is not one text"}},
      {"revision = 'a-b'\ndown_revision = None\n", {"1: revision id \"a-b\" contains \"-\", which has a meaning in targets"}},
      {"revision = 'a b'\ndown_revision = None\n", {"1: a revision \"a b\" can have no folder of that name"}},
      {"revision = '../a'\ndown_revision = None\n", {"1: a revision \"../a\" can have no folder of that name"}},
      {"revision = 'add_the_category_id_column_to_expenses'\ndown_revision = None\n",
       {"1: revision id \"add_the_category_id_column_to_expenses\" has 38 characters; the version table holds 32"}},
      {"revision = 'a'\ndown_revision = None\nbranch_labels = 'my label'\n",
       {"3: branch_labels holds \"my label\", which Cairn does not take"}},
      {"revision = 'a'\ndown_revision = 'b\nbranch_labels = None\n", {"2: this text is never closed"}},
      {"revision = 'a'\ndown_revision = ('b',\n", {"2: this bracket is never closed"}},
      {"revision = 'a'\ndown_revision = 'b')\n", {"2: this bracket was never opened"}},
      {"revision = 'a'\n\"\"\"open\n", {"2: this text is never closed"}},
      {"revision = 'a'\n# \xE9\n", {"2: the file is not valid UTF-8"}},
  };
  for (const BadFile& expected : cases) EXPECT_EQ(problems_of(expected.text), expected.problems) << expected.text;
}

TEST(RevisionFile, reads_the_docstring) {
  const auto read = parse("\"\"\"Täglich: add\n  totals\n\nWhy: reports were slow.\n\nRevision ID: a\nRevises: b\n"
                          "Create Date: 2024-03-01 10:11:12.123456\n\n\"\"\"\nrevision = 'a'\ndown_revision = 'b'\n");
  EXPECT_EQ(read->revision.message, "Täglich: add totals");
  EXPECT_EQ(read->revision.date, "2024-03-01 10:11:12.123456");
  EXPECT_EQ(read->description, "Why: reports were slow.");
}

TEST(RevisionFile, takes_no_date_that_is_none) {
  EXPECT_EQ(parse_docstring("m\nCreate Date: yesterday").date, "");
  EXPECT_EQ(parse_docstring("m\nCreate Date: 2024-03-01").date, "2024-03-01");
  EXPECT_EQ(parse_docstring("Revision ID: a\nRevises:").message, "");
}

struct FunctionCase {
  const char* text;
  PythonFunction upgrade;
};

TEST(RevisionFile, tells_functions_that_do_nothing) {
  const FunctionCase cases[] = {
      {"def upgrade():\n    pass\n", PythonFunction::nothing},
      {"def upgrade() -> None: pass\n", PythonFunction::nothing},
      {"def upgrade():\n    \"\"\"Later.\"\"\"\n    # soon\n    return None\n", PythonFunction::nothing},
      {"def upgrade(): ...\n", PythonFunction::nothing},
      {"def upgrade():\n    raise NotImplementedError('no')\n", PythonFunction::refuses},
      {"def upgrade():\n    op.execute('x')\n    raise X\n", PythonFunction::code},
      {"def upgrade():\n    return run()\n", PythonFunction::code},
      {"async def upgrade():\n    if x: pass\n", PythonFunction::code},
      {"upgrade = other\n", PythonFunction::code},
      {"@each_tenant\ndef upgrade():\n    pass\n", PythonFunction::code},
      {"def upgrade(): pass\nupgrade = each_tenant(upgrade)\n", PythonFunction::code},
      {"", PythonFunction::code},
  };
  for (const FunctionCase& expected : cases)
    EXPECT_EQ(parse(std::string("revision = 'a'\ndown_revision = None\n") + expected.text)->upgrade, expected.upgrade) << expected.text;
}

TEST(RevisionFile, remarks_what_sql_cannot_show) {
  const auto read = parse("revision = 'a'\ndown_revision = None\ndef upgrade():\n  bind = op.get_bind()\n"
                          "  op.execute('a\\tb')\n  c = sa.Column('at', server_default=sa.func.now())\n  x = uuid4()\n"
                          "  op.execute('''\n\tSELECT 1''')\n");
  Names remarks;
  for (const FileRemark& remark : read->remarks)
    remarks.push_back(std::to_string(remark.place.line) + " " + remark.text.substr(0, remark.text.find(' ')));
  EXPECT_EQ(remarks, (Names{"4 get_bind():", "7 uuid4():", "5 this"}));
}

/// Damaged files may be refused, and nothing else may happen; the preset asan watches.
TEST(RevisionFile, survives_thousands_of_mutants) {
  const std::string file = "\"\"\"m\n\nRevises: b\n\"\"\"\nrevision: str = 'a'\ndown_revision = ('b', \"c\" r'd')\nbranch_labels = {'x'}\n"
                           "if x:\n  depends_on = None\ndef upgrade():\n  op.execute('''a\\tb''')\n";
  constexpr std::string_view pieces = "'\"()[]{}\\\n#=:,; rfb\t\xC3\x28";
  constexpr unsigned seed = 20261120;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto below = [&](std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); };
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string mutant = file;
    for (std::size_t changes = below(4) + 1; changes > 0; --changes) {
      const std::size_t at = below(mutant.size());
      if (below(2) == 0) mutant[at] = pieces[below(pieces.size())];
      else mutant.erase(at, below(8));
      if (mutant.empty()) mutant = "x";
    }
    try {
      accepted += parse(mutant) ? 1 : 0;
    } catch (const Error& error) {
      EXPECT_EQ(error.category(), Category::configuration);
      ++refused;
    }
  }
  EXPECT_GT(accepted, 100);
  EXPECT_GT(refused, 1000);
}

struct IniCase {
  const char* text;
  const char* value;
};

TEST(IniFile, is_read_as_python_reads_it) {
  const IniCase cases[] = {
      {"[alembic]\nscript_location = x\n", "x"},
      {"[other]\nscript_location = y\n[alembic]\nScript_Location: %(here)s/x\n", "/p%q/x"},
      {"# comment\n[DEFAULT]\nroot = r\n[alembic]\n; comment\nscript_location = %(root)s/x %%d\n", "r/x %d"},
      {"[alembic]\nscript_location = a\n    b\n  # no\n    c\n", "a\nb\nc"},
      {"[alembic]\nscript_location = one\nscript_location = two\n", "two"},
  };
  for (const IniCase& expected : cases) {
    const IniSection section = parse_ini_section(make_input_text("a.ini", expected.text), "alembic", {{"here", "/p%q"}});
    EXPECT_EQ(section.at("script_location"), expected.value) << expected.text;
  }
}

TEST(IniFile, names_the_line_of_what_it_cannot_read) {
  const auto line_of = [](const char* text) -> std::size_t {
    try {
      parse_ini_section(make_input_text("a.ini", text), "alembic", {});
      return 0;
    } catch (const Error& error) {
      return error.place()->line;
    }
  };
  EXPECT_EQ(line_of("[alembic]\nnonsense\n"), 2U);
  EXPECT_EQ(line_of("a = b\n"), 1U);
  EXPECT_EQ(line_of("[alembic]\na = x\nb = %(c)s\nc = %(b)s\n"), 4U);
}

}  // namespace
}  // namespace cairn::test
