#pragma once

#include "commands/collected.hpp"
#include "commands/invocation.hpp"
#include "report/smoke_report.hpp"

#include <map>
#include <string>

namespace cairn {

/// The command line, as it can be typed again. Databases are left out: they may hold a password.
std::string typed_line(const Invocation& invocation);

/// What reports tell of each revision beside what it did.
std::map<std::string, SmokeSource, std::less<>> describe_sources(const Collected& found);

/// Throws Error (usage) for files that cannot be written: before anything is run.
void require_report_files(const Invocation& invocation);

/// Writes --junit, --html and --markdown, over what was there. Throws Error (output).
void write_report_files(const SmokeReport& report, const Invocation& invocation);

}  // namespace cairn
