#pragma once

#include "report/smoke_report.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

// The parts of the page. Each gives markup with all names escaped.

/// How much of what is long stands in the page, so that it can be opened with many revisions too.
struct PageBounds {
  std::size_t statements = 0;    ///< of a step
  std::size_t characters = 0;    ///< of a statement
  std::size_t locks = 12;        ///< of a step
  std::size_t differences = 40;  ///< of a passage
};

PageBounds make_bounds(const SmokeReport& report);

std::string overview_markup(const SmokeReport& report);
std::string findings_markup(const SmokeReport& report);
std::string chain_markup(const SmokeReport& report, const PageBounds& bounds);
std::string revision_markup(const SmokeReport& report, std::size_t row, const PageBounds& bounds);
std::string step_markup(const StepEffects& effects, const PageBounds& bounds);

/// What went wrong in a passage; nothing where nothing did.
std::string trial_markup(const Trial& trial, const PageBounds& bounds);

/// A name that may be written in any direction.
std::string name_markup(std::string_view name);

/// "up ✓ 12 ms", with the word for who does not see the sign.
std::string mark_markup(std::string_view name, const Trial& trial);

/// A line below a list that was cut, or nothing.
std::string more_markup(std::size_t all, std::size_t shown);

/// A link to the revision in the page, or its id where the page does not tell of it.
std::string link_markup(const SmokeReport& report, std::string_view id);

}  // namespace cairn
