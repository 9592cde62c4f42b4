#pragma once

#include "report/format.hpp"

#include <string>

namespace cairn {

struct VersionReport {
  std::string runner;
  int abi_major = 0;
  int abi_minor = 0;
  std::string libpq;
};

std::string render(const VersionReport& report, const Format& format);

}  // namespace cairn
