#include "report/version_report.hpp"

#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

std::string render(const VersionReport& report, const Format& format) {
  const std::string abi = fmt::format("{}.{}", report.abi_major, report.abi_minor);
  if (format.kind == Kind::text)
    return fmt::format("cairn {}\nplugin ABI {}\nlibpq {}\n", report.runner, abi, report.libpq);
  Json document = make_document("version", Category::none);
  document["runner"] = report.runner;
  document["plugin_abi"] = abi;
  document["libpq"] = report.libpq;
  return print(document);
}

}  // namespace cairn
