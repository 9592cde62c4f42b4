// The page as a browser shows it.
#include "base/text.hpp"
#include "smoke_report/browser.hpp"
#include "smoke_report/sample.hpp"
#include "support/file_text.hpp"
#include "support/process.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace cairn::test {
namespace {

std::size_t count(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  return static_cast<std::size_t>(std::distance(std::sregex_iterator(text.begin(), text.end(), expression), std::sregex_iterator()));
}

std::string title_of(const std::string& document) {
  std::smatch match;
  return std::regex_search(document, match, std::regex("<title>([^<]*)</title>")) ? match[1].str() : "";
}

std::string without_script(std::string page) {
  const std::size_t at = page.find("<script>");
  return page.erase(at, page.find("</script>", at) + 9 - at);
}

/// The page without its policy, and with a script that a test wants to run: it puts what it finds into the title.
std::string with_script(std::string page, const std::string& script) {
  page = std::regex_replace(page, std::regex("<meta http-equiv[^>]*>"), "");
  return page.replace(page.find("</body>"), 0, "<script>" + script + "</script>");
}

std::string quoted(const std::string& page) {
  return std::regex_replace(std::regex_replace(page, std::regex("&"), "&amp;"), std::regex("\""), "&quot;");
}

/// The titles of pages that stand side by side in frames of that width, which may be less than a window can have.
std::vector<std::string> titles_of(Browser& browser, const std::vector<std::string>& pages, int width) {
  std::string outer = "<!doctype html><meta charset=utf-8><title></title><body>";
  for (const std::string& page : pages)
    outer += "<iframe height=800 width=" + std::to_string(width) + " srcdoc=\"" + quoted(page) + "\"></iframe>";
  outer += "<script>addEventListener('load', () => { for (const frame of document.querySelectorAll('iframe'))"
           " document.title += frame.contentDocument.title + '|'; });</script>";
  return split(title_of(browser.read_document(outer)), '|');
}

constexpr Colour white{255, 255, 255};
constexpr Colour night{0x14, 0x18, 0x1d};
constexpr Colour red{0xb3, 0x26, 0x1e};
constexpr Colour red_at_night{0xff, 0x93, 0x8a};

struct Shot {
  const char* name;
  View view;
  Colour paper;
  Colour fault;
};

TEST(SmokePage, is_drawn_on_screens_of_all_kinds) {
  const Shot rows[] = {
      {"light", {}, white, red},
      {"dark", {.theme = Theme::dark}, night, red_at_night},
      {"light phone", {.width = 390, .height = 844}, white, red},
      {"dark phone", {.width = 390, .height = 844, .theme = Theme::dark}, night, red_at_night},
  };
  Browser browser;
  const std::string page = render_html(make_sample().report);
  for (const Shot& row : rows) {
    const Picture picture = browser.photograph(page, row.view);
    EXPECT_EQ(browser.complaints(), "") << row.name;
    ASSERT_EQ(picture.width, static_cast<std::size_t>(row.view.width)) << row.name;
    ASSERT_EQ(picture.height, static_cast<std::size_t>(row.view.height)) << row.name;
    EXPECT_EQ(picture.at(1, 1), row.paper) << row.name;
    EXPECT_GT(picture.count(row.fault), 500u) << row.name;       // the edge of the heading that tells of the failure
    EXPECT_GT(picture.count_colours(), 100u) << row.name;        // letters have soft edges: a page without text has few
  }
}

TEST(SmokePage, has_what_a_reader_looks_for) {
  Browser browser;
  const std::string document = browser.read_document(render_html(make_sample().report));
  EXPECT_EQ(browser.complaints(), "");
  EXPECT_EQ(title_of(document), "Smoke run: the build fails");
  EXPECT_EQ(count(document, "<html[^>]* class=\"script\""), 1u);
  EXPECT_EQ(count(document, "<details class=\"revision"), 9u);
  EXPECT_EQ(count(document, "<li data-row="), 9u);
  EXPECT_EQ(count(document, "<svg class=\"graph\""), 1u);
  EXPECT_EQ(count(document, "<table class=\"statements\""), 6u);
  EXPECT_EQ(count(document, "<rect class=\"s8\""), 3u);
}

TEST(SmokePage, can_be_read_without_its_script) {
  Browser browser;
  const std::string page = without_script(render_html(make_sample().report));
  const std::string document = browser.read_document(page);
  EXPECT_EQ(browser.complaints(), "");
  EXPECT_EQ(count(document, "<script"), 0u);
  EXPECT_EQ(count(document, "<details class=\"revision"), 9u);
  EXPECT_EQ(count(document, "hidden=\"\""), 0u);
  EXPECT_GT(browser.photograph(page, {}).count(red), 500u);
}

TEST(SmokePage, runs_no_text_as_a_script) {
  Browser browser;
  const std::string document = browser.read_document(render_html(make_hostile_sample().report));
  EXPECT_EQ(browser.complaints(), "");   // the policy had nothing to stop
  EXPECT_EQ(title_of(document), "Smoke run: the build fails");
  EXPECT_EQ(count(document, "<script"), 1u);
}

/// Were a name not escaped, the policy would still stop it.
TEST(SmokePage, runs_no_script_that_got_in) {
  Browser browser;
  std::string page = render_html(make_sample().report);
  page.replace(page.find("</body>"), 0, "<script>document.title='taken over'</script><img src=x onerror=\"document.title='taken over'\">");
  EXPECT_EQ(title_of(browser.read_document(page)), "Smoke run: the build fails");
  EXPECT_NE(browser.complaints().find("Content Security Policy"), std::string::npos) << browser.complaints();
}

/// The two tests above would see it if something ran.
TEST(Browser, tells_what_scripts_do) {
  Browser browser;
  EXPECT_EQ(title_of(browser.read_document("<!doctype html><title>a</title><body><script>document.title='taken over'; missing()</script>")),
            "taken over");
  EXPECT_NE(browser.complaints().find("missing is not defined"), std::string::npos);
}

TEST(SmokePage, is_never_wider_than_the_screen) {
  Browser browser;
  const std::string script = "const root = document.documentElement; document.querySelectorAll('details').forEach((one) => { one.open = true; });"
                             "document.title = root.scrollWidth <= root.clientWidth ? 'fits' : root.scrollWidth + ' of ' + root.clientWidth;";
  std::vector<std::string> pages;
  for (const Sample& sample : {make_sample(), make_hostile_sample(), make_large_sample(30, 40)})
    pages.push_back(with_script(render_html(sample.report), script));
  for (const int width : {390, 700, 1280})
    EXPECT_EQ(titles_of(browser, pages, width), (std::vector<std::string>{"fits", "fits", "fits"})) << width;
}

struct Keys {
  const char* name;
  const char* pressed;   ///< one after the other
  const char* asked;     ///< an expression
  const char* answer;
};

TEST(SmokePage, obeys_keys) {
  const Keys rows[] = {
      {"failing", "x", "document.querySelectorAll('.ladder li:not([hidden])').length", "3"},
      {"with findings", "w", "document.querySelectorAll('details.revision:not([hidden])').length", "6"},
      {"all again", "xa", "document.querySelectorAll('.ladder li:not([hidden])').length", "9"},
      {"what is shown", "x", "document.querySelector('#shown').value", "3 of 9 revisions"},
      {"next", "jj", "document.activeElement.closest('details').id", "r1"},
      {"next of those shown", "xjj", "document.activeElement.closest('details').id", "r3"},
      {"previous", "jjjk", "document.activeElement.closest('details').id", "r1"},
      {"search", "/", "document.activeElement.id", "search"},
      {"all open", "e", "document.querySelectorAll('details.revision:not([open])').length", "0"},
      {"all closed", "ee", "document.querySelectorAll('details.revision[open]').length", "0"},
      {"dark", "t", "document.documentElement.dataset.theme", "dark"},
      {"light again", "tt", "document.documentElement.dataset.theme", "light"},
      {"help", "?", "document.querySelector('#keys').open", "true"},
      {"no help", "??", "document.querySelector('#keys').open", "false"},
      {"another key", "z", "document.activeElement.tagName", "BODY"},
  };
  Browser browser;
  std::vector<std::string> pages;
  std::vector<std::string> answers;
  for (const Keys& row : rows) {
    const std::string script = std::string("for (const key of '") + row.pressed +
                               "') (document.activeElement || document.body).dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, "
                               "cancelable: true})); document.title = '" + row.name + ": ' + (" + row.asked + ");";
    pages.push_back(with_script(render_html(make_sample().report), script));
    answers.push_back(std::string(row.name) + ": " + row.answer);
  }
  EXPECT_EQ(titles_of(browser, pages, 1000), answers);
  EXPECT_EQ(browser.complaints(), "");
}

TEST(SmokePage, searches_ids_and_words) {
  Browser browser;
  const std::string script = "const search = document.querySelector('#search'); search.value = 'ORDERS'; search.dispatchEvent(new Event('input'));"
                             "document.title = document.querySelectorAll('.ladder li:not([hidden])').length;";
  EXPECT_EQ(title_of(browser.read_document(with_script(render_html(make_sample().report), script))), "2");
}

/// Another reader of XML than our own.
TEST(Junit, is_taken_by_another_reader) {
  TemporaryDirectory folder;
  for (const Sample& sample : {make_sample(), make_hostile_sample(), make_quiet_sample()}) {
    write_file(folder / "smoke.xml", render_junit(sample.report));
    const Finished finished = run({.argv = {"xmllint", "--noout", "--nonet", (folder / "smoke.xml").string()}});
    EXPECT_EQ(finished.code, 0) << finished.err;
    EXPECT_EQ(finished.err, "");
  }
}

}  // namespace
}  // namespace cairn::test
