#include "report/smoke_report.hpp"

#include "report/smoke_summary.hpp"

namespace cairn {

std::string render(const SmokeReport& report, const Format& format) {
  return format.kind == Kind::text ? render_summary(report, format) : render_smoke_document(report);
}

}  // namespace cairn
