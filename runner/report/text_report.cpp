#include "report/text_report.hpp"

#include "report/json_document.hpp"

namespace cairn {

std::string render(const TextReport& report, const Format& format) {
  if (format.kind == Kind::text) return report.text;
  Json document = make_document(report.command, Category::none);
  document["language"] = report.language;
  document["text"] = report.text;
  return print(document);
}

}  // namespace cairn
