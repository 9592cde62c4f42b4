#pragma once

#include <string_view>

namespace cairn {

// The files of runner/report/page, which the build puts into the program.

std::string_view page_style();
std::string_view page_script();

}  // namespace cairn
