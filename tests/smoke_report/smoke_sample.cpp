// smoke_sample FORM [WHICH]: prints a sample, to be looked at.
#include "smoke_report/sample.hpp"

#include <cstdio>
#include <string>
#include <string_view>

namespace cairn::test {
namespace {

Sample make(std::string_view which) {
  if (which == "quiet") return make_quiet_sample();
  if (which == "large") return make_large_sample(150, 40);
  return which == "hostile" ? make_hostile_sample() : make_sample();
}

std::string print(const SmokeReport& report, std::string_view form) {
  if (form == "html") return render_html(report);
  if (form == "junit") return render_junit(report);
  if (form == "markdown") return render_markdown(report);
  Format format{.kind = form == "json" ? Kind::json : Kind::text, .columns = 80};
  format.verbose = form == "verbose";
  return render(report, format);
}

}  // namespace
}  // namespace cairn::test

int main(int count, char** words) {
  const cairn::test::Sample sample = cairn::test::make(count > 2 ? words[2] : "");
  const std::string text = cairn::test::print(sample.report, count > 1 ? words[1] : "text");
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
